"""When a page was published: only if the record, the markup or the page's own words say it.

A wrong date is worse than none. Dates in running text, in captions, comments and teasers, dates of an update or an
event, and the day of the visit that some sites print in their header are all passed over.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.clean.date_expressions import DateExpression, find_dates, vocabulary

HEADER_BEFORE, HEADER_AFTER = 6, 15  # lines before the title and after it that may state the date
BODY_BEFORE, BODY_AFTER = 12, 4  # around the first line of the body, where there is no title
TAIL = 6  # lines after the body that may say "First published on ..."
LONGEST_HEADER_LINE = 300  # characters
SPARE_WORDS = 14  # a line with more words beside the date is a sentence
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")


class PublicationDate(NamedTuple):
    """`day` is the day as stated, in the stated zone; `instant` is UTC without tzinfo, None unless time and zone
    are stated; `text` the words; `precision` day, hour, minute or second; `basis` text, markup:<field>, record:<field>.
    `line` is the number of the line it was read from, None for markup and record."""

    day: date
    instant: datetime | None
    text: str
    precision: str
    basis: str
    line: int | None = None


class _Candidate(NamedTuple):
    rank: int
    distance: int
    line: int
    expression: DateExpression


def stated_date(stated: str | None, basis: str, url: str | None, latest: date | None = None) -> PublicationDate | None:
    """The date that the markup or the record states, or None when its words are not one full date."""
    if not stated:
        return None
    found = [e for e in find_dates(stated.strip(), domain_of(url)) if len(e.readings) == 1]
    days = {e.readings[0] for e in found}
    if len(days) != 1 or (latest and found[0].readings[0] > latest + timedelta(days=1)):
        return None
    one = max(found, key=lambda e: e.end - e.start)
    return PublicationDate(one.readings[0], one.instant(one.readings[0]), stated.strip(), one.precision, basis)


def find_publication_date(
    lines: Sequence[str], title: int | None, body: tuple[int, int] | None,
    url: str | None = None, latest: date | None = None,
) -> PublicationDate | None:  # fmt: skip
    """The publication date that a page's non-blank lines state, or None.

    `title` is the number of the title's line, `body` the first and last line of the article's text, `latest` the day
    the page was fetched or delivered: a date after it belongs to something else.
    """
    candidates = _candidates(lines, title, body, domain_of(url))
    evidence = _known_days(candidates, url)
    best: tuple[_Candidate, date] | None = None
    for candidate in sorted(candidates):
        day = _decide(candidate.expression.readings, evidence)
        if day is None or (latest and day > latest + timedelta(days=1)):
            continue
        in_url = url_day(url)
        if candidate.rank >= 2 and in_url and abs((day - in_url).days) > 31:
            continue
        best = candidate, day
        break
    if best is None:
        return None
    (_, _, line, expression), day = best
    words = lines[line][expression.start : expression.end]
    return PublicationDate(day, expression.instant(day), words, expression.precision, "text", line)


def _candidates(lines: Sequence[str], title: int | None, body: tuple[int, int] | None, domain: str) -> list[_Candidate]:
    """The dates of the header and the tail of a page, ranked: 0 labelled as published, 1 beside a byline, 2 alone on a
    line after the title, 3 alone before it, 4 labelled after the body."""
    first, last = body or (len(lines), len(lines) - 1)
    if title is not None:
        begin, end = title - HEADER_BEFORE, title + HEADER_AFTER
    else:
        begin, end = first - BODY_BEFORE, first + BODY_AFTER
    anchor = title if title is not None else first
    found = []
    for i in range(max(0, begin), min(len(lines), last + 1, end)):
        previous = lines[i - 1] if i else ""
        for expression, label in _labelled_dates(lines[i], previous, domain):
            rank = _header_rank(lines, i, anchor, expression, label)
            if rank is not None:
                found.append(_Candidate(rank, abs(i - anchor), i, expression))
    tail = []
    for i in range(last + 1, min(len(lines), last + 1 + TAIL)):
        for expression, label in _labelled_dates(lines[i], lines[i - 1], domain):
            if label == "published" and _is_header_line(lines[i], expression):
                tail.append(_Candidate(4, i - last, i, expression))
    if len({c.expression.readings for c in tail}) == 1:
        found += tail[:1]
    return found


def _header_rank(lines: Sequence[str], i: int, anchor: int, expression: DateExpression, label: str) -> int | None:
    """How good a witness a date of the header is; None when it is none."""
    if label == "other" or not _is_header_line(lines[i], expression):
        return None
    if label == "published":
        return 0
    if i >= anchor:
        return 1 if re.match(r"\s*by\b", lines[i], re.IGNORECASE) else 2
    if is_visit_stamp(lines, i, expression):
        return None
    near = anchor - i
    return 3 if (near <= 4 and expression.hour is not None) or near <= 2 else None


def is_visit_stamp(lines: Sequence[str], i: int, expression: DateExpression | None) -> bool:
    """Whether a line before the title shows the day of the visit: it bears another calendar's month too, or opens the
    page with a weekday and no time of day."""
    if _other_calendar().search(lines[i]):
        return True
    return i < 3 and expression is not None and expression.has_weekday and expression.hour is None


@functools.cache
def _other_calendar() -> re.Pattern[str]:
    names = [n for months in vocabulary()["other_calendars"].values() for n in months]
    return re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


@functools.cache
def _labels() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    """Any label, which of them say "published", and words that show the date to be of something else."""
    labels = vocabulary()["labels"]
    every = sorted([*labels["published"], *labels["other"]], key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, every))})(?!\w)", re.IGNORECASE)
    subjects = "|".join(map(re.escape, vocabulary()["other_subjects"]))
    return pattern, frozenset(labels["published"]), re.compile(rf"(?<!\w)(?:{subjects})(?!\w)", re.IGNORECASE)


def _labelled_dates(line: str, previous: str, domain: str) -> list[tuple[DateExpression, str]]:
    """The dates of a line as short as a header's, each with "published", "other" or "" (no label); a line "Updated:"
    labels the next one."""
    pattern, published, _ = _labels()
    dates = find_dates(line, domain) if len(line) <= LONGEST_HEADER_LINE else []
    found = []
    for expression, before, after in zip(dates, [None, *dates], [*dates[1:], None], strict=False):
        labels = pattern.findall(line[before.end if before else 0 : expression.start])
        if not labels and before is None and len(previous) < 40 and not find_dates(previous, domain):
            labels = _closing_label(previous)
        following = pattern.match(line[expression.end :].lstrip(" ,|("))
        if not labels and following and after is None and following[1].casefold() not in published:
            labels = [following[1]]  # "14 March 2011 Last updated at 08:35"
        label = ("published" if labels[-1].casefold() in published else "other") if labels else ""
        found.append((expression, label))
    return found


def _closing_label(line: str) -> list[str]:
    """The label that a line ends in ("Updated:"), if any."""
    line = line.strip(" :·|•")
    return [m[1] for m in _labels()[0].finditer(line) if m.end() == len(line)]


def _is_header_line(line: str, expression: DateExpression) -> bool:
    """Whether a line is a date line (perhaps with byline, outlet, place), not a sentence, caption or notice."""
    rest = line[: expression.start] + " " + line[expression.end :]
    spare = len(re.findall(r"\w+", rest))
    is_sentence = spare > SPARE_WORDS or (spare > 4 and line.endswith((".", "?", "!", ".”", '."')))
    return not is_sentence and not _labels()[2].search(rest)


def _known_days(candidates: Sequence[_Candidate], url: str | None) -> set[date]:
    """Days that the page states beyond doubt: of unambiguous dates and of the URL."""
    days = {c.expression.readings[0] for c in candidates if len(c.expression.readings) == 1}
    in_url = url_day(url)
    return days | {in_url} if in_url else days


def _decide(readings: tuple[date, ...], evidence: set[date]) -> date | None:
    """The one reading, or the one that the page's other dates bear out; None when it stays open."""
    if len(readings) == 1:
        return readings[0]
    fitting = [day for day in readings if any(abs((day - known).days) <= 2 for known in evidence)]
    return fitting[0] if len(fitting) == 1 else None


def url_day(url: str | None) -> date | None:
    """The day that a URL's path bears (/2019/11/18/ or -20191118-), as evidence only."""
    for year, month, day in URL_DAY.findall(_split(url).path if url else ""):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def domain_of(url: str | None) -> str:
    """The host name of a URL, lower case; empty when there is none."""
    return (_split(url).hostname or "") if url else ""


def _split(url: str):
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
