"""Raw text to blocks: what of a page is the article, what it is, and why the rest was cut."""

from pipeline.clean.blocks import Block, Kind
from pipeline.clean.stripping import count_outlet_lines, strip, strip_corpus

__all__ = ["Block", "Kind", "count_outlet_lines", "strip", "strip_corpus"]
