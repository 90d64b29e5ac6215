"""HTML around a gold page's lines: head and frame from templates/, each line in the element of its kind."""

import html
import json
from functools import cache
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

import yaml

from tests.quality.gold import ARTICLE_KINDS, GoldLine, GoldPage

TEMPLATES = Path(__file__).parent / "sources" / "templates"


@cache
def _wrappers() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((TEMPLATES / "wrappers.yml").read_text("utf-8"))


def html_page(page: GoldPage, outlet: dict[str, Any], charset: str) -> str:
    """The page as its outlet's site would serve it; the visible text is the gold's, line for line."""
    template = outlet["template"]
    article = [i for i, line in enumerate(page.lines) if line.kind in ARTICLE_KINDS]
    first, last = article[0], article[-1] + 1
    seen: set[str] = set()
    before, story, after = (
        _elements(page.lines[part], template, seen) for part in (slice(0, first), slice(first, last), slice(last, None))
    )
    title = page.get("markup_title") or page.title
    name = outlet["name"]
    return Template((TEMPLATES / f"{template}.html").read_text("utf-8")).substitute(
        lang=page.get("language") or "en",
        charset=charset,
        head_title=html.escape(f"{title} | {name}" if title else name),
        title=html.escape(title or name, quote=True),
        site_name=html.escape(name, quote=True),
        url=html.escape(page.header["url"], quote=True),
        json_ld=_json_ld(page, title, name),
        published_meta=_published_meta(page),
        before=before,
        article=story,
        after=after,
    )


def _elements(lines: tuple[GoldLine, ...], template: str, seen: set[str]) -> str:
    wrappers, out = _wrappers()[template], []
    for kind, run in groupby(lines, key=lambda line: line.kind):
        opening, around, closing = wrappers.get(kind, wrappers["other"])
        out += [opening, *(around.replace("{}", _inline(line, seen)) for line in run), closing]
    return "\n".join(filter(None, out))


def _inline(line: GoldLine, seen: set[str]) -> str:
    """The line's text escaped; the first mention of an entity in the page links to its tag page."""
    out, taken = "", 0
    for mention in line.mentions if line.kind == "body" else ():
        at, end = mention.start - line.start, mention.end - line.start
        out += html.escape(line.text[taken:at], quote=False)
        surface = html.escape(mention.surface, quote=False)
        out += surface if mention.entity in seen else f'<a href="/tag/{mention.entity}">{surface}</a>'
        seen.add(mention.entity)
        taken = end
    return out + html.escape(line.text[taken:], quote=False)


def _json_ld(page: GoldPage, title: str | None, site_name: str) -> str:
    record = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
    record["publisher"] = {"@type": "Organization", "name": site_name}
    if published := page.get("markup_published"):
        record["datePublished"] = published
    if author := page.get("markup_byline"):
        record["author"] = [{"@type": "Person", "name": author}]
    stated = json.dumps(record, ensure_ascii=True)
    return f'<script type="application/ld+json">{stated}</script>'


def _published_meta(page: GoldPage) -> str:
    published = page.get("markup_published")
    return f'<meta property="article:published_time" content="{published}" />' if published else ""
