"""How often the title's line is found, and how often one is invented, on pages whose title is known.

    python -m benchmarks.titles ../shared/bench/pages_dev.jsonl.gz [--wrong 20]

The shipped trees have seen these pages: `python -m benchmarks.train_titles` prints the cross-validated figures.
A page counts as titled where a line has the very words of its title; pages with a line much like it are left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.train_titles import VARIANTS, gold_lines, page_lines, read_pages
from pipeline.clean import Kind, strip_corpus


def measure(rows: list[dict], variant: str, has_url: bool) -> tuple[str, list[str]]:
    """A line of the table, and what was found instead of the title on each page where it was not."""
    titled = right = untitled = invented = 0
    wrong = []
    texts = ["\n".join(page_lines(row, variant)) for row in rows]
    stripped = strip_corpus([(text, row["url"] if has_url else None) for text, row in zip(texts, rows, strict=True)])
    for row, text, blocks in zip(rows, texts, stripped, strict=True):
        lines = [text[b.start : b.end] for b in blocks]
        gold = gold_lines(lines, row["title"])
        if not lines or gold is None:
            continue
        found = next((i for i, block in enumerate(blocks) if block.kind == Kind.TITLE), None)
        if not any(gold):
            untitled += 1
            invented += found is not None
            continue
        titled += 1
        right += found is not None and gold[found]
        if found is None or not gold[found]:
            wrong.append(f"{row['id']}: {row['title']!r}, found {lines[found] if found is not None else None!r}")
    address = "yes" if has_url else "no"
    return f"{variant:8s}{address:8s}{right / titled:8.4f}{titled:8d}{invented:10d}/{untitled:<6d}", wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong titles of each row")
    args = parser.parse_args()
    rows = read_pages(args.pages)
    print("variant address    right  titled  invented/untitled")
    for variant in VARIANTS:
        for has_url in (True, False):
            line, wrong = measure(rows, variant, has_url)
            print(line, *wrong[: args.wrong], sep="\n    ")


if __name__ == "__main__":
    main()
