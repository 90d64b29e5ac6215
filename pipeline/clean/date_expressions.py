"""Read full calendar dates, with their time and zone, out of a line of text.

A date is read only when day, month and year are all written. Where the order of day and month is open
(03/04/2021), every reading is returned and the caller must decide on evidence, or not at all.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Set
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

DATA = Path(__file__).parent / "data"
FIRST_YEAR, LAST_YEAR = 1980, 2100
LONGEST_LINE = 500  # characters that are looked at: no header line is longer
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
BEFORE_YEAR, AFTER_YEAR = 60, 7  # characters around its year that a date can reach, one more to see that it ends


class DateExpression(NamedTuple):
    """A date as written: line[start:end]. `readings` are the days it can mean, one unless the order is open.

    `offset` is minutes east of UTC, None when no zone is written or the zone's name is ambiguous.
    `precision` is day, hour, minute or second.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    hour: int | None
    minute: int
    second: int
    offset: int | None
    precision: str
    has_weekday: bool

    def instant(self, day: date) -> datetime | None:
        """The UTC instant (without tzinfo) on that day; None when time or zone is not known."""
        if self.hour is None or self.offset is None:
            return None
        local = datetime(day.year, day.month, day.day, self.hour, self.minute, self.second)
        return local - timedelta(minutes=self.offset)


class Zone(NamedTuple):
    minutes: int
    season: str  # any, us (follows the US clock change), us_winter, us_summer
    domain_suffix: str  # the name means this zone only for outlets of this top-level domain; "" = for all


@functools.cache
def vocabulary() -> dict:
    """data/dates.yaml as it stands."""
    return yaml.safe_load((DATA / "dates.yaml").read_text(encoding="utf-8"))


@functools.cache
def _numbers(kind: str) -> dict[str, int]:
    """Spelling -> number of a month (from 1) or of a weekday (from 0, Monday)."""
    first = 1 if kind == "months" else 0
    return {
        word: first + i
        for names in vocabulary()[kind].values()
        for i, spellings in enumerate(names)
        for word in spellings.split()
    }


@functools.cache
def zones() -> dict[str, list[Zone]]:
    with (DATA / "time_zones.tsv").open(encoding="utf-8") as f:
        found: dict[str, list[Zone]] = {}
        for row in csv.DictReader(f, delimiter="\t"):
            zone = Zone(int(row["minutes"]), row["season"], row["domain_suffix"])
            found.setdefault(row["abbreviation"], []).append(zone)
        return found


def _one_of(words: Set[str]) -> str:
    """A pattern for any of the words, the longest that fits. Shared beginnings are tried once: of hundreds of words,
    letters tell most apart at the first one."""
    tails: dict[str, set[str]] = {}
    for word in filter(None, words):
        tails.setdefault(word[0], set()).add(word[1:])
    branches = "|".join(re.escape(letter) + _one_of(rest) for letter, rest in sorted(tails.items()))
    return branches and f"(?:{branches}){'?' * ('' in words)}"


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The date, the time after it, and the time before it."""
    month, weekday = (_one_of(set(_numbers(kind))) for kind in ("months", "weekdays"))
    day = r"\d{1,2}(?!\d)(?:st|nd|rd|th|er|º)?"
    dates = re.compile(
        rf"(?:(?<!\w)(?P<weekday>{weekday})\.?,?\s{{1,2}})?(?:"
        rf"(?P<m1>{month})\.?,?\s{{0,2}}(?P<d1>{day}),?\s{{1,2}}(?P<y1>\d{{4}})|"
        rf"(?<!\d)(?P<d2>{day})\.?[\s/-]{{0,2}}(?:of\s|de\s)?(?P<m2>{month})\.?,?[\s/-]{{0,2}}(?:de\s|del\s)?"
        r"(?P<y2>\d{4})|"
        r"(?<!\d)(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})|"
        r"(?<!\d)(?P<y5>\d{4})年(?P<m5>\d{1,2})月(?P<d5>\d{1,2})日|"
        r"(?<![\d./-])(?P<a>\d{1,2})(?P<s4>[./-])(?P<b>\d{1,2})(?P=s4)(?P<y4>\d{4})"
        r")(?!\d)",
        re.IGNORECASE,
    )
    names = "|".join(sorted(zones(), key=len, reverse=True))
    shift = r"(?P<shift>\s?[+-]\d{1,2}(?::?\d\d)?(?!\d))?"
    zone = rf"(?:\s?\(?(?P<zone>{names})(?![A-Za-z]){shift}\)?|\s?(?P<offset>[+-]\d\d:?\d\d)(?!\d))?"
    clock = (
        r"(?:(?P<hour>\d{1,2})(?:(?P<sep>[:.h])(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?)?(?!\d)"
        r"(?:\s?(?P<half>[ap]\.?m\b\.?))?|(?P<military>[0-2]\d[0-5]\d)(?=\s?(?:GMT|UTC|hrs)))(?:\s?(?:hrs|hours|Uhr))?"
    )
    after = re.compile(rf"(?:T|[\s,|·•/@()–—-]{{0,4}}(?:at\s|à\s|um\s)?){clock}{zone}", re.IGNORECASE)
    before = re.compile(
        rf"(?<![\d:.]){clock}{zone}(?:\s?\([^()]{{1,20}}\))?[\s,|·•–—-]{{0,4}}(?:on\s)?$", re.IGNORECASE
    )
    return dates, after, before


def find_dates(line: str, domain: str = "") -> list[DateExpression]:
    """Every full date written in a line, in order. `domain` is the outlet's, for zone names that need it."""
    line = line[:LONGEST_LINE]
    _, after, before = _patterns()
    found: list[DateExpression] = []
    for match in _written_dates(line):
        readings = _readings(match)
        if not readings or _joined_to_word(line, match):
            continue
        start, end = match.span()
        clock = after.match(line, end)
        if clock and _clock(clock) is not None:
            end = clock.end()
        else:
            floor = found[-1].end if found else 0
            clock = before.search(line[max(floor, start - 40) : start])
            if clock and _clock(clock) is not None:
                start = max(floor, start - 40) + clock.start()
            else:
                clock = None
        hour, minute, second, precision = (clock and _clock(clock)) or (None, 0, 0, "day")
        offset = _offset(clock, readings[0], domain) if clock else None
        readings = _in_known_order(readings, clock, domain)
        found.append(
            DateExpression(start, end, readings, hour, minute, second, offset, precision, bool(match["weekday"]))
        )
    return found


