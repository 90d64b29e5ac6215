"""Where a name begins and ends: determiners, possessives, quotes and punctuation stay outside."""

from __future__ import annotations

import re

from pipeline.entities.document import Document
from pipeline.entities.mention import Mention

_DETERMINER = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’`´]s?|[’'´]\s?s)$", re.IGNORECASE)
_LEFT = " \t\xa0\n\"“”„«‘’'`([{<,.;:!?-–—*•|/"
_RIGHT = ' \t\xa0\n"“”„»‘,;:!?([{<-–—*•|/'
_ABBREVIATED = re.compile(r"(?:\b[^\W_]\.|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|St)\.)$")


def trim_edges(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Mentions with clean edges; one of which nothing is left goes."""
    found = []
    for mention in mentions:
        start, end = clean_range(document.view, mention.start, mention.end)
        if start < end:
            found.append(mention._replace(start=start, end=end))
    return found


def split_brackets(document: Document, mentions: list[Mention]) -> list[Mention]:
    """A name that runs over an opening bracket ends before it; what stands in the bracket is a name of its own."""
    found = []
    for mention in mentions:
        at = document.view.find("(", mention.start + 1, mention.end)
        if at < 0:
            found.append(mention)
            continue
        close = document.view.find(")", at, mention.end)
        inside = mention._replace(start=at + 1, end=close if close > 0 else mention.end)
        found += [part for part in (mention._replace(end=at), inside) if part.start < part.end]
    return found


def clean_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of `text[start:end]` that is the name; `start == end` when nothing is left."""
    while start < end:
        before = (start, end)
        while start < end and text[start] in _LEFT:
            start += 1
        while start < end and _ends_outside(text, start, end):
            end -= 1
        if match := _DETERMINER.match(text, start, end):
            start = match.end()
        if (match := _POSSESSIVE.search(text[start:end])) and match.start():
            end = start + match.start()
        if before == (start, end):
            break
    return start, end


def _ends_outside(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last == ".":
        return not _ABBREVIATED.search(text[start:end])
    if last in ")]}":
        return {")": "(", "]": "[", "}": "{"}[last] not in text[start:end]
    return last in _RIGHT
