"""Small tools over mentions that every correction uses: places, overlaps, occurrences of a surface."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pipeline.entities.document import Document
from pipeline.entities.mention import Mention

WORD = re.compile(r"[^\W_]+")
# A name's words: joined by hyphen, apostrophe or (initials) full stop.
NAME_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*\.?")


class Taken:
    """The places of a document that mentions already hold."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans = sorted((m.start, m.end) for m in mentions)

    def __contains__(self, span: tuple[int, int]) -> bool:
        """Whether a range overlaps a place that is held."""
        at = bisect_right(self._spans, (span[0], span[0]))
        after = at < len(self._spans) and self._spans[at][0] < span[1]
        return after or (at > 0 and self._spans[at - 1][1] > span[0])


class CapitalisedWords:
    """Where each capitalised word of a document's lines stands, and which words it writes in lower case."""

    def __init__(self, document: Document) -> None:
        self.text = document.view
        self.places: dict[str, list[int]] = {}
        self.lower: set[str] = set()
        for line in document.lines:
            for match in WORD.finditer(document.view, line.start, line.end):
                word = match.group()
                if word[0].isupper() or word[0].isdigit():
                    self.places.setdefault(word, []).append(match.start())
                else:
                    self.lower.add(word)

    def occurrences(self, surface: str) -> Iterator[tuple[int, int]]:
        """Ranges at which `surface` stands as whole words, not as a part of a hyphenated name."""
        first = WORD.search(surface)
        if first is None:
            return
        lead = first.start()
        for place in self.places.get(first.group(), ()):
            start = place - lead
            end = start + len(surface)
            if start >= 0 and self.text.startswith(surface, start) and self._stands_alone(start, end):
                yield start, end

    def _stands_alone(self, start: int, end: int) -> bool:
        after, before = self.text[end : end + 2], self.text[max(0, start - 2) : start]
        if after[:1].isalnum() or after[:1] == "$" or before[-1:].isalnum():
            return False
        if after[:1] in "-&" and after[1:2].isupper():
            return False
        return not (before[-1:] in ("-", "&") and before[:1].isalnum())


def resolve_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """In order of place; where two overlap the longer one stands, of equals the first given."""
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.start - m.end)):
        if chosen and mention.start < chosen[-1].end:
            if mention.end - mention.start > chosen[-1].end - chosen[-1].start:
                chosen[-1] = mention
            continue
        chosen.append(mention)
    return chosen