def _written_dates(line: str) -> Iterator[re.Match[str]]:
    """What has the form of a date, in order. Only the surroundings of years are searched: most lines have none."""
    dates, end = _patterns()[0], 0
    for year in YEAR.finditer(line):
        if FIRST_YEAR <= int(year[0]) <= LAST_YEAR and year.start() >= end:
            for match in dates.finditer(line, max(end, year.start() - BEFORE_YEAR), year.end() + AFTER_YEAR):
                end = match.end()
                yield match


def _joined_to_word(line: str, match: re.Match[str]) -> bool:
    """Whether the month is the tail of another word; "GazetteDec 3, 2021" is a date all the same."""
    at = match.start()
    return at > 0 and line[at - 1].isalpha() and line[at].isalpha() and not line[at].isupper()


def _readings(match: re.Match[str]) -> tuple[date, ...]:
    """The days a match can mean, those that contradict its weekday left out."""
    g = match.groupdict()
    if g["a"]:
        a, b, year = int(g["a"]), int(g["b"]), int(g["y4"])
        orders = [(b, a)] if g["s4"] == "." and b <= 12 else [(b, a), (a, b)]
    else:
        n = next(n for n in "1235" if g[f"y{n}"])
        month = g[f"m{n}"]
        number = int(month) if month.isdigit() else _numbers("months")[month.casefold()]
        orders, year = [(number, int("".join(filter(str.isdecimal, g[f"d{n}"]))))], int(g[f"y{n}"])
    days = []
    for month_no, day_no in orders:
        try:
            day = date(year, month_no, day_no)
        except ValueError:
            continue
        weekday = g["weekday"]
        if weekday and _numbers("weekdays")[weekday.casefold()] != day.weekday():
            continue
        if FIRST_YEAR <= year <= LAST_YEAR and day not in days:
            days.append(day)
    return tuple(days)


def _in_known_order(readings: tuple[date, ...], clock: re.Match[str] | None, domain: str) -> tuple[date, ...]:
    """Settle day and month by a United States time zone beside the date (month first) or by the outlet's country."""
    if len(readings) == 2:
        zone = ((clock and clock["zone"]) or "").upper()
        if zone in zones() and zones()[zone][0].season.startswith("us"):
            return readings[1:]
        if domain.rpartition(".")[2].casefold() in vocabulary()["day_first_domains"]:
            return readings[:1]
    return readings


def _clock(match: re.Match[str]) -> tuple[int, int, int, str] | None:
    """(hour, minute, second, precision) of a time; None when it is not a time of day."""
    g = match.groupdict()
    if g["military"]:
        hour, minute, second, precision = int(g["military"][:2]), int(g["military"][2:]), 0, "minute"
    else:
        if not g["minute"] and not g["half"]:
            return None
        hour, minute, second = int(g["hour"]), int(g["minute"] or 0), int(g["second"] or 0)
        precision = "second" if g["second"] else "minute" if g["minute"] else "hour"
        if g["half"] and hour <= 12:
            hour = hour % 12 + (12 if g["half"][0] in "pP" else 0)
    return (hour, minute, second, precision) if hour < 24 and minute < 60 and second < 60 else None


def _offset(clock: re.Match[str], day: date, domain: str) -> int | None:
    """Minutes east of UTC that a time's zone says on that day; None when it says none, or not surely."""
    g = clock.groupdict()
    if g["offset"]:
        return _signed_minutes(g["offset"])
    if not g["zone"]:
        return None
    name = g["zone"].upper()
    if g["shift"]:
        return _signed_minutes(g["shift"].strip()) if name in ("UTC", "GMT") else None
    suffix = domain.rpartition(".")[2].casefold()
    fitting = [z for z in zones()[name] if z.domain_suffix in ("", suffix)]
    if len(fitting) != 1:
        return None
    zone = fitting[0]
    if zone.season == "us":
        return zone.minutes + 60 * in_us_summer_time(day)
    if zone.season == ("us_winter" if in_us_summer_time(day) else "us_summer"):
        return None  # "EST" in July: the writer meant the wall clock or the name, nobody knows which
    return zone.minutes


def _signed_minutes(text: str) -> int:
    digits = text[1:].replace(":", "").zfill(2)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return (-1 if text[0] == "-" else 1) * (60 * hours + minutes)


def in_us_summer_time(day: date) -> bool:
    """Whether the United States are on summer time that day (Energy Policy Act of 2005: second Sunday of March to
    first Sunday of November; before 2007 first Sunday of April to last Sunday of October)."""
    if day.year >= 2007:
        begin, end = _sunday(day.year, 3, 8), _sunday(day.year, 11, 1)
    else:
        begin, end = _sunday(day.year, 4, 1), _sunday(day.year, 10, 25)
    return begin <= day < end


def _sunday(year: int, month: int, earliest: int) -> date:
    """The first Sunday on or after a day of a month."""
    day = date(year, month, earliest)
    return day + timedelta(days=(6 - day.weekday()) % 7)
