"""The doors: pages in, blocks out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipeline.clean.blocks import Block
from pipeline.clean.decisions import decide
from pipeline.clean.features import Batch, base_features
from pipeline.clean.lines import split_pages
from pipeline.clean.model import line_model
from pipeline.clean.repetition import OutletLines, count_lines, site_of
from pipeline.clean.title import find_title_line

_BATCH_CHARS = 400_000  # pages are measured together up to this much text


def strip(text: str, url: str | None = None) -> list[Block]:
    """The blocks of one page: its non-blank lines in order, each kept or cut, with kind, rule and score.

    text: the page as plain text; url: its address, which helps to find the title. Every non-blank character is in
    exactly one block; offsets count code points. Never raises for any text.
    """
    return strip_corpus([(text, url)])[0]


def strip_corpus(pages: Sequence[tuple[str, str | None]]) -> list[list[Block]]:
    """The blocks of each (text, url): as `strip`, with the lines that a site repeats on other pages as evidence."""
    texts = [text for text, _ in pages]
    sites = [site_of(url) for _, url in pages]
    repeated = len({site for site in sites if site}) < sum(site is not None for site in sites)
    counts = [_count(texts[a:b], sites[a:b]) for a, b in _batches(texts)] if repeated else []
    return strip_pages(texts, [url for _, url in pages], sites, OutletLines(counts))


def strip_pages(
    texts: Sequence[str], urls: Sequence[str | None], outlets: Sequence[str | None], lines: OutletLines
) -> list[list[Block]]:
    """The blocks of each page, judged with all pages of its outlet that `lines` has counted, itself included."""
    out: list[list[Block]] = []
    for a, b in _batches(texts):
        out += _strip_batch(texts[a:b], urls[a:b], outlets[a:b], lines)
    return out


def count_outlet_lines(raw_documents: pa.Table) -> pa.Table:
    """On how many pages of each outlet every line occurs, digits masked: an outlet_lines table.

    Counts of several tables of documents add up. Line key 0 counts the outlet's pages.
    """
    texts = raw_documents["raw_text"].to_pylist()
    outlets = raw_documents["outlet_id"].to_pylist()
    return OutletLines([_count(texts[a:b], outlets[a:b]) for a, b in _batches(texts)]).table


def _count(texts: Sequence[str], outlets: Sequence[str | None]) -> pa.Table:
    batch = Batch(split_pages(texts), [None] * len(texts), np.full(len(texts), -1))
    return count_lines(outlets, batch.pages.page, batch.keys)


def _batches(texts: Sequence[str]) -> list[tuple[int, int]]:
    bounds, begin, size = [], 0, 0
    for i, text in enumerate(texts):
        size += len(text)
        if size >= _BATCH_CHARS or i == len(texts) - 1:
            bounds.append((begin, i + 1))
            begin, size = i + 1, 0
    return bounds


def _strip_batch(
    texts: Sequence[str], urls: Sequence[str | None], outlets: Sequence[str | None], lines: OutletLines
) -> list[list[Block]]:
    pages = split_pages(texts)
    if not len(pages):
        return [[] for _ in texts]
    spans = list(zip(pages.first[:-1].tolist(), pages.first[1:].tolist(), strict=True))
    titles = np.array([_title(pages.lines, a, b, url) for (a, b), url in zip(spans, urls, strict=True)])
    batch = Batch(pages, list(urls), titles)
    share, seen = lines.shares_of_pages(outlets, pages.first, batch.keys)
    log_odds = line_model().log_odds(base_features(batch, share, seen), pages.page)
    verdicts = decide(batch, log_odds, share)
    start, end = pages.start.tolist(), pages.end.tolist()
    blocks = [Block(start[i], end[i], *verdict) for i, verdict in enumerate(verdicts)]
    return [blocks[a:b] for a, b in spans]


def _title(lines: list[str], a: int, b: int, url: str | None) -> int:
    found = find_title_line(lines[a:b], url)
    return -1 if found is None else a + found
