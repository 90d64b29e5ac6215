"""Pages with known articles, as the line model learns from them and is measured on them.

A file of pages has one page a line: id, url, domain, group (news or web), title, gold_text, and for each variant
(light, semi, full) its text and a label a non-empty line: 1 article, 0 boilerplate, 2 title. A file of HTML has some
of these pages as HTML: id, url, title, gold_text, html.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Floats
from pipeline.clean.markup import Markup
from pipeline.clean.repetition import OutletLines, count_lines, site_of
from pipeline.ingest import render_html

VARIANTS = ("light", "semi", "full")
FOLDS = 4
SHARE_OF_PAGES = {"light": 1.0, "semi": 1.0, "full": 0.2}  # of the variant's pages, learned from
SHARE_ALONE = 0.35  # of those, seen without their outlet's other pages


def fold_of(domain: str) -> int:
    """The fold in which a site's pages are judged by models that have not seen the site."""
    return zlib.crc32(domain.encode()) % FOLDS


@dataclass
class Corpus:
    """All pages of a variant, with or without repetition by outlet in view, and what has been computed of them."""

    variant: str
    alone: bool
    rows: list[dict[str, Any]]
    batch: Batch
    labels: NDArray[np.int64]
    markups: list[Markup] = field(default_factory=list)
    features: dict[str, Floats] = field(default_factory=dict)
    log_odds: dict[str, Floats] = field(default_factory=dict)
    titles: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))  # each page's title line, or -1

    @property
    def page(self) -> NDArray[np.int64]:
        return self.batch.pages.page

    @property
    def page_fold(self) -> NDArray[np.int64]:
        """The fold of each page."""
        return np.array([fold_of(row["domain"]) for row in self.rows])

    @property
    def fold(self) -> NDArray[np.int64]:
        """The fold of each line: that of its page."""
        return self.page_fold[self.page]

    @property
    def is_title_copy(self) -> NDArray[np.bool_]:
        titles = self.page[self.labels == 2]
        keys = dict(zip(titles.tolist(), self.batch.keys[self.labels == 2].tolist(), strict=True))
        wanted = np.array([keys.get(p, 0) for p in range(len(self.rows))])[self.page]
        return (self.batch.keys == wanted) & (wanted != 0)

    def chosen(self) -> NDArray[np.bool_]:
        """The lines learned from: each page of text is drawn once, in view of its outlet or alone; HTML always."""
        if self.markups:
            return np.ones(len(self.batch), bool)
        draw = np.random.default_rng(zlib.crc32(self.variant.encode())).random(len(self.rows))
        share = SHARE_OF_PAGES[self.variant]
        low, high = ((1 - SHARE_ALONE) * share, share) if self.alone else (0, (1 - SHARE_ALONE) * share)
        return ((draw >= low) & (draw < high))[self.page]

    def weights(self) -> NDArray[np.float64]:
        """A line weighs by its share of the page's words (square roots), so that pages count alike."""
        words = np.sqrt(np.maximum(self.batch.words.per_line, 1))
        share = words / self.batch.page_sum(words)
        news = np.array([1.0 if row["group"] == "news" else 0.5 for row in self.rows])[self.page]
        return (100 * share + 0.3) * news


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_pages(path: Path) -> list[Corpus]:
    """The corpora of a file of pages: each variant, with and without repetition."""
    rows, out = read(path), []
    for variant in VARIANTS:
        these = [row for row in rows if row.get(f"text_{variant}")]
        batch = Batch.of([row[f"text_{variant}"] for row in these], [row["url"] for row in these])
        labels = np.array([int(c) for row in these for c in row[f"labels_{variant}"]])
        out += [Corpus(variant, alone, these, batch, labels) for alone in (False, True)]
    return out


def load_html(html: Path, pages: Path) -> Corpus:
    """The corpus of a file of HTML, some of the pages of another file."""
    known = {row["id"]: row for row in read(pages)}
    rows = [known[row["id"]] | row for row in read(html)]
    renderings = [render_html(row["html"].encode(), row["url"]) for row in rows]
    batch = Batch.of([r.text for r in renderings], [row["url"] for row in rows])
    labels = np.array([label for number, row in enumerate(rows) for label in labels_of(batch, number, row)])
    return Corpus("html", True, rows, batch, labels, [Markup.of(r) for r in renderings])


def labels_of(batch: Batch, number: int, row: dict[str, Any]) -> list[int]:
    """Labels of a rendered page's lines: article (1) when most of a line's four-word runs stand in the gold text."""
    tokens = lambda text: re.findall(r"\w+", text.casefold())  # noqa: E731
    gold, title = tokens(row["gold_text"]), tokens(row["title"] or "")
    runs = {tuple(gold[i : i + 4]) for i in range(len(gold))}
    short = {tuple(tokens(line)) for line in row["gold_text"].split("\n")}
    out = []
    for line in batch.pages.lines[batch.pages.first[number] : batch.pages.first[number + 1]]:
        said = tokens(line)
        found = [tuple(said[i : i + 4]) in runs for i in range(len(said) - 3)]
        is_article = sum(found) * 2 > len(found) if found else tuple(said) in short
        out.append(2 if said and said == title else int(is_article))
    return out


def repetition(corpus: Corpus) -> tuple[NDArray, NDArray]:
    batch = corpus.batch
    if corpus.alone:
        return np.full(len(batch), -1.0), np.zeros(len(batch))
    sites = [site_of(row["url"]) for row in corpus.rows]
    counted = OutletLines([count_lines(sites, batch.pages.page, batch.keys)])
    return counted.shares_of_pages(sites, batch.pages.first, batch.keys, batch.pages.end - batch.pages.start)
