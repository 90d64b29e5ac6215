"""The words of a document: where the capitalised ones stand, and which ones it writes in lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")
_NOT_LOWER = re.compile(r"(?<![^\W_])[^\W_a-z][^\W_]*")
_LOWER_START = re.compile(r"[a-zß-öø-ÿ]")


class WordIndex:
    """The words of some ranges (start, end) of a text, found once and asked often.

    `places` gives the starts of each word that begins with a capital or a digit, `lower` holds the others,
    `small` those among them that begin with a Latin small letter.
    """

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.places: dict[str, list[int]] = {}
        for start, end in ranges:
            for match in _NOT_LOWER.finditer(text, start, end):
                word = match.group()
                if word[0].isupper() or word[0].isdigit():
                    self.places.setdefault(word, []).append(match.start())
        distinct = set(_WORD.findall("\n".join(text[start:end] for start, end in ranges)))
        self.lower = distinct.difference(self.places)
        self.small = {word for word in self.lower if _LOWER_START.match(word)}

    def occurrences(self, surface: str) -> Iterator[tuple[int, int]]:
        """Ranges at which `surface` stands as whole words, not as a part of a hyphenated name."""
        first = _WORD.search(surface)
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
