"""What a page's JSON-LD says about its article (schema.org/Article and its subtypes)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_MAX_SCRIPT_CHARS = 500_000
_MAX_NODES = 2_000
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
    r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ARTICLE_TYPE = re.compile(r"Article|BlogPosting|Reportage|Report$|LiveBlog|Review|OpinionNews")
# Where related stories stand: their dates and headlines are not this page's.
_OTHER_PAGES = frozenset(
    {
        "itemListElement",
        "hasPart",
        "isPartOf",
        "mentions",
        "citation",
        "relatedLink",
        "comment",
        "video",
        "potentialAction",
        "about",
        "isBasedOn",
    }
)


def article_statements(root: Any) -> list[tuple[str, str, str]]:
    """(field, value, basis) of the first article-like node that has a headline or a date; [] without one."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _nodes(_parse("".join(script.itertext()))):
            if _is_article(node) and (node.get("headline") or node.get("datePublished")):
                return [(field, html.unescape(value), f"json_ld:{key}") for field, key, value in _of(node)]
    return []


def _parse(source: str) -> Any:
    if len(source) > _MAX_SCRIPT_CHARS:
        return None
    source = _WRAPPER.sub("", source.strip()).strip().rstrip(";")
    for attempt in (source, _TRAILING_COMMA.sub("", source)):
        try:
            return json.loads(attempt, strict=False)  # line ends inside strings are common
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON tree, outer before inner, without those that describe other pages."""
    waiting, seen = [tree], 0
    while waiting and seen < _MAX_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(v for k, v in node.items() if isinstance(v, dict | list) and k not in _OTHER_PAGES)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(isinstance(t, str) and _ARTICLE_TYPE.search(t) for t in (types if isinstance(types, list) else [types]))


def _of(node: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield "title", "headline", _words(node.get("headline") or node.get("name"))
    yield "published", "datePublished", _words(node.get("datePublished"))
    yield "modified", "dateModified", _words(node.get("dateModified"))
    yield "byline", "author", ", ".join(_names(node.get("author") or node.get("creator")))
    yield "site_name", "publisher", ", ".join(_names(node.get("publisher"))[:1])
    yield "language", "inLanguage", _words(node.get("inLanguage"))
    yield "section", "articleSection", _words(node.get("articleSection"))
    yield "url", "mainEntityOfPage", _address(node.get("mainEntityOfPage")) or _address(node.get("url"))


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return value if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value]
    names = (_words(person) for person in people[:10])
    return list(dict.fromkeys(name.strip(" ,;") for name in names if name.strip(" ,;")))


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id")
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else ""
