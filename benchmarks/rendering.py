"""How much of the articles' text the rendering of HTML pages holds, and how fast it is made.

Reads gzipped JSON lines with `html` and `gold_text` (the article's text) and prints, as means over the pages, the
share of the article's 4-grams of words that the rendering holds, the rendering's size against the article's, and the
pages and megabytes of HTML a second of CPU time.

    python -m benchmarks.rendering PAGES.jsonl.gz [--worst 10]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path

from pipeline.ingest import render_html


def grams(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, help="gzipped JSON lines with html, gold_text, url")
    parser.add_argument("--worst", type=int, default=0, help="list that many pages that lose most")
    options = parser.parse_args()
    with gzip.open(options.pages, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pages = [row["html"].encode() for row in rows]
    render_html(pages[0])  # loads the parser
    began = time.process_time()
    texts = [render_html(page).text for page in pages]
    seconds = time.process_time() - began
    held = []
    for row, text in zip(rows, texts, strict=True):
        gold = grams(row["gold_text"])
        held.append((sum((grams(text) & gold).values()) / sum(gold.values()), row["url"]))
    size = sum(map(len, texts)) / sum(len(row["gold_text"]) for row in rows)
    print(f"{len(rows)} pages: {sum(share for share, _ in held) / len(held):.4f} of the articles' 4-grams are held,")
    print(f"in {size:.2f} times their characters; {len(rows) / seconds:.0f} pages, ", end="")
    print(f"{sum(map(len, pages)) / 1e6 / seconds:.1f} MB a second of CPU time")
    for share, url in sorted(held)[: options.worst]:
        print(f"{share:.3f}  {url}")


if __name__ == "__main__":
    main()
