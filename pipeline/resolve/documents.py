"""Who is who in a handful of documents: the public door."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.resolve.corpus import Document, build_corpus
from pipeline.resolve.knowledge import Knowledge, shipped_knowledge
from pipeline.resolve.linking import link_nodes
from pipeline.resolve.overrides import Overrides


def resolve(
    documents: Sequence[tuple[str, Sequence[tuple[int, int, str]]]], knowledge: Knowledge | None = None
) -> list[list[int]]:
    """Resolve (text, [(start, end, label), ...]) documents together: for each document an entity number a mention,
    numbered by first appearance. Offsets are code points, end-exclusive; labels as in the mentions table. `knowledge`
    stands in the place of the shipped file."""
    order = [sorted(range(len(spans)), key=lambda i: spans[i][:2]) for _, spans in documents]
    numbered = [
        Document.of(f"{n:08d}", "", text, [spans[i] for i in places])
        for n, ((text, spans), places) in enumerate(zip(documents, order, strict=True))
    ]
    knowledge = shipped_knowledge() if knowledge is None else knowledge
    corpus = build_corpus(numbered, knowledge)
    cluster = link_nodes(corpus, knowledge, Overrides()).cluster
    number: dict[int, int] = {}
    answer: list[list[int]] = []
    for nodes, places in zip(corpus.node_of, order, strict=True):
        node_at = dict(zip(places, nodes, strict=True))
        answer.append([number.setdefault(cluster[node_at[i]], len(number)) for i in range(len(places))])
    return answer
