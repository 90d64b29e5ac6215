"""What the markup of a page states about it: JSON-LD, `<meta>`, `<link>`, `<time>`, `<title>`, `<html lang>`.

Only statements are read: nothing is parsed, inferred or guessed, and each keeps the name of what made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipeline.ingest.json_ld import article_statements
from pipeline.ingest.rendering import Statement

_META_NAMES = Path(__file__).parent / "data" / "meta_names.tsv"
_MAX_VALUE_CHARS = 1000
_MAX_TIMES = 200
# hEntry and the classes that WordPress themes give to the day of publication (microformats.org/wiki/h-entry).
_PUBLISHED_CLASSES = frozenset({"dt-published", "entry-date", "published", "post-date", "article-date"})


def page_statements(root: Any, url: str | None) -> list[Statement]:
    """All statements of the page below `root`, field by field the most trustworthy first, without repeats."""
    found: dict[Statement, None] = {}
    for field, value, basis in _all_statements(root, url):
        value = " ".join(value.split())[:_MAX_VALUE_CHARS]
        if value and not (field == "byline" and _is_address(value)):
            found.setdefault(Statement(field, value, basis))
    return list(found)


def _all_statements(root: Any, url: str | None) -> Iterator[tuple[str, str, str]]:
    yield from _language(root)
    yield from article_statements(root)
    yield from _meta(root)
    yield from _published_times(root)
    yield from _authors(root)
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield "url", _absolute(url, link.get("href")), "link:canonical"
    title = next(root.iter("title"), None)
    if title is not None:
        yield "title", "".join(title.itertext()), "html:title"


def _language(root: Any) -> Iterator[tuple[str, str, str]]:
    html = next(root.iter("html"), None)
    if html is not None:
        yield (
            "language",
            html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
            "html:lang",
        )


@cache
def _meta_names() -> dict[str, tuple[int, str]]:
    """Lower-case name -> (rank, field)."""
    lines = [line for line in _META_NAMES.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {name: (rank, field) for rank, (field, name) in enumerate(rows)}


def _meta(root: Any) -> list[tuple[str, str, str]]:
    names = _meta_names()
    ranked = []
    for meta in root.iter("meta"):
        content = meta.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv") if content else ():
            name = (meta.get(attribute) or "").strip().lower()
            if name in names:
                rank, field = names[name]
                ranked.append((rank, (field, content, f"meta:{name}")))
    ranked.sort(key=lambda item: item[0])
    return [statement for _, statement in ranked]


def _published_times(root: Any) -> list[tuple[str, str, str]]:
    """The one `<time>` marked as the day of publication; with several days it is a list of stories."""
    stated = []
    for time in islice(root.iter("time"), _MAX_TIMES):
        classes = set((time.get("class") or "").lower().split())
        is_marked = time.get("pubdate") is not None or time.get("itemprop") == "datePublished"
        if is_marked or (classes & _PUBLISHED_CLASSES and "updated" not in classes - {"published"}):
            stated.append(time.get("datetime") or "".join(time.itertext()))
    return [("published", stated[0], "time:datetime")] if len(set(stated)) == 1 else []


def _authors(root: Any) -> list[tuple[str, str, str]]:
    """Names in elements marked as the author, outside of links that merely carry the mark."""
    named = []
    for element in root.xpath("//*[@itemprop='author' or @rel='author']")[:20]:
        inner = element.xpath(".//*[@itemprop='name']")
        words = " ".join("".join((inner[0] if inner else element).itertext()).split())
        if 0 < len(words) <= 80:
            named.append(words)
    return [("byline", ", ".join(dict.fromkeys(named)), "itemprop:author")] if 0 < len(set(named)) <= 5 else []


def _absolute(base: str | None, reference: str) -> str:
    try:
        address = urljoin(base or "", reference.strip())
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _is_address(value: str) -> bool:
    return bool(re.match(r"(?:https?:)?//|@|www\.|\S+@\S+\.\S+$", value))
