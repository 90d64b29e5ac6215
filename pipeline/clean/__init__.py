"""Raw text to blocks: what of a page is the article, what it is, and why the rest was cut."""

from pipeline.clean.blocks import Block, Kind
from pipeline.clean.documents import Cleaned, clean_documents
from pipeline.clean.duplicates import find_duplicates
from pipeline.clean.documents import Cleaned, clean_documents
from pipeline.clean.duplicates import find_duplicates
from pipeline.clean.stripping import count_outlet_lines, strip, strip_corpus

__all__ = [
    "Block",
    "Cleaned",
    "Kind",
    "clean_documents",
    "count_outlet_lines",
    "find_duplicates",
    "strip",
    "strip_corpus",
]
