"""What can be seen of each line of a page that helps to tell whether it is the article's title."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import yaml
from numpy.typing import NDArray

OWN = (
    "slug_f", "slug_share", "index", "before_region", "lead_share", "body_share", "credit_after", "is_credit",
    "credit_before", "furniture", "echoes", "words", "chars", "closing", "letters", "capitals", "capitalised",
    "commas", "divided", "previous_chars", "next_chars", "previous_closing", "next_closing",
)  # fmt: skip
BEHIND = ("slug_f", "lead_share", "body_share")  # of these, how far a candidate stands behind the page's best
BESIDE = ("slug_f", "lead_share", "body_share", "chars", "closing", "capitalised", "furniture", "is_credit", "words")
FEATURES = (
    *OWN,
    *(f"{name}_behind" for name in BEHIND),
    *(f"{name}_of_{side}" for side in ("previous", "next") for name in BESIDE),  # of the candidate before and after
    "lines_since_previous",
    "lines_to_next",
)
FAR = 9  # lines: what is further away counts as this far
NEIGHBOUR = 3  # lines: a candidate further away is no neighbour
WORD = re.compile(r"\w+")
DIGIT = re.compile(r"\d")
CLOCK_OR_DAY = re.compile(r"\d{1,2}:\d\d|\d{4}-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2}")
MENU_MARK = re.compile(r"\s[|>»›·•/]\s")
DIVIDER = re.compile(r" [|–»>/-] ")
CLOSINGS = ".,:;?!…”\"'’)"
LONGEST_TITLE = 250  # characters
INSIDE = 12  # lines inside the region of prose that may still be the title
LEAD, BODY = 166, 4000  # words of the first paragraphs, characters of the prose that a title is compared with


@functools.cache
def _entries() -> dict[str, list[str]]:
    return yaml.safe_load((Path(__file__).parent / "data" / "title_cues.yaml").read_text(encoding="utf-8"))


@functools.cache
def cues() -> dict[str, frozenset[str]]:
    """data/title_cues.yaml: sets of words and pairs of words."""
    return {name: frozenset(entries) for name, entries in _entries().items()}


@functools.cache
def no_title_pattern() -> re.Pattern[str]:
    """Matches whole lines whose form no title has."""
    return re.compile("|".join(f"(?:{form})" for form in _entries()["never_titles"]))


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
        found = max(found, frozenset(w for w in words(name) if w.isalpha()), key=len)
    return found if len(found) >= 2 else frozenset()


def prose_region(lines: Sequence[str]) -> tuple[int, int]:
    """The first and last line of the densest run of prose: the span with the greatest sum of sentence lengths less
    a fixed cost for each other line (maximum subarray, one pass). (len, len) when there is no prose."""
    best, best_span, total, begin = 0.0, (len(lines), len(lines)), 0.0, 0
    for i, line in enumerate(lines):
        size = len(line)
        if total <= 0:
            total, begin = 0.0, i
        if size > 80 and (line[-1] in ".”\"’'?!" or size > 200):
            total += min(size, 600)
            if total > best:
                best, best_span = total, (begin, i)
        else:
            total -= 60
    return best_span


def title_features(lines: Sequence[str], url: str | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Candidates for the title among stripped, non-blank lines: their indices (n,) and features (n, len(FEATURES))."""
    start, stop = prose_region(lines)
    slug = slug_words(url)
    tokens = _candidates(lines[: start + INSIDE + 1], start, slug)
    if not tokens:
        return np.zeros(0, np.int64), np.zeros((0, len(FEATURES)), np.float32)
    prose = words(" ".join(lines[start : stop + 1][:40])[:BODY])
    body, lead = frozenset(prose), frozenset(prose[:LEAD])
    whole = "\n".join(lines).casefold()
    credit = {i: _is_credit(lines[i]) for i in _around(tokens, len(lines))}
    rows = []
    for i, these in tokens.items():
        unique = frozenset(these)
        content = {t for t in unique if len(t) > 3} or unique
        shared = len(slug & unique)
        rows.append(
            (
                2 * shared / (len(slug) + len(unique)) if slug else -1.0,
                shared / len(slug) if slug else -1.0,
                i,
                start - i - 1,
                len(content & lead) / len(content),
                len(content & body) / len(content),
                next((k - i for k in range(i + 1, i + 7) if credit.get(k)), FAR),
                credit[i],
                any(credit.get(k) for k in range(i - 3, i)),
                _furniture(these),
                whole.count(lines[i].casefold()) - 1,
                *_shape(lines[i], these),
                *_surroundings(lines, i),
            )
        )
    at, own = np.array(list(tokens), np.int64), np.array(rows, np.float32)
    return at, np.concatenate([own, _behind(own), _beside(at, own)], axis=1)


