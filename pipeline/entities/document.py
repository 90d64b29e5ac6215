"""A document as the corrections see it: its text at exact offsets, and the lines that are article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.entities.headlines import recase
from pipeline.entities.word_index import WordIndex

_LINE = re.compile(r"\S[^\n]*")
_LETTERS = re.compile(r"[^\W\d_]")
_NO_ASCII_LETTERS = bytes(c for c in range(128) if not chr(c).isalpha())
_LATIN = re.compile(r"[A-Za-zª-ɏḀ-ỿ]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article: `text[start:end]`, the block it stands in and that block's kind."""

    start: int
    end: int
    kind: str = "body"
    block_no: int = 0


def _unknown(start: int) -> float:
    return 0.0


@dataclass
class Document:
    """A text and the lines of it in which names are looked for, in order and without overlap.

    `view` is the text with its headlines recased, character by character in the same places: what the model and
    the corrections read. `outside` tells the probability that the word at an offset belongs to no name,
    once a second reading has judged it.
    """

    text: str
    lines: list[Line]
    view: str = field(init=False)
    outside: Callable[[int], float] = field(default=_unknown)

    def __post_init__(self) -> None:
        lines = [self.text[line.start : line.end] for line in self.lines]
        parts, at = [], 0
        for line, old, new in zip(self.lines, lines, recase(lines), strict=True):
            if new is not old:
                parts += [self.text[at : line.start], new]
                at = line.end
        self.view = "".join([*parts, self.text[at:]])

    def inputs(self) -> list[str]:
        """What the model reads: the lines in order."""
        return [self.view[line.start : line.end] for line in self.lines]

    @cached_property
    def words(self) -> WordIndex:
        """The words of the lines, as `view` writes them."""
        return WordIndex(self.view, [(line.start, line.end) for line in self.lines])

    def holds(self, offset: int) -> bool:
        """Whether a character belongs to one of the lines."""
        at = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return at >= 0 and offset < self.lines[at].end


def document_of_text(text: str) -> Document:
    """Every line of a bare text, those in another script than Latin left out."""
    return Document(text, _lines_of(text, 0, "body", 0))


def document_of_blocks(raw_text: str, blocks: Sequence[tuple[int, int, int, str]]) -> Document:
    """The kept blocks of a document, given as (start, end, block_no, kind) over its raw text."""
    lines: list[Line] = []
    for start, end, block_no, kind in sorted(blocks):
        lines += _lines_of(raw_text[start:end], start, kind, block_no)
    return Document(raw_text, lines)


def _lines_of(text: str, offset: int, kind: str, block_no: int) -> list[Line]:
    found = []
    for match in _LINE.finditer(text):
        line = match.group().rstrip()
        if _is_latin(line):
            found.append(Line(offset + match.start(), offset + match.start() + len(line), kind, block_no))
    return found


def _is_latin(line: str) -> bool:
    if line.isascii():
        return True
    ascii_only = line.encode("ascii", "ignore")
    if len(ascii_only.translate(None, _NO_ASCII_LETTERS)) > len(line) - len(ascii_only):
        return True  # were all others letters of another script, they would still be fewer
    return 2 * len(_LATIN.findall(line)) > len(_LETTERS.findall(line))
