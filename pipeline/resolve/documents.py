"""Who is who in a handful of documents: the public door."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.resolve.corpus import Document, build_corpus
from pipeline.resolve.knowledge import shipped_knowledge
from pipeline.resolve.linking import link_nodes
from pipeline.resolve.overrides import Overrides


def resolve(documents: Sequence[tuple[str, Sequence[tuple[int, int, str]]]]) -> list[list[int]]:
    """Resolve (text, [(start, end, label), ...]) documents together: for each document an entity number a mention,
    numbered by first appearance. Offsets are code points, end-exclusive; labels as in the mentions table."""
    numbered = [Document(f"{i:08d}", "", text, spans) for i, (text, spans) in enumerate(documents)]
    knowledge = shipped_knowledge()
    corpus = build_corpus(numbered, knowledge)
    cluster = link_nodes(corpus, knowledge, Overrides()).cluster
    number: dict[int, int] = {}
    return [[number.setdefault(cluster[n], len(number)) for n in nodes] for nodes in corpus.node_of]
