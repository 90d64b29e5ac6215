"""Find the line of a page that is the article's title, or say that there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

WORD = re.compile(r"\w+", re.UNICODE)
BYLINE_OR_DATE = re.compile(
    r"^(?:by\b|posted\b|published\b|updated\b|\d{4}-\d\d|\d{1,2}\s+[A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},)", re.I
)


def words(text: str) -> list[str]:
    """The words of a text, case-folded."""
    return WORD.findall(text.casefold())


def slug_words(url: str | None) -> set[str]:
    """The words of the longest path segment of a URL: usually the title, shortened."""
    if not url:
        return set()
    segments = [re.sub(r"\.\w{2,5}$", "", unquote(s)) for s in urlsplit(url).path.split("/")]
    best = max(segments, key=lambda s: len(re.split(r"[-_+ ]", s)), default="")
    found = {w for w in WORD.findall(best.casefold().replace("_", " ")) if not w.isdigit()}
    return found if len(found) >= 2 else set()


def find_title_line(lines: Sequence[str], url: str | None = None, hints: Sequence[str] = ()) -> int | None:
    """The index of the title among the lines of a page (blank lines may be among them), or None.

    `hints` are titles that the markup or the record states, best first.
    """
    wanted = [words(h) for h in hints if h]
    slug = slug_words(url)
    body = next((i for i, line in enumerate(lines) if len(line) > 150 and line.rstrip()[-1:] in '.”"'), len(lines))
    best, best_score = None, 1.0
    for i, line in enumerate(lines[: body + 40]):
        line = line.strip()
        if not 8 <= len(line) <= 250:
            continue
        tokens = words(line)
        if not 2 <= len(tokens) <= 35 or BYLINE_OR_DATE.match(line):
            continue
        score = 2.0 * (tokens in wanted)
        if slug:
            shared = len(slug & set(tokens))
            score += 3.0 * shared / len(slug) * (shared >= 2) + shared / len(tokens)
        score += 1.0 * (i < body) - 0.5 * (line[-1] in ".:;,") + 0.5 * (4 <= len(tokens) <= 20) - 0.2 * (i > body + 3)
        following = [x for x in lines[i + 1 : i + 6] if x.strip()][:2]
        score += 0.6 * any(BYLINE_OR_DATE.match(x.strip()) for x in following)
        score += 0.3 * any(len(x) > 150 for x in following)
        if score > best_score:
            best, best_score = i, score
    return best
