"""How well kept text agrees with an article: the scrapinghub benchmark's four-word shingles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text with their counts; a shorter text is one run."""
    said = tokens(text)
    return Counter(tuple(said[i : i + size]) for i in range(max(1, len(said) - size + 1))) if said else Counter()


@dataclass(frozen=True)
class PageScore:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_page(kept: Iterable[str], gold: str, title: str | None) -> PageScore:
    """Precision and recall of the kept lines' shingles; lines that only say the title count neither way."""
    heading = tokens(title or "")
    said = shingles("\n".join(line for line in kept if not heading or tokens(line) != heading))
    wanted = shingles(gold)
    shared = sum((said & wanted).values())
    return PageScore(shared / max(sum(said.values()), 1), shared / max(sum(wanted.values()), 1))


def summary(scores: list[PageScore]) -> dict[str, float]:
    """Mean precision and recall, their F1, and the share of pages with F1 of at least .98."""
    n = max(len(scores), 1)
    mean = PageScore(sum(s.precision for s in scores) / n, sum(s.recall for s in scores) / n)
    clean = sum(s.f1 >= 0.98 for s in scores) / n
    return {"precision": mean.precision, "recall": mean.recall, "f1": mean.f1, "clean": clean}
