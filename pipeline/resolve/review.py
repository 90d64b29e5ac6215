"""What a person should look at: joins that hang by a weak link, and likely ones that were not made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from pipeline.resolve.canonical import company_words, link_evidence
from pipeline.resolve.corpus import Corpus, NodeKey
from pipeline.resolve.links import Linked, NodeLink
from pipeline.resolve.lone_forms import is_lone
from pipeline.resolve.matcher import IMPLAUSIBLE
from pipeline.resolve.overrides import Overrides

SURE = 0.95  # a join of this score needs no look
MOST = 500  # pairs of each kind


class _Forest:
    """Which of the links, strongest first, bring two trees together."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, x: int) -> int:
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def joins(self, link: NodeLink) -> bool:
        a, b = self.root(link.left), self.root(link.right)
        self.parent[max(a, b)] = min(a, b)
        return a != b


def _by_score(links: Sequence[NodeLink]) -> list[NodeLink]:
    return sorted(links, key=lambda x: (-x.score, x.left, x.right, x.rule))


def weakest_joins(linked: Linked) -> list[NodeLink]:
    """Links without which an entity would fall apart, the weakest first: a maximum spanning tree of each entity."""
    forest = _Forest(len(linked.cluster))
    needed = [link for link in _by_score(linked.links) if forest.joins(link)]
    return [link for link in reversed(needed) if link.score < SURE]


def likeliest_misses(corpus: Corpus, linked: Linked) -> list[NodeLink]:
    """The likeliest pair of names of any two entities, the likeliest first; names listed side by side left out."""
    compared, nodes = linked.compared, corpus.nodes
    cluster = np.array(linked.cluster, np.int64)
    near = np.flatnonzero((compared.score > IMPLAUSIBLE) & (cluster[compared.left] != cluster[compared.right]))
    pairs = zip(*(side[near].tolist() for side in (compared.left, compared.right, compared.score)), strict=True)
    best: dict[tuple[int, int], NodeLink] = {}
    for link in _by_score([NodeLink(a, b, "spelling", p) for a, b, p in pairs]):
        one, two = nodes[link.left], nodes[link.right]
        unlike = is_lone(one) != is_lone(two) or one.name.is_acronym or two.name.is_acronym
        if not unlike and (link.left, link.right) not in corpus.listed:
            a, b = sorted((linked.cluster[link.left], linked.cluster[link.right]))
            best.setdefault((a, b), link)
    return list(best.values())


def review_rows(
    corpus: Corpus, linked: Linked, entity_of: Mapping[NodeKey, str], overrides: Overrides
) -> Iterator[dict[str, Any]]:
    """Rows of review_pairs, the most doubtful first, each question once, without what the user has decided.

    `corpus` and `linked` are those before the user's splits.
    """
    nodes, given = corpus.nodes, Counter[bool]()
    decided = {frozenset(pair) for group in (*overrides.merge, *overrides.forbid) for pair in combinations(group, 2)}
    asked: set[frozenset[tuple[str, str]]] = set()  # a spelling read as of two kinds is two nodes
    for link in (*weakest_joins(linked), *likeliest_misses(corpus, linked)):
        a, b = nodes[link.left], nodes[link.right]
        one, two = entity_of.get(a.key), entity_of.get(b.key)
        if not one or not two or given[one == two] == MOST:
            continue
        if linked.cluster[link.left] != linked.cluster[link.right]:
            link = replace(link, company=company_words(corpus, linked.company, link.left, link.right))
        for row in link_evidence(corpus, (link,)):
            alias_a, alias_b = str(row["alias_a"]), str(row["alias_b"])
            question = frozenset(((one, alias_a), (two, alias_b)))
            if question in asked or frozenset((alias_a, alias_b)) in decided:
                continue
            asked.add(question)
            given[one == two] += 1
            yield {
                "entity_id_a": one, "alias_a": alias_a, "entity_id_b": two, "alias_b": alias_b,
                "is_joined": one == two, "rule": row["rule"], "score": row["score"],
                "explanation": row["explanation"], "mention_count_a": a.mentions, "mention_count_b": b.mentions,
                "document_id_a": row["document_id"], "document_id_b": corpus.example.get((link.right, alias_b)),
            }  # fmt: skip
