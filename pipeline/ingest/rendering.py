"""The text of an HTML page, what the markup says of each line, and what the page states about itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Statement(NamedTuple):
    """One thing a page or a record states about itself, in its own words; nothing is inferred.

    field: title, byline, published, modified, site_name, language, url, description, section or page_type
    value: the stated words, white space collapsed
    basis: who says so, e.g. json-ld:datePublished, meta:og:title, html:title, time:datetime, record:title
    """

    field: str
    value: str
    basis: str


class Frame(NamedTuple):
    """A block element that holds text. parent is an index into the frames of the page, -1 for none."""

    parent: int
    tag: str
    hints: str  # its class, id, role and itemprop words, lower case, separated by spaces


class LineMarkup(NamedTuple):
    """What the markup says of one non-blank line of `Rendering.text` (text[start:end] is the line).

    tag: the nearest block element (p, div, li, h1, td, figcaption ...)
    ancestors: block elements around it, nearest first, at most MAX_ANCESTORS
    hints: class, id, role and itemprop words of the nearest HINT_FRAMES blocks, nearest first, lower case
    chars, link_chars: its non-blank characters, and how many of them stand inside links
    inline: names of the inline elements each of which holds the whole line (a, strong, em, time ...), sorted
    block: a number shared by lines of one block element (a paragraph broken by <br>)
    """

    start: int
    end: int
    tag: str
    ancestors: tuple[str, ...]
    hints: tuple[str, ...]
    chars: int
    link_chars: int
    inline: tuple[str, ...]
    block: int


MAX_ANCESTORS = 16
HINT_FRAMES = 4


class LineSpan(NamedTuple):
    """A line as the renderer notes it: its span, the index of its frame, and its character counts."""

    start: int
    end: int
    frame: int
    chars: int
    link_chars: int
    inline: str  # names separated by spaces


@dataclass(frozen=True)
class Rendering:
    """A page as text. `lines` cover every non-blank line of `text`, in order; offsets are code points."""

    text: str
    spans: Sequence[LineSpan]
    frames: Sequence[Frame]
    statements: Sequence[Statement]
    encoding: str

    @property
    def lines(self) -> list[LineMarkup]:
        return _resolve(self.frames, self.spans)

    def markup_json(self) -> str:
        """`spans` and `frames` as compact JSON, the form stored in raw_documents.markup."""
        table = {"frames": self.frames, "lines": self.spans}
        return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def markup_from_json(markup: str) -> list[LineMarkup]:
    """Inverse of `Rendering.markup_json`: the evidence of each line of a stored document."""
    table = json.loads(markup)
    frames = [Frame(*frame) for frame in table["frames"]]
    return _resolve(frames, [LineSpan(*span) for span in table["lines"]])


def render_html(page: bytes, url: str | None = None, http_charset: str | None = None) -> Rendering:
    """Render a page as a browser would show it without scripts: a line a block, blank between paragraphs.

    The same bytes always give the same text. Raises `RejectedInputError` when the bytes are not text at all, or
    the markup is nested or multiplied beyond any page.
    """
    from pipeline.ingest.decoding import decode_html

    return render_decoded(*decode_html(page, http_charset), url)


def render_decoded(page: str, encoding: str, url: str | None = None) -> Rendering:
    """As `render_html`, for a page that has been decoded from `encoding` already."""
    from pipeline.ingest.html_metadata import page_statements
    from pipeline.ingest.html_text import parse_html, render_tree

    root = parse_html(page)
    if root is None:
        return Rendering("", [], [], [], encoding)
    statements = page_statements(root, url)
    rendered, spans, frames = render_tree(root)
    return Rendering(rendered, spans, frames, statements, encoding)


def _resolve(frames: Sequence[Frame], spans: Sequence[LineSpan]) -> list[LineMarkup]:
    ancestors: list[tuple[str, ...]] = []
    hints: list[tuple[str, ...]] = []
    chains: list[tuple[str, ...]] = []
    for frame in frames:  # a parent always stands before its children
        above = frame.parent
        ancestors.append(() if above < 0 else (frames[above].tag, *ancestors[above])[:MAX_ANCESTORS])
        chains.append((frame.hints, *(() if above < 0 else chains[above]))[:HINT_FRAMES])
        hints.append(tuple(dict.fromkeys(" ".join(chains[-1]).split())))
    return [
        LineMarkup(
            span.start,
            span.end,
            frames[span.frame].tag,
            ancestors[span.frame],
            hints[span.frame],
            span.chars,
            span.link_chars,
            tuple(span.inline.split()),
            span.frame,
        )
        for span in spans
    ]
