"""An HTML tree as text with one block element a line, and the markup each line stands in.

White space follows the CSS rules for normal flow (runs collapse, none at the edges of a line); `<pre>`
keeps its line breaks. Left out is what a browser without scripts would not show as text: head, scripts,
styles, form controls, embedded media and hidden elements.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.ingest.rejection import Reason, RejectedInputError
from pipeline.ingest.rendering import Frame, LineSpan

_ELEMENTS = Path(__file__).parent / "data" / "html_elements.tsv"
MAX_ELEMENTS = 250_000  # the time budget of a page, about 3 s: a long live blog has 20,000
NEVER_HIDDEN = frozenset({"html", "body", "main", "article"})

_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)(?![\w-])", re.IGNORECASE)
# HTML's white space, and whatever else str.splitlines takes for a line end: only "\n" ends a line here.
_SPACE_RUN = re.compile(r"[ \t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_HINT_WORD = re.compile(r"[^\W_]+")
_HINT_ATTRIBUTES = ("class", "id", "role", "itemprop")
_HINT_CHARS = 160


def parse_html(text: str) -> Any:
    """The root element of a page, or None when there is none. Broken markup is repaired.

    Raises `RejectedInputError` (too_deep) past the parser's 2,048 levels: it leaves out what is below them.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise RejectedInputError(Reason.TOO_DEEP, "Its elements are nested more deeply than any page's.")
    return root


@cache
def _display() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names of the paragraph, block (paragraphs included) and dropped elements."""
    rows = [line.split("\t") for line in _ELEMENTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    paragraph, block, dropped = (
        frozenset(element for element, display in rows if display == wanted)
        for wanted in ("paragraph", "block", "dropped")
    )
    return paragraph, block | paragraph, dropped


def render_tree(root: Any) -> tuple[str, list[LineSpan], list[Frame]]:
    """Text of the tree under `root`, its non-blank lines in order, and the block elements that hold them."""
    paragraph, block, dropped = _display()
    writer = _LineWriter(paragraph, block)
    left_out = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for number, (event, element) in enumerate(walk):
        if number > 2 * MAX_ELEMENTS:
            raise RejectedInputError(Reason.TOO_SLOW, f"More than {MAX_ELEMENTS} elements.")
        tag = element.tag
        if event == "start":
            if tag in dropped or _is_hidden(element, tag):
                left_out = element
                walk.skip_subtree()  # its end event still comes
                continue
            writer.open(element, tag)
            if element.text:
                writer.write(element.text)
            continue
        if element is not left_out:
            writer.close(tag)
        if element.tail and element is not root:
            writer.write(element.tail)
    writer.break_line(0)
    return "".join(writer.parts), writer.spans, writer.frames


def _is_hidden(element: Any, tag: str) -> bool:
    style = element.get("style")
    if element.get("hidden") is None and not (style and _HIDDEN_STYLE.search(style)):
        return False
    # Pages that scripts reveal hide their whole body at first: what holds the article is never left out.
    return tag not in NEVER_HIDDEN and next(element.iter("main", "article", "h1"), None) is None


class _LineWriter:
    """Collects text pieces into lines, and notes for each line the block and inline elements around it."""

    def __init__(self, paragraph_tags: frozenset[str], block_tags: frozenset[str]) -> None:
        self._paragraph_tags = paragraph_tags
        self._block_tags = block_tags
        self.parts: list[str] = []
        self.spans: list[LineSpan] = []
        self.frames: list[Frame] = []
        self._length = 0
        self._gap = 0  # line breaks owed before the next line
        self._pieces: list[str] = []
        self._link_chars = 0
        self._blocks: list[Any] = []  # open block elements
        self._block_frames: list[int] = []  # their frame numbers, -1 until one holds text
        self._inline: list[str] = []  # open inline elements, outermost first
        self._held_by: list[str] = []  # those of them that hold every piece of the line so far
        self._lowest = 0  # how few inline elements were open at a time since the last piece

    def open(self, element: Any, tag: str) -> None:
        if tag in self._block_tags:
            self.break_line(2 if tag in self._paragraph_tags else 1)
            self._blocks.append(element)
            self._block_frames.append(-1)
        elif tag == "br":
            self.break_line(1 if self._pieces else self._gap + 1)
        else:
            self._inline.append(tag)

    def close(self, tag: str) -> None:
        if tag in self._block_tags:
            self.break_line(2 if tag in self._paragraph_tags else 1)
            self._blocks.pop()
            self._block_frames.pop()
        elif tag != "br":
            self._inline.pop()
            self._lowest = min(self._lowest, len(self._inline))

    def write(self, text: str) -> None:
        if text.isspace() and not self._pieces:
            return  # white space between blocks: most text nodes of a page
        if self._blocks and self._blocks[-1].tag == "pre":
            first, *rest = text.splitlines() or [""]
            self._append(first)
            for line in rest:
                self.break_line(1)
                self._append(line)
        else:
            self._append(_SPACE_RUN.sub(" ", text))

    def _append(self, piece: str) -> None:
        if piece[:1] == " " and (not self._pieces or self._pieces[-1][-1] == " "):
            piece = piece.lstrip(" ")
        if not piece:
            return
        if piece != " ":
            if "a" in self._inline:
                self._link_chars += _non_blank(piece)
            self._held_by = self._held_by[: self._lowest] if self._pieces else self._inline[:]
            self._lowest = len(self._inline)
        self._pieces.append(piece)

    def break_line(self, gap: int) -> None:
        """End the line being written; at least `gap` line breaks will stand before the next one."""
        if line := "".join(self._pieces).strip():
            if self.spans:
                breaks = "\n" * min(max(self._gap, 1), 2)
                self.parts.append(breaks)
                self._length += len(breaks)
            inline = " ".join(sorted(set(self._held_by)))
            start, self._length = self._length, self._length + len(line)
            self.parts.append(line)
            span = LineSpan(start, self._length, self._frame(), _non_blank(line), self._link_chars, inline)
            self.spans.append(span)
            self._gap = 0
        if gap > self._gap:
            self._gap = gap
        if self._pieces:
            self._pieces, self._link_chars = [], 0

    def _frame(self) -> int:
        """Number of the innermost open block's frame, made with those of its ancestors when first needed."""
        known = len(self._blocks)
        while known and self._block_frames[known - 1] < 0:
            known -= 1
        for depth in range(known, len(self._blocks)):
            element = self._blocks[depth]
            parent = self._block_frames[depth - 1] if depth else -1
            self.frames.append(Frame(parent, element.tag, _hints(element)))
            self._block_frames[depth] = len(self.frames) - 1
        return self._block_frames[-1]


def _non_blank(text: str) -> int:
    return len("".join(text.split()))


def _hints(element: Any) -> str:
    attributes = element.attrib
    if not attributes:
        return ""
    words = " ".join(attributes.get(name, "") for name in _HINT_ATTRIBUTES)[:_HINT_CHARS]
    return " ".join(dict.fromkeys(_HINT_WORD.findall(words.lower())))
