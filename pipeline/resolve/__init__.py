"""Who is who: names compared, clustered, and resolved over documents, every join with its reason.

Importing this package is cheap; the doors load what they need when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.resolve.comparison import Comparison, cluster, compare, compare_many
    from pipeline.resolve.documents import resolve
    from pipeline.resolve.knowledge import Knowledge, KnowledgeError, load_knowledge, shipped_knowledge
    from pipeline.resolve.name_pairs import NameMemory
    from pipeline.resolve.overrides import OverrideError, Overrides, load_overrides
    from pipeline.resolve.parsed_names import remember_names
    from pipeline.resolve.stage import Resolution, ResolutionState, resolve_mentions

_DOORS = {
    "Comparison": "comparison", "cluster": "comparison", "compare": "comparison", "compare_many": "comparison",
    "resolve": "documents",
    "Knowledge": "knowledge", "KnowledgeError": "knowledge", "load_knowledge": "knowledge",
    "shipped_knowledge": "knowledge", "NameMemory": "name_pairs", "remember_names": "parsed_names",
    "OverrideError": "overrides", "Overrides": "overrides",
    "load_overrides": "overrides", "Resolution": "stage", "ResolutionState": "stage",
    "resolve_mentions": "stage",
}  # fmt: skip

__all__ = [
    "Comparison",
    "Knowledge",
    "KnowledgeError",
    "NameMemory",
    "OverrideError",
    "Overrides",
    "Resolution",
    "ResolutionState",
    "cluster",
    "compare",
    "compare_many",
    "load_knowledge",
    "load_overrides",
    "remember_names",
    "resolve",
    "resolve_mentions",
    "shipped_knowledge",
]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_DOORS[name]}"), name)
