"""What linking says: pairs of nodes with the rule that joins them, and the clusters."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.company import Company
from pipeline.resolve.name_pairs import NameMemory


@dataclass(frozen=True)
class NodeLink:
    """Two nodes and what joins them; `company`: what those who are named with both say of it, in plain words."""

    left: int
    right: int
    rule: str
    score: float
    company: str = ""


@dataclass(frozen=True)
class Linked:
    """A cluster for each node (its least node), the links inside clusters, what names were compared for them, and the
    company that all names keep (by nodes of the corpus before the user's splits)."""

    cluster: list[int]
    links: list[NodeLink]
    compared: NameMemory
    company: Company
