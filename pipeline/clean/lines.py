"""Pages as lines: the spans of their non-blank lines, and one folded text in which all of them are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

MAX_LINE_CHARS = 4000  # a line is judged by its first characters; what follows would not change the decision


@dataclass(frozen=True)
class PageLines:
    """The non-blank lines of a batch of pages, in order.

    texts: the pages; start, end: spans in the line's own page (code points, without blanks at the edges)
    page: number of the page each line is on; first: first line of each page, with the total as last entry
    """

    texts: Sequence[str]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    page: NDArray[np.int64]
    first: NDArray[np.int64]
    lines: list[str]

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def joined(self) -> str:
        """All lines, a line break after each; long ones cut at MAX_LINE_CHARS."""
        return "".join([line[:MAX_LINE_CHARS] + "\n" for line in self.lines])


def split_pages(texts: Sequence[str]) -> PageLines:
    """The lines of each page, broken where str.splitlines breaks: every non-blank character is in exactly one."""
    starts: list[int] = []
    ends: list[int] = []
    lines: list[str] = []
    first = [0]
    for text in texts:
        at = 0
        for line in text.splitlines(keepends=True):
            stripped = line.strip()
            if stripped:
                start = at if line[0] == stripped[0] else at + len(line) - len(line.lstrip())
                starts.append(start)
                ends.append(start + len(stripped))
                lines.append(stripped)
            at += len(line)
        first.append(len(lines))
    page = np.repeat(np.arange(len(texts)), np.diff(first))
    as_array = lambda values: np.array(values, np.int64)  # noqa: E731
    return PageLines(texts, as_array(starts), as_array(ends), page, as_array(first), lines)
