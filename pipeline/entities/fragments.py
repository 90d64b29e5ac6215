"""Names that the second reading cut short: "Riverton" of "Riverton Broadcasting Union"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.edges import clean_range
from pipeline.entities.mention import LABELS, Mention
from pipeline.entities.outputs import Span
from pipeline.entities.roles import is_role

_NEXT_WORD = re.compile(r" [^\W\d_a-z][^\W_]+(?:[-'’][^\W_]+)*")
# A longer run is no name. Atomic, or a shorter run or half a word would do.
_NEXT_WORDS = re.compile(rf"(?>(?:{_NEXT_WORD.pattern}){{1,8}})(?!{_NEXT_WORD.pattern})")
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def complete_fragments(document: Document, names: list[Mention], first: Sequence[Span]) -> list[Mention]:
    """The names of the second reading; those that a capitalised word follows in one piece.

    `first` is what the model read, in order of place, labels that are never mentions included: where a name of it goes
    on over that word and holds no second name, it stands. Where there is none, a name that the document never writes
    without a capitalised word behind it takes in the words that follow here.
    """
    starts = sorted(name.start for name in names)

    @cache
    def always_goes_on(surface: str) -> bool:
        return all(_NEXT_WORD.match(document.view, end) for _start, end in document.words.occurrences(surface))

    found = []
    for name in names:
        if name.method == "learned:document" and _NEXT_WORD.match(document.view, name.end):
            whole = _whole(document, name, first, starts)
            if not whole and always_goes_on(document.view[name.start : name.end]):
                whole = _extended(document, name, starts)
            name = whole or name
        found.append(name)
    return found


def _whole(document: Document, name: Mention, first: Sequence[Span], starts: list[int]) -> Mention | None:
    """The model's name that goes on where this one ends."""
    at = bisect_right(first, name.start, key=lambda span: span[0]) - 1
    if at < 0 or first[at][1] <= name.end:
        return None
    start, end = clean_range(document.view, *first[at][:2])
    if end <= name.end or _count(starts, start, end) > 1:
        return None
    label = first[at][2]
    # Of a city's club, station or institute the second reading saw the city.
    is_other = name.label in _PLACES and label in LABELS and label != "PERSON"
    return Mention(start, end, label if is_other else name.label, "model")


def _extended(document: Document, name: Mention, starts: list[int]) -> Mention | None:
    """The name with the capitalised words behind it, if they are no second name and no role."""
    words = _NEXT_WORDS.match(document.view, name.end)
    if not words or _count(starts, name.end, words.end()) or is_role(words.group().split()[0]):
        return None
    return name._replace(end=words.end(), method="join:fragment")


def _count(starts: list[int], start: int, end: int) -> int:
    """How many names begin in this range."""
    return bisect_left(starts, end) - bisect_left(starts, start)
