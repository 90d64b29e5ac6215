"""The company that names keep: evidence, beyond their spelling, that two names in different documents are one.

Two look-alikes in a pile of unrelated pages are mostly two people, and the more so the larger the pile. Reports of one
person share other names, however these are spelled. What two names share beyond chance is counted in nats and set
against how many documents there are. Source of the idea: Bhattacharya and Getoor, Collective Entity Resolution (2007).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from math import log

from rapidfuzz.distance import OSA

from pipeline.resolve.names import INITIAL, PERSON, Name, commonness
from pipeline.resolve.phonetics import phone, skeleton
from pipeline.resolve.rarity import stem

FEW = 20  # documents among which look-alikes are taken at their word
WEIGHT = 3.5  # times the logarithm of how many times more documents there are: the nats that must be shared
STRANGER = 8.0  # evidence against two names that share nothing: more than any spelling is worth
MOST = 50  # documents of a name that are looked at together
REPORTS = 8  # and one by one
TELLING = 1.0  # nats, the least, of a name that is given as a reason: a third of the documents may have it
_DOUBLED = re.compile(r"(.)\1")
# Letters in which one may be slipped: of a person's name part, another's word, one that is all of a name; of a name.
_LONG_PART, _LONG_WORD, _LONG_ALONE, _LONG_NAME = 5, 6, 9, 8
_RARE = 0.3  # commonness of a part that few bear, or that is short


class Company:
    """Which names are met together.

    `node_of` gives for each document the nodes of its mentions, `cluster` for each node the cluster that its spelling
    alone puts it in: a name is in the same company whether the others are spelled alike or not.
    """

    def __init__(self, node_of: Sequence[Sequence[int]], cluster: Sequence[int]) -> None:
        self._cluster = cluster
        self._met = [frozenset(cluster[node] for node in nodes) for nodes in node_of]
        self._documents: list[list[int]] = [[] for _ in cluster]
        for number, nodes in enumerate(node_of):
            for node in set(nodes):
                self._documents[node].append(number)
        self._count = Counter(chain.from_iterable(self._met))

    @cached_property
    def needed(self) -> float:
        """Nats that two names must share to be taken for one; 0 in a handful of documents."""
        return WEIGHT * max(0.0, log(max(len(self._met), 1) / FEW))

    def shared(self, a: int, b: int) -> float:
        """Nats of the names that stand beside both, less what chance would let them share: in all their documents
        together, or in the two documents that have most in common, as two reports of one story do.
        """
        of_a, of_b = self._beside(a, b)
        together = self._nats(frozenset().union(*of_a), frozenset().union(*of_b), len(of_b))
        return max(together, *(self._nats(x, y, 1) for x in of_a[:REPORTS] for y in of_b[:REPORTS]))

    def in_common(self, a: int, b: int) -> list[int]:
        """Who is named with both of two names that no document has together, the most telling first: of each cluster
        the node that most documents have."""
        if self.meetings(a, b):
            return []
        of_a, of_b = (frozenset().union(*documents) for documents in self._beside(a, b))
        worth = {other: self._worth(other) for other in of_a & of_b}
        telling = sorted((o for o, nats in worth.items() if nats >= TELLING), key=lambda o: (-worth[o], o))
        return [self._lead[other] for other in telling]

    def against(self, a: int, b: int) -> float:
        """Evidence against two names for the company that they lack: 0 to STRANGER."""
        if not self.needed or self.meetings(a, b):
            return 0.0
        return STRANGER * (1 - min(1.0, max(0.0, self.shared(a, b) / self.needed)))

    def _nats(self, beside_a: frozenset[int], beside_b: frozenset[int], documents_of_b: int) -> float:
        nats = 0.0
        for other in sorted(beside_a):
            share = self._count[other] / len(self._met)
            nats += self._worth(other) * ((other in beside_b) - (1 - (1 - share) ** documents_of_b))
        return nats

    @cached_property
    def _lead(self) -> dict[int, int]:
        rarest_first = sorted(range(len(self._cluster)), key=lambda node: (len(self._documents[node]), -node))
        return {self._cluster[node]: node for node in rarest_first}

    def _worth(self, other: int) -> float:
        """Nats that it says of a document to name this cluster."""
        return -log(self._count[other] / len(self._met))

    def meetings(self, a: int, b: int) -> set[int]:
        """The documents that name both."""
        return set(self._documents[a]).intersection(self._documents[b])

    def _beside(self, a: int, b: int) -> tuple[list[frozenset[int]], list[frozenset[int]]]:
        """What else is named in the documents of each, MOST of them at most."""
        own = {self._cluster[a], self._cluster[b]}
        of_a, of_b = ([self._met[number] - own for number in self._sample(node)] for node in (a, b))
        return of_a, of_b

    def _sample(self, node: int) -> list[int]:
        documents = self._documents[node]
        return documents[:: -(-len(documents) // MOST)]


def nearly_same(a: Name, b: Name) -> bool:
    """Whether two names differ in no more than a doubled letter, a vowel of a long word, an initial or a middle name,
    or bodies' names in the order of words.

    Never so if very many bear all parts of them, or they tell of a kind of body alone.
    """
    if all(commonness(part) > _RARE for name in (a, b) for part in name.parts) or not (a.core and b.core):
        return False
    if a.group == PERSON:
        short, long = sorted((_words(a), _words(b)), key=len)
        if 1 < len(short) < len(long):
            return (short[0], short[-1]) == (long[0], long[-1]) and set(short) < set(long)
        return _but_for_a_letter(short, long, _LONG_PART)
    if sorted(a.parts) == sorted(b.parts):  # but Sundby University and the University of Sundby may be two
        return "university" not in a.parts
    return _but_for_a_letter(list(a.parts), list(b.parts), _LONG_WORD)


def _words(name: Name) -> list[str]:
    whole = [part for part, kind in zip(name.parts, name.kinds, strict=True) if kind != INITIAL]
    return whole if len(whole) > 1 else list(name.parts)


def _but_for_a_letter(a: list[str], b: list[str], least: int) -> bool:
    letters = [_DOUBLED.sub(r"\1", "".join(name)) for name in (a, b)]
    if "".join(a) == "".join(b) or (letters[0] == letters[1] and len(a) > 1):
        return True
    if len(a) != len(b) or len(" ".join(a)) < _LONG_NAME:
        return sorted(a) == sorted(b)
    least = _LONG_ALONE if len(a) == 1 else least
    differ = [(x, y) for x, y in zip(a, b, strict=True) if phone(x) != phone(y) and stem(x) != stem(y)]
    return len(differ) <= 1 and all(
        min(len(x), len(y)) >= least and OSA.distance(x, y) <= 1 and skeleton(x) == skeleton(y) for x, y in differ
    )
