"""Sets of words (data/words.yml) that features count."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.clean.words import HashSet, word_hashes

_DATA = Path(__file__).parent / "data" / "words.yml"


@cache
def _lists() -> dict[str, dict]:
    import yaml

    return yaml.safe_load(_DATA.read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> HashSet:
    """The words of the list of that name; KeyError when data/words.yml has none."""
    return HashSet(word_hashes(_lists()[name]["words"]))
