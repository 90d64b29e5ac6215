"""What linking says: pairs of nodes with the rule that joins them, and the clusters."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.name_pairs import NameMemory


@dataclass(frozen=True)
class NodeLink:
    """Two nodes and what joins them."""

    left: int
    right: int
    rule: str
    score: float


@dataclass(frozen=True)
class Linked:
    """A cluster for each node (its least node), the links inside clusters, and what names were compared for them."""

    cluster: list[int]
    links: list[NodeLink]
    compared: NameMemory
