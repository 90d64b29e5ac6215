"""What can be seen of each line of a page that helps to tell whether it is the article's title."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import yaml

FEATURES = (
    "slug_f", "slug_best", "slug_none", "no_slug", "first", "early", "before_region", "gap_0", "gap_1", "gap_2_4",
    "gap_5_12", "gap_far", "inside_near", "inside_far", "stop", "question", "colon", "comma", "ellipsis", "one_word",
    "two_words", "three_words", "words_4_5", "words_6_18", "words_19_25", "words_more", "capitals", "title_case",
    "lower_start", "dated", "credit", "furniture", "numbered", "credit_after", "credit_before", "copies",
    "begins_other", "body_words", "body_words_lead", "next_long", "previous_long", "pipe", "symbols", "bias",
)  # fmt: skip
WORD = re.compile(r"\w+")
DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2}\b|"
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"\b\d{4}-\d\d-\d\d|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}:\d\d\b|\bago\b",
    re.IGNORECASE,
)
LONGEST_TITLE = 250  # characters


@functools.cache
def cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The furniture pattern (anywhere in a line) and the pattern of how a credit line begins."""
    data = yaml.safe_load((Path(__file__).parent / "data" / "title_cues.yaml").read_text(encoding="utf-8"))
    furniture, openings = ("|".join(map(re.escape, data[k])) for k in ("furniture", "credit_openings"))
    return re.compile(rf"\b(?:{furniture})\b"), re.compile(rf"(?:{openings})\b")


def words(text: str) -> list[str]:
    """The words of a text, case-folded."""
    return WORD.findall(text.casefold())


def slug_words(url: str | None) -> frozenset[str]:
    """The words of the wordiest path segment of a URL, numbers left out: usually the title, shortened.

    Empty when no segment has two words or more.
    """
    if not url:
        return frozenset()
    try:
        path = urlsplit(url).path
    except ValueError:
        return frozenset()
    found: frozenset[str] = frozenset()
    for segment in path.split("/"):
        name = re.sub(r"\.\w{2,5}$", "", unquote(segment)).replace("_", "-")
        these = frozenset(w for w in words(name) if w.isalpha())
        found = max(found, these, key=len)
    return found if len(found) >= 2 else frozenset()


def prose_region(lines: Sequence[str]) -> tuple[int, int]:
    """The first and last line of the densest run of prose: the span with the greatest sum of sentence lengths less
    a fixed cost for each other line (maximum subarray, one pass). (len, len) when there is no prose."""
    best, best_span, total, begin = 0.0, (len(lines), len(lines)), 0.0, 0
    for i, line in enumerate(lines):
        size = len(line)
        prose = size > 80 and (line[-1] in ".”\"’'?!" or size > 200)
        gain = min(size, 600) if prose else -60.0
        if total <= 0:
            total, begin = 0.0, i
        total += gain
        if total > best:
            best, best_span = total, (begin, i)
    return best_span


def title_features(lines: Sequence[str], url: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Candidates for the title among stripped, non-blank lines: their indices (n,) and features (n, len(FEATURES))."""
    furniture, openings = cues()
    start, _ = prose_region(lines)
    slug = slug_words(url)
    lead = Counter(words(" ".join(lines[start : start + 4])[:1500]))
    body = set(words(" ".join(lines[start : start + 40])[:12000]))
    folded = [line[:LONGEST_TITLE].casefold() for line in lines]
    copies = Counter(folded)
    credits = [len(f) < 120 and bool(openings.match(f) or DATED.search(f)) for f in folded]
    openings_of_lines = Counter(f[:24] for f in folded)
    at = [i for i, line in enumerate(lines) if 4 <= len(line) < LONGEST_TITLE and i <= start + 60]
    rows = np.zeros((len(at), len(FEATURES)))
    for row, i in zip(rows, at, strict=True):
        line, low = lines[i], folded[i]
        tokens = WORD.findall(low)
        if not tokens:
            row[FEATURES.index("bias")] = -1e3
            continue
        row[:] = _line_features(
            line, low, tokens, i, start, slug, lead, body, copies[low], openings_of_lines[low[:24]], credits, lines,
            bool(furniture.search(low)),
        )  # fmt: skip
    if len(at) and slug:
        column = rows[:, 0]
        rows[:, 1] = (column == column.max()) & (column > 0.2)
    return np.asarray(at, dtype=np.int64), rows


def _line_features(
    line: str, low: str, tokens: list[str], i: int, start: int, slug: frozenset[str], lead: Counter[str],
    body: set[str], copies: int, same_opening: int, credits: list[bool], lines: Sequence[str], furniture: bool,
) -> tuple[float, ...]:  # fmt: skip
    n = len(tokens)
    unique = set(tokens)
    shared = len(slug & unique)
    slug_f = 2 * shared / (len(slug) + len(unique)) if shared else 0.0
    content = [t for t in unique if len(t) > 3] or list(unique)
    gap = start - i - 1
    letters = sum(c.isalpha() for c in line)
    upper = sum(c.isupper() for c in line)
    capitalised = sum(w[:1].isupper() or not w[:1].isalpha() for w in line.split())
    return (
        slug_f, 0.0, bool(slug) and shared == 0, not slug, i == 0, 1 / (1 + i), i < start, gap == 0, gap == 1,
        2 <= gap <= 4, 5 <= gap <= 12, gap > 12, -6 <= gap < 0, gap < -6, line[-1] == ".", line[-1] in "?!",
        line[-1] == ":", line[-1] in ",;", line.endswith(("…", "...")), n == 1, n == 2, n == 3, 4 <= n <= 5,
        6 <= n <= 18, 19 <= n <= 25, n > 25, letters > 0 and upper > 0.8 * letters,
        capitalised > 0.8 * len(line.split()), line[0].islower(), bool(DATED.search(low)), credits[i], furniture,
        bool(re.match(r"\d{1,2}[.)]\s|step\b|[•*✓#]", low)), any(credits[i + 1 : i + 4]), any(credits[max(0, i - 2) : i]),
        copies > 1, same_opening > copies, sum(t in body for t in content) / len(content),
        sum(t in lead for t in content) / len(content), i + 1 < len(lines) and len(lines[i + 1]) > 120,
        i > 0 and len(lines[i - 1]) > 120, "|" in line, letters < 0.6 * len(line), 1.0,
    )  # fmt: skip
