"""The room's word lists: TSV files in data/, comment lines first, a header, then one entry a line."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def lexicon_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.tsv` by column name; lines that start with `#` are comments."""
    with (_DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def lexicon(name: str, kind: str | None = None) -> tuple[str, ...]:
    """The `entry` column of a list, of one `kind` where given."""
    return tuple(row["entry"] for row in lexicon_rows(name) if kind is None or row["kind"] == kind)


def any_of(name: str, kind: str | None = None) -> str:
    """A pattern for any entry of a list, the longest first; a blank in an entry stands for any white space."""
    entries = sorted(lexicon(name, kind), key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s") for entry in entries) + ")"
