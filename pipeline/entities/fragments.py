"""Names that the second reading cut short: "Riverton" of "Riverton Broadcasting Union"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.entities.document import Document
from pipeline.entities.edges import clean_range
from pipeline.entities.mention import LABELS, Mention
from pipeline.entities.outputs import Span
from pipeline.entities.roles import is_role

_NEXT_WORDS = re.compile(r"(?: [^\W\d_a-z][^\W_]+(?:[-'’][^\W_]+)*)+")
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def complete_fragments(document: Document, names: list[Mention], first: Sequence[Span]) -> list[Mention]:
    """The names of the second reading; those that a capitalised word follows in one piece.

    `first` is what the model read, in order of place, labels that are never mentions included: where a name of it goes
    on over that word and holds no second name, it stands. Where there is none, a name that the document never writes
    without a capitalised word behind it takes in the words that follow here.
    """
    starts = sorted(name.start for name in names)
    found = []
    for name in names:
        words = _NEXT_WORDS.match(document.view, name.end) if name.method == "learned:document" else None
        if words:
            name = _whole(document, name, first, starts) or _extended(document, name, words, starts)
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


def _extended(document: Document, name: Mention, words: re.Match[str], starts: list[int]) -> Mention:
    is_name = _count(starts, name.end, words.end()) == 0 and not is_role(words.group().split()[0])
    if is_name and all(
        _NEXT_WORDS.match(document.view, end)
        for _start, end in document.words.occurrences(document.view[name.start : name.end])
    ):
        return name._replace(end=words.end(), method="join:fragment")
    return name


def _count(starts: list[int], start: int, end: int) -> int:
    """How many names begin in this range."""
    return bisect_left(starts, end) - bisect_left(starts, start)
