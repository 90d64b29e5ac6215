"""From the model's spans to mentions: the corrections, in the order in which they act."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.entities.acronyms import apply_acronyms
from pipeline.entities.document import Document
from pipeline.entities.edges import trim_edges
from pipeline.entities.gazetteer import apply_gazetteer
from pipeline.entities.inherit import agree_on_labels, fill_repeats, inherit_labels
from pipeline.entities.join import join_names
from pipeline.entities.mention import LABELS, Mention
from pipeline.entities.outputs import Span
from pipeline.entities.precision import drop_non_names
from pipeline.entities.roles import apply_roles
from pipeline.entities.spans import resolve_overlaps

Correction = Callable[[Document, list[Mention]], list[Mention]]

CORRECTIONS: dict[str, Correction] = {
    "edges": trim_edges,
    "join": join_names,
    "roles": apply_roles,
    "precision": drop_non_names,
    "gazetteer": apply_gazetteer,
    "acronyms": apply_acronyms,
    "inherit": inherit_labels,
    "majority": agree_on_labels,
    "fill": fill_repeats,
}


def correct(document: Document, spans: Sequence[Span], without: frozenset[str] = frozenset()) -> list[Mention]:
    """The mentions of a document, in order of place and without overlap, from the spans the model found.

    `without` names corrections to leave out, for measuring what each is worth.
    """
    mentions = [Mention(start, end, label, "model") for start, end, label in sorted(spans) if label in LABELS]
    for name, correction in CORRECTIONS.items():
        if name not in without:
            mentions = resolve_overlaps(correction(document, mentions))
    return mentions
