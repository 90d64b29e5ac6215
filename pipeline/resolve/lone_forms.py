"""Short forms that their own documents leave unexplained: theirs who alone bears them in the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.resolve.corpus import Corpus, Node
from pipeline.resolve.links import NodeLink
from pipeline.resolve.names import CORE, LIGHT, ORG, PERSON, commonness
from pipeline.resolve.phonetics import phone

SURNAME_LEAD = 3  # times more mentions than the next bearer has, for a lone surname to be his
SHORTEST_WORD = 4  # letters of a first word that may stand for a whole body


def is_lone(node: Node) -> bool:
    """Whether a person is named by a surname alone, particles aside."""
    *particles, last = node.name.kinds
    alone = not particles or (last == CORE and all(k == LIGHT for k in particles))
    return node.key[0] == PERSON and alone and not node.name.is_acronym


def lone_surnames(corpus: Corpus, cluster: Sequence[int]) -> Iterator[NodeLink]:
    """Surnames that their documents leave unexplained: theirs who alone (or by far most) bears them in the corpus."""
    bearers: dict[str, Counter[int]] = defaultdict(Counter)
    best: dict[int, int] = {}
    for i, node in enumerate(corpus.nodes):
        if node.key[0] == PERSON and len(node.name.parts) > 1 and not is_lone(node):
            bearers[node.name.parts[-1]][cluster[i]] += node.mentions
            lead = best.setdefault(cluster[i], i)
            if node.mentions > corpus.nodes[lead].mentions:
                best[cluster[i]] = i
    initial: dict[str, list[str]] = defaultdict(list)
    for part in sorted(bearers):
        initial[part[0]].append(part)
    for i, node in enumerate(corpus.nodes):
        if not is_lone(node) or node.known is not None:
            continue
        part, who = node.name.parts[-1], Counter[int]()
        for other in (
            [part] if part in bearers else [p for p in initial[part[0]] if len(part) > 3 and phone(p) == phone(part)]
        ):
            who.update(bearers[other])
        ranked = sorted(who.items(), key=lambda kv: (-kv[1], kv[0]))
        if not ranked:
            continue
        others = ranked[1][1] if len(ranked) > 1 else 0
        if not others or (commonness(part) < 1 and ranked[0][1] >= SURNAME_LEAD * others):
            target = best[ranked[0][0]]
            yield NodeLink(min(i, target), max(i, target), "only bearer of the surname", 0.8)


def shortened_bodies(corpus: Corpus, cluster: Sequence[int]) -> Iterator[NodeLink]:
    """Bodies named by the telling words that one body's name begins with, in an outlet that writes both.

    No other body, and no person or place, may have the first of these words in its name.
    """
    bearers: dict[str, set[int]] = defaultdict(set)
    longer: dict[str, list[int]] = defaultdict(list)
    for i, node in enumerate(corpus.nodes):
        if node.name.is_acronym or (node.key[0] == ORG and len(node.name.parts) == 1):
            continue
        for part in set(node.name.parts):
            bearers[part].add(cluster[i])
        if node.key[0] == ORG:
            longer[node.name.parts[0]].append(i)
    for i, node in enumerate(corpus.nodes):
        name, first = node.name, node.name.parts[0]
        telling = len(first) >= SHORTEST_WORD and all(k == CORE for k in name.kinds)
        if node.key[0] != ORG or name.is_acronym or node.known is not None or not telling:
            continue
        full = [
            k for k in longer[first]
            if k != i and corpus.nodes[k].name.parts[: len(name.parts)] == name.parts
            and len(corpus.nodes[k].name.parts) > len(name.parts) and node.outlets & corpus.nodes[k].outlets
        ]  # fmt: skip
        if full and len({*bearers[first], *(cluster[k] for k in full)} - {cluster[i]}) == 1:
            target = min(full, key=lambda k: (-corpus.nodes[k].mentions, k))
            yield NodeLink(min(i, target), max(i, target), "only body whose name begins so", 0.8)
