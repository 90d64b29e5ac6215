"""What the markup of pages states, as read by pipeline.ingest and, where installed, by extruct and trafilatura.

Reads gzipped JSON lines with `html`, `url` and `title` (the headline as printed on the page), and counts for each
reader on how many pages it gives a title, a date, a byline and a site name, how many titles equal the headline,
and the CPU time a page.

    python -m benchmarks.page_statements PAGES.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Found = dict[str, Any]
FIELDS = ("title", "published", "byline", "site_name")


def ours(row: dict[str, str]) -> Found:
    from pipeline.ingest.html_metadata import page_statements
    from pipeline.ingest.html_text import parse_html

    found: Found = {}
    for statement in page_statements(parse_html(row["html"]), row["url"]):
        found.setdefault(statement.field, statement.value)
    return found


def with_extruct(row: dict[str, str]) -> Found:
    """The first article-like object, then OpenGraph: the least that a user of extruct has to write."""
    import extruct

    syntaxes = ["json-ld", "opengraph", "microdata"]
    data = extruct.extract(row["html"], base_url=row["url"], syntaxes=syntaxes, uniform=True)
    objects = data["json-ld"] + data["microdata"]
    objects += [part for item in data["json-ld"] for part in item.get("@graph") or [] if isinstance(part, dict)]
    article = next((o for o in objects if re.search("Article|Posting", str(o.get("@type")))), {})
    graph = (data["opengraph"] or [{}])[0]
    return {
        "title": article.get("headline") or graph.get("og:title"),
        "published": article.get("datePublished") or graph.get("article:published_time"),
        "byline": article.get("author"),
        "site_name": graph.get("og:site_name"),
    }


def with_trafilatura(row: dict[str, str]) -> Found:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(row["html"], default_url=row["url"])
    return {
        "title": found.title,
        "published": found.date,
        "byline": found.author,
        "site_name": found.sitename,
    }


def measure(name: str, read: Callable[[dict[str, str]], Found], rows: list[dict[str, str]]) -> None:
    """Print one reader's line of the table."""
    began = time.process_time()
    try:
        read(rows[0])
    except ImportError:
        print(f"{name:12} not installed")
        return
    loading, began = time.process_time() - began, time.process_time()
    found, failures = [], 0
    for row in rows:
        try:
            found.append(read(row))
        except Exception:  # a peer's failure on a page is part of what is measured
            found.append({})
            failures += 1
    each = 1000 * (time.process_time() - began) / len(rows)
    equal = sum(words(f.get("title")) == words(row["title"]) for f, row in zip(found, rows, strict=True))
    counts = "".join(f"{sum(bool(f.get(field)) for f in found):>11}" for field in FIELDS)
    print(f"{name:12}{counts}{equal:>12}{failures:>10}{each:>10.1f}{loading:>10.1f}")


def words(title: Any) -> list[str]:
    return re.findall(r"\w+", str(title or "").lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, help="gzipped JSON lines with html, url, title")
    with gzip.open(parser.parse_args().pages, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    print(f"{len(rows)} pages")
    heads = "".join(f"{field:>11}" for field in FIELDS)
    print(f"{'':12}{heads}{'title exact':>12}{'failures':>10}{'ms/page':>10}{'first s':>10}")
    for name, read in (("ours", ours), ("extruct", with_extruct), ("trafilatura", with_trafilatura)):
        measure(name, read, rows)


if __name__ == "__main__":
    main()