def _candidates(lines: Sequence[str], start: int, slug: frozenset[str]) -> dict[int, list[str]]:
    """The words of each line that can be a title at all: three words or more; two, near the prose or in the URL."""
    found = {}
    for i, line in enumerate(lines):
        if 8 <= len(line) < LONGEST_TITLE and " " in line and not _is_menu(line):
            these = words(line)
            if len(these) > 2 or (len(these) == 2 and (slug <= set(these) if slug else start - i < 8)):
                found[i] = these
    return found


def _is_menu(line: str) -> bool:
    """Whether a line is a list of links: three entries or more, of two words or fewer on average."""
    entries = MENU_MARK.split(line)
    return len(entries) > 2 and len(line.split()) - len(entries) < 3 * len(entries)


def _around(candidates: dict[int, list[str]], n: int) -> list[int]:
    """The candidates and the lines up to three before and six after them."""
    near: set[int] = set()
    for i in candidates:
        near.update(range(max(0, i - 3), min(n, i + 7)))
    return sorted(near)


def _is_credit(line: str) -> bool:
    """Whether a line looks like a byline, a date or a reading time."""
    if len(line) > 120:
        return False
    these = words(line)
    if not these:
        return False
    if these[0] in cues()["credit_openings"] or " ".join(these[:2]) in cues()["credit_openings"]:
        return True
    if not DIGIT.search(line):
        return these[-1] == "ago"
    return not cues()["months"].isdisjoint(these) or these[-1] == "ago" or bool(CLOCK_OR_DAY.search(line))


def _furniture(these: Sequence[str]) -> float:
    """Words of page furniture in a line, as a share of its words."""
    known = cues()["furniture"]
    pairs = map(" ".join, pairwise(these))
    return (sum(map(known.__contains__, these)) + sum(map(known.__contains__, pairs))) / len(these)


def _shape(line: str, these: Sequence[str]) -> tuple[float, ...]:
    """What a line looks like by itself."""
    parts = line.split()
    letters = sum(map(str.isalpha, line))
    return (
        len(these),
        len(line),
        CLOSINGS.find(line[-1]),
        letters / len(line),
        sum(map(str.isupper, line)) / max(letters, 1),
        sum(map(str.isupper, [p[0] for p in parts])) / len(parts),
        line.count(","),
        bool(DIVIDER.search(line)),
    )


def _surroundings(lines: Sequence[str], i: int) -> tuple[float, ...]:
    """Length and last character of the lines before and after."""
    before = lines[i - 1] if i else ""
    after = lines[i + 1] if i + 1 < len(lines) else ""
    return (
        min(len(before), 400),
        min(len(after), 400),
        CLOSINGS.find(before[-1:] or "x"),
        CLOSINGS.find(after[-1:] or "x"),
    )


def _behind(own: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each candidate stands behind the page's best: in agreement with the URL, the lead and the body."""
    columns = own[:, [OWN.index(name) for name in BEHIND]]
    return columns.max(axis=0) - columns


def _beside(at: NDArray[np.int64], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """Features of the candidates just before and after each, and how many lines away they are."""
    columns = own[:, [OWN.index(name) for name in BESIDE]]
    none = np.full((1, columns.shape[1]), -3, np.float32)
    gap = np.concatenate([[FAR], np.minimum(np.diff(at), FAR), [FAR]])
    previous, following = np.concatenate([none, columns[:-1]]), np.concatenate([columns[1:], none])
    previous[gap[:-1] > NEIGHBOUR], following[gap[1:] > NEIGHBOUR] = -3, -3
    return np.concatenate([previous, following, gap[:-1, None], gap[1:, None]], axis=1).astype(np.float32)
