"""How often the title's line is found, and how often one is invented, on pages whose title is known.

    python -m benchmarks.titles PAGES.jsonl.gz --folds FOLDS.npz    the figures that count: every page judged by models
                                                                    that have not seen its site
    python -m benchmarks.titles PAGES.jsonl.gz [--wrong 20]         the shipped models, with an address and without

PAGES: see benchmarks/page_corpus.py; FOLDS: written by benchmarks/train_stripping.py.
A page counts as titled where a line has the very words of its title; pages with a line much like it are left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.page_corpus import VARIANTS, load_pages, read
from benchmarks.train_titles import gold_lines, page_lines
from pipeline.clean import Kind, strip_corpus
from pipeline.clean.title import choose_titles


class Found(NamedTuple):
    """A page's row, its lines, and the number of the line that was taken for its title, or None."""

    row: dict
    lines: Sequence[str]
    title: int | None


def by_shipped(rows: Sequence[dict], variant: str, has_url: bool) -> Iterator[Found]:
    texts = ["\n".join(page_lines(row, variant)) for row in rows]
    stripped = strip_corpus([(text, row["url"] if has_url else None) for text, row in zip(texts, rows, strict=True)])
    for row, text, blocks in zip(rows, texts, stripped, strict=True):
        title = next((i for i, block in enumerate(blocks) if block.kind == Kind.TITLE), None)
        yield Found(row, [text[b.start : b.end] for b in blocks], title)


def out_of_fold(path: Path, folds: Path) -> Iterator[tuple[str, list[Found]]]:
    stored = np.load(folds)
    for corpus in load_pages(path):
        if not corpus.alone:
            titles = choose_titles(corpus.batch, stored[f"{corpus.variant}_outlet_title"]).tolist()
            pages = corpus.batch.pages
            bounds = pairwise(pages.first.tolist())
            yield (
                corpus.variant,
                [
                    Found(row, pages.lines[a:b], title - a if title >= 0 else None)
                    for row, title, (a, b) in zip(corpus.rows, titles, bounds, strict=True)
                ],
            )


def report(name: str, pages: Iterable[Found], wrong: int) -> None:
    """Print one row, and what was found instead of the title on so many pages."""
    titled = right = untitled = invented = 0
    errors = []
    for row, lines, title in pages:
        gold = gold_lines(lines, row["title"])
        if not lines or gold is None:
            continue
        if not any(gold):
            untitled += 1
            invented += title is not None
            continue
        titled += 1
        if title is not None and gold[title]:
            right += 1
        else:
            errors.append(f"{row['id']}: {row['title']!r}, found {lines[title] if title is not None else None!r}")
    print(f"{name:24s}{right / titled:8.4f}{titled:8d}{invented:10d}/{untitled:<6d}", *errors[:wrong], sep="\n    ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong titles of each row")
    args = parser.parse_args()
    print(f"{'':24s}   right  titled  invented/untitled")
    if args.folds:
        for variant, found in out_of_fold(args.pages, args.folds):
            report(f"{variant}, cross-validated", found, args.wrong)
        return
    rows = read(args.pages)
    for variant in VARIANTS:
        for has_url in (True, False):
            address = "address" if has_url else "no address"
            report(f"{variant}, {address}", by_shipped(rows, variant, has_url), args.wrong)


if __name__ == "__main__":
    main()
