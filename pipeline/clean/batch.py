"""A batch of pages measured once: what all features and rules read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.characters import CharClass, classify
from pipeline.clean.lines import PageLines, split_pages
from pipeline.clean.phrases import phrase_book
from pipeline.clean.word_lists import word_list
from pipeline.clean.words import Words, find_words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Batch:
    """Pages as lines, characters, words and phrases, each computed when first asked for."""

    pages: PageLines
    urls: Sequence[str | None]
    _listed: dict[str, Flags] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str], urls: Sequence[str | None]) -> Batch:
        return cls(split_pages(texts), urls)

    def __len__(self) -> int:
        """The number of lines."""
        return len(self.pages)

    @cached_property
    def _characters(self) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        return classify(self.pages.joined)

    @cached_property
    def char_class(self) -> NDArray[np.uint8]:
        """The `CharClass` of each character of all lines, a break after each."""
        return self._characters[0]

    @cached_property
    def words(self) -> Words:
        return find_words(*self._characters)

    @cached_property
    def line_ends(self) -> Ints:
        """Where each line's break stands in `char_class`."""
        return np.flatnonzero(self.char_class == CharClass.BREAK)

    @cached_property
    def line_starts(self) -> Ints:
        return np.append(0, self.line_ends + 1)[:-1]

    @cached_property
    def char_counts(self) -> Ints:
        """How many characters of each `CharClass` (columns) each line (rows) holds."""
        n_classes = len(CharClass)
        cell = np.repeat(np.arange(len(self)) * n_classes, self.line_ends - self.line_starts + 1) + self.char_class
        return np.bincount(cell, minlength=len(self) * n_classes).reshape(len(self), n_classes)

    def count_words(self, flags: Flags) -> Ints:
        """How many of each line's words are flagged."""
        return np.bincount(self.words.line[flags], minlength=len(self))

    def in_list(self, name: str) -> Flags:
        """Which words are in a list of data/words.yml."""
        if name not in self._listed:
            self._listed[name] = word_list(name).flags(self.words.hash)
        return self._listed[name]

    def strength(self, name: str) -> NDArray[np.uint8]:
        """The `Strength` of one phrase class in each line."""
        return self.phrases[:, phrase_book().column(name)]

    @cached_property
    def phrases(self) -> NDArray[np.uint8]:
        """The `Strength` of each phrase class (columns) in each line (rows)."""
        return phrase_book().match(self.words)

    @cached_property
    def keys(self) -> Ints:
        """A hash of each line's words, digits masked; 0 for a line without words."""
        return self.words.line_keys()

    def first_on_page(self) -> Ints:
        """For each line the first line of its page."""
        return self.pages.first[:-1][self.pages.page]

    def page_sum(self, column: NDArray) -> NDArray:
        """For each line the sum of the column over its page."""
        return np.bincount(self.pages.page, column, minlength=len(self.pages.texts))[self.pages.page]

    def sum_before(self, column: NDArray) -> NDArray[np.float64]:
        """For each line the sum of the column over the lines before it on its page."""
        before = np.cumsum(column, dtype=np.float64) - column
        return before - before[self.first_on_page()]
