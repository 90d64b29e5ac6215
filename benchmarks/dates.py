"""Publication dates read from a page's words, against what its address and its markup say.

    python -m benchmarks.dates ../shared/bench/pages_dev.jsonl.gz ../shared/bench/html_dev.jsonl.gz [--wrong 20]

Addresses such as /2019/11/18/ and the markup of HTML pages are hidden from the reader of the text, so each is an
independent witness. A date one day off its witness counts as agreeing: time zones part them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from benchmarks.page_corpus import VARIANTS, read
from benchmarks.train_titles import page_lines
from pipeline.clean import Kind, strip
from pipeline.clean.date_expressions import find_dates
from pipeline.clean.dates import find_publication_date, stated_date, url_day
from pipeline.clean.title_features import prose_region
from pipeline.ingest import render_html

NEAR = 1  # days


def read_text(lines: list[str], url: str | None) -> date | None:
    """The publication day that the lines state, title and body found as plainly as can be."""
    first, last = prose_region(lines)
    title = next((i for i, block in enumerate(strip("\n".join(lines), url)) if block.kind == Kind.TITLE), None)
    found = find_publication_date(lines, title, (first, last) if first < len(lines) else None)
    return found and found.day


def judge(lines: list[str], url: str | None, witness: date, counts: Counter, wrong: list[str]) -> None:
    found = read_text(lines, url)
    written = any(witness in d.readings for line in lines for d in find_dates(line))
    counts["witnessed"] += 1
    counts["written out"] += written
    counts["found"] += found is not None
    if found is None:
        return
    agrees = abs((found - witness).days) <= NEAR
    counts["agree"] += agrees
    if not agrees:
        wrong.append(f"{url}: {witness} but read {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("html", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="print so many disagreements of each row")
    args = parser.parse_args()
    results: dict[str, tuple[Counter, list[str]]] = {}
    for variant in VARIANTS:
        counts, wrong = results.setdefault(f"{variant}, address", (Counter(), []))
        for row in read(args.pages):
            lines, witness = page_lines(row, variant), url_day(row["url"])
            if lines and witness:
                judge(lines, row["url"], witness, counts, wrong)
    counts, wrong = results.setdefault("html, markup", (Counter(), []))
    for row in read(args.html):
        page = render_html(row["html"].encode(), row["url"])
        stated = next((s for s in page.statements if s.field == "published"), None)
        witness = stated and stated_date(stated.value, stated.basis, row["url"])
        if witness:
            lines = [line.strip() for line in page.text.split("\n") if line.strip()]
            judge(lines, row["url"], witness.day, counts, wrong)
    columns = ("witnessed", "written out", "found", "agree")
    print(f"{'pages, witness':20s}", *(f"{c:>12s}" for c in columns), f"{'precision':>10s}")
    for name, (counts, wrong) in results.items():
        share = counts["agree"] / max(1, counts["found"])
        print(f"{name:20s}", *(f"{counts[c]:12d}" for c in columns), f"{share:10.3f}")
        print(*(f"    {w}" for w in wrong[: args.wrong]), sep="\n", end="\n" if args.wrong else "")


if __name__ == "__main__":
    main()
