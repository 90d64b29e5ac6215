"""Sentence boundaries by rule, for sentence numbers and for cutting texts that are too long for the model."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.lexicon import lexicon

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[—–-]*[^\Wa-z_])")
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.$")


def sentence_starts(text: str) -> list[int]:
    """Offsets at which the sentences of a paragraph start; the first is 0.

    A full stop after an abbreviation that a name usually follows ("Gen."), or after a single letter,
    ends nothing.
    """
    starts = [0]
    for match in _END.finditer(text):
        if match.group().startswith(".") and _is_abbreviation(text[: match.start() + 1][-20:]):
            continue
        starts.append(match.end())
    return starts


def cut_long(text: str, limit: int) -> list[tuple[int, int]]:
    """Ranges of at most `limit` characters that tile `text`, cut at sentence ends or blanks where it can."""
    if len(text) <= limit:
        return [(0, len(text))]
    starts, pieces, at = [*sentence_starts(text), len(text)], [], 0
    while at < len(text):
        if len(text) - at <= limit:
            pieces.append((at, len(text)))
            break
        within = [s for s in starts if at < s <= at + limit]
        blank = text.rfind(" ", at + 1, at + limit)
        cut = within[-1] if within else blank + 1 if blank > at else at + limit
        pieces.append((at, cut))
        at = cut
    return pieces


def _is_abbreviation(before: str) -> bool:
    match = _LAST_WORD.search(before)
    return match is not None and (len(match.group(1)) == 1 or match.group(1).lower() in _abbreviations())


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon("abbreviations"))
