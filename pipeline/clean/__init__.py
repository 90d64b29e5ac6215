"""Raw text to blocks: what of a page is the article, what it is, and why the rest was cut."""

from pipeline.clean.blocks import Block, Kind
from pipeline.clean.documents import Cleaned, clean_documents
from pipeline.clean.duplicates import find_duplicates
from pipeline.clean.explain import explain
from pipeline.clean.stripping import count_outlet_lines, strip, strip_corpus, strip_html

__all__ = [
    "Block",
    "Cleaned",
    "Kind",
    "clean_documents",
    "count_outlet_lines",
    "explain",
    "find_duplicates",
    "strip",
    "strip_corpus",
    "strip_html",
]
