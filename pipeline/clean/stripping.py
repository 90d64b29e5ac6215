"""The doors: pages in, blocks out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

from pipeline.clean.batch import Batch
from pipeline.clean.blocks import Block
from pipeline.clean.decisions import decide
from pipeline.clean.markup import Markup
from pipeline.clean.model import line_model
from pipeline.clean.repetition import OutletLines, count_lines, site_of

_BATCH_CHARS = 400_000  # pages are measured together up to this much text


class Page(NamedTuple):
    """A page to strip, and what else is known of it.

    outlet: whose repeated lines count for it; stated_title: as its record or markup has it
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    stated_title: str | None = None
    markup: Markup | None = None


def strip(text: str, url: str | None = None) -> list[Block]:
    """The blocks of one page: its non-blank lines in order, each kept or cut, with kind, rule and score.

    text: the page as plain text; url: its address, which helps to find the title. Every non-blank character is in
    exactly one block; offsets count code points. Never raises for any text.
    """
    return strip_corpus([(text, url)])[0]


def strip_corpus(pages: Sequence[tuple[str, str | None]]) -> list[list[Block]]:
    """The blocks of each (text, url): as `strip`, with the lines that a site repeats on other pages as evidence."""
    sources = [Page(text, url, site_of(url)) for text, url in pages]
    batches = [(sources[a:b], _measure(sources[a:b])) for a, b in _batches([text for text, _ in pages])]
    lines = OutletLines([_count([s.outlet for s in some], batch) for some, batch in batches])
    return [blocks for some, batch in batches for blocks in _strip_batch(some, batch, lines)]


def strip_html(page: bytes, url: str | None = None) -> tuple[str, list[Block]]:
    """The text of an HTML page and its blocks: the decision of `strip`, with the markup as further evidence.

    Raises pipeline.ingest.RejectedInputError when the bytes are not text at all.
    """
    from pipeline.ingest import render_html

    rendering = render_html(page, url)
    stated = next((s.value for s in rendering.statements if s.field == "title"), None)
    source = Page(rendering.text, url, site_of(url), stated, Markup.of(rendering))
    return rendering.text, strip_pages([source], OutletLines([]))[0]


def strip_pages(pages: Sequence[Page], lines: OutletLines) -> list[list[Block]]:
    """The blocks of each page, judged with all pages of its outlet that `lines` has counted, itself included."""
    out: list[list[Block]] = []
    for a, b in _batches([page.text for page in pages]):
        out += _strip_batch(pages[a:b], _measure(pages[a:b]), lines)
    return out


def count_outlet_lines(raw_documents: pa.Table) -> pa.Table:
    """On how many pages of each outlet every line occurs, digits masked: an outlet_lines table.

    Counts of several tables of documents add up. Line key 0 counts the outlet's pages.
    """
    outlets = raw_documents["outlet_id"].to_pylist()
    texts = raw_documents["raw_text"].to_pylist()
    counts = [_count(outlets[a:b], Batch.of(texts[a:b], [None] * (b - a))) for a, b in _batches(texts)]
    return OutletLines(counts).table


def _count(outlets: Sequence[str | None], batch: Batch) -> pa.Table:
    return count_lines(outlets, batch.pages.page, batch.keys)


def _measure(pages: Sequence[Page]) -> Batch:
    return Batch.of([page.text for page in pages], [page.url for page in pages])


def _batches(texts: Sequence[str]) -> list[tuple[int, int]]:
    bounds, begin, size = [], 0, 0
    for i, text in enumerate(texts):
        size += len(text)
        if size >= _BATCH_CHARS or i == len(texts) - 1:
            bounds.append((begin, i + 1))
            begin, size = i + 1, 0
    return bounds


def _strip_batch(pages: Sequence[Page], batch: Batch, lines: OutletLines) -> list[list[Block]]:
    if not len(batch):
        return [[] for _ in pages]
    of = batch.pages
    share, seen = lines.shares_of_pages([page.outlet for page in pages], of.first, batch.keys, of.end - of.start)
    stated, markups = [page.stated_title for page in pages], [page.markup for page in pages]
    judgement = line_model().judge(batch, share, seen, stated, markups)
    spans = zip(of.start.tolist(), of.end.tolist(), decide(batch, judgement, share), strict=True)
    blocks = [Block(start, end, *verdict) for start, end, verdict in spans]
    return [blocks[a:b] for a, b in pairwise(of.first.tolist())]
