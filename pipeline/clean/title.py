"""Find the line of a page that is the article's title, or say that there is none."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.clean.title_features import FEATURES, title_features, words


@functools.cache
def title_weights() -> np.ndarray:
    """The learned weights, one a feature of title_features (see benchmarks/train_titles.py)."""
    stored = json.loads((Path(__file__).parent / "data" / "title_weights.json").read_text(encoding="utf-8"))
    return np.array([stored["weights"][name] for name in FEATURES])


def find_title_line(lines: Sequence[str], url: str | None = None, hints: Sequence[str] = ()) -> int | None:
    """The index of the title among the lines of a page (blank lines may be among them), or None when it has none.

    `hints` are titles that the markup or the record states, best first; a line that says the same is preferred to
    any guess. Otherwise a conditional logit model chooses among the lines and "no title", which has score 0.
    """
    at = [i for i, line in enumerate(lines) if line.strip()]
    stripped = [lines[i].strip() for i in at]
    hinted = _line_of_hint(stripped, hints)
    if hinted is not None:
        return at[hinted]
    candidates, features = title_features(stripped, url)
    if not len(candidates):
        return None
    scores = features @ title_weights()
    best = int(np.argmax(scores))
    return at[int(candidates[best])] if scores[best] > 0 else None


def _line_of_hint(lines: Sequence[str], hints: Sequence[str]) -> int | None:
    """The first line whose words are those of a hint, or of a hint less its " - Site" or "Site | " part."""
    folded: dict[tuple[str, ...], int] = {}
    for i, line in enumerate(lines):
        if len(line) <= 400:
            folded.setdefault(tuple(words(line)), i)
    for hint in hints:
        for form in hint_forms(hint):
            key = tuple(words(form))
            if len(key) >= 2 and key in folded:
                return folded[key]
    return None


def hint_forms(hint: str) -> list[str]:
    """A stated title as it stands, then without its leading or trailing site name, longest first.

    >>> hint_forms("Grain talks resume - The Morning Ledger")
    ['Grain talks resume - The Morning Ledger', 'Grain talks resume', 'The Morning Ledger']
    """
    forms = [hint.strip()]
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · ", " » "):
        left, found, right = hint.rpartition(mark)
        if found:
            forms += sorted((left.strip(), right.strip()), key=len, reverse=True)
    return forms
