"""Set phrases of page furniture (data/phrases.yml), found in all lines of a batch at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.words import Hashes, Words, phrase_hashes

_DATA = Path(__file__).parent / "data" / "phrases.yml"
_FILTER_SIZE = 1 << 16


class Strength(IntEnum):
    """How much of a line a phrase covers."""

    NONE = 0
    ANYWHERE = 1
    START = 2
    WHOLE = 3


_ANYWHERE, _START, _WHOLE = int(Strength.ANYWHERE), int(Strength.START), int(Strength.WHOLE)


@dataclass(frozen=True)
class PhraseClass:
    """One class of phrases: what its lines are, and how strong a match settles it without the model."""

    name: str
    kind: str
    decides: Strength | None
    max_words: int
    reason: str


@dataclass(frozen=True)
class _Phrase:
    column: int
    at_end: bool
    group: int  # -1, or the bit of its list in a `both` pair


class PhraseBook:
    """The phrases of all classes, indexed by word n-gram hash."""

    def __init__(self, document: dict[str, dict]) -> None:
        self.classes: list[PhraseClass] = []
        # Phrases that must stand at a line's beginning are looked up there only.
        self._at_start, self._free = _PhraseIndex(), _PhraseIndex()
        for column, (name, entry) in enumerate(document.items()):
            decides = None if entry["decides"] == "never" else Strength[entry["decides"].upper()]
            self.classes.append(PhraseClass(name, entry["kind"], decides, entry.get("max_words", 12), entry["reason"]))
            listed = [(p, -1) for p in entry["phrases"]]
            listed += [(p, group) for group, side in enumerate(entry.get("both", ())) for p in side]
            for (phrase, group), (n, value) in zip(listed, phrase_hashes([p for p, _ in listed]), strict=True):
                if n == 0:
                    raise ValueError(f"a phrase without words in {name}: {phrase!r}")
                index = self._at_start if phrase[0] == "^" else self._free
                index.add(n, value, _Phrase(column, phrase[-1] == "$", group))
        self.longest = max(self._at_start.longest, self._free.longest)

    def column(self, name: str) -> int:
        """The number of a class."""
        return next(i for i, c in enumerate(self.classes) if c.name == name)

    def match(self, words: Words) -> NDArray[np.uint8]:
        """For each line and class the `Strength` of the best match: an array (lines, classes)."""
        per_line = words.per_line
        found = np.zeros((len(per_line), len(self.classes)), np.uint8)
        groups: dict[tuple[int, int], int] = defaultdict(int)
        begins = words.first[:-1][per_line > 0]
        for n, hashes in words.ngrams(self.longest):
            inside = begins[: np.searchsorted(begins, len(hashes))]
            for at, phrase in chain(self._at_start.find(n, hashes, inside), self._free.find(n, hashes, None)):
                line, nth = int(words.line[at]), int(words.nth[at])
                left = int(per_line[line]) - nth - n
                ends = left == 0
                if left < 0 or (phrase.at_end and not ends):
                    continue
                if phrase.group >= 0:
                    groups[line, phrase.column] |= 1 << phrase.group
                    continue
                strength = _ANYWHERE if nth else _WHOLE if ends else _START
                if strength > found[line, phrase.column]:
                    found[line, phrase.column] = strength
        for (line, column), bits in groups.items():
            if bits == 0b11:
                found[line, column] = max(found[line, column], _ANYWHERE)
        return found


class _PhraseIndex:
    """Phrases by length and hash, behind a bit filter that turns most words away."""

    def __init__(self) -> None:
        self._by_length: dict[int, dict[int, list[_Phrase]]] = defaultdict(lambda: defaultdict(list))
        self._filters: dict[int, NDArray[np.bool_]] = {}

    @property
    def longest(self) -> int:
        return max(self._by_length)

    def add(self, n: int, value: int, phrase: _Phrase) -> None:
        self._by_length[n][value].append(phrase)
        self._filters.setdefault(n, np.zeros(_FILTER_SIZE, bool))[value % _FILTER_SIZE] = True

    def find(self, n: int, hashes: Hashes, positions: NDArray[np.int64] | None) -> Iterator[tuple[int, _Phrase]]:
        """The phrases of n words whose hash stands at the positions (all, when None)."""
        if n not in self._filters:
            return
        if positions is not None:
            hashes = hashes[positions]
        candidates = np.flatnonzero(self._filters[n][hashes & np.uint64(_FILTER_SIZE - 1)])
        table = self._by_length[n]
        for candidate in candidates.tolist():
            for phrase in table.get(int(hashes[candidate]), ()):
                yield (candidate if positions is None else int(positions[candidate])), phrase


@cache
def phrase_book() -> PhraseBook:
    """The phrase book that ships with the package."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return PhraseBook(yaml.load(_DATA.read_text(encoding="utf-8"), Loader=loader))
