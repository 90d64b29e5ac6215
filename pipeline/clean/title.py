"""Find the line of a page that is the article's title, or say that there is none."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.clean.title_features import FEATURES, title_features, words
from pipeline.clean.trees import Trees

_WEIGHTS = Path(__file__).parent / "data" / "title_model.npz"
_LONGEST_HINTED = 400  # characters of a line that a stated title is compared with


@functools.cache
def title_model() -> Trees:
    """Boosted trees over title_features (see benchmarks/train_titles.py): a score for each candidate."""
    with np.load(_WEIGHTS) as stored:
        if tuple(stored["columns"].tolist()) != FEATURES:
            raise ValueError(f"{_WEIGHTS.name} was learned from other features: run benchmarks/train_titles.py")
        return Trees.load(stored, "title_")


def find_title_line(lines: Sequence[str], url: str | None = None, hints: Sequence[str] = ()) -> int | None:
    """The index of the title among the lines of a page (blank lines may be among them), or None when it has none.

    `hints` are titles that the markup or the record states, best first; a line that says the same is preferred to
    any guess. Otherwise the model chooses: P(line) = exp(score) / (1 + sum of exp(scores)), the 1 standing for "no
    title", and the likeliest wins.
    """
    at = [i for i, line in enumerate(lines) if line.strip()]
    stripped = [lines[i].strip() for i in at]
    hinted = _line_of_hint(stripped, hints)
    if hinted is not None:
        return at[hinted]
    candidates, features = title_features(stripped, url)
    if not len(candidates):
        return None
    scores = title_model().sum(features)
    best = int(np.argmax(scores))
    return at[int(candidates[best])] if scores[best] > 0 else None


def _line_of_hint(lines: Sequence[str], hints: Sequence[str]) -> int | None:
    """The first line whose words are those of a hint, or of a hint less its " - Site" or "Site | " part."""
    if not hints:
        return None
    folded: dict[tuple[str, ...], int] = {}
    for i, line in enumerate(lines):
        if len(line) <= _LONGEST_HINTED:
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
