"""Landing files to raw documents: one reader a format, ids, and a quarantine for what cannot be read."""

from pipeline.ingest.batches import IngestBatch
from pipeline.ingest.budget import OverBudgetError, time_budget
from pipeline.ingest.identity import document_id
from pipeline.ingest.known import KnownFile, KnownInputs, file_paths
from pipeline.ingest.landing import read_landing
from pipeline.ingest.limits import Limits
from pipeline.ingest.rejection import Reason, RejectedInputError
from pipeline.ingest.rendering import LineMarkup, Rendering, Statement, markup_from_json, render_html
from pipeline.ingest.scan import list_landing

__all__ = [
    "IngestBatch",
    "KnownFile",
    "KnownInputs",
    "Limits",
    "LineMarkup",
    "OverBudgetError",
    "Reason",
    "RejectedInputError",
    "Rendering",
    "Statement",
    "document_id",
    "file_paths",
    "list_landing",
    "markup_from_json",
    "read_landing",
    "render_html",
    "time_budget",
]
