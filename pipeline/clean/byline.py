"""Bylines: who a page says wrote the story."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from pipeline.clean.date_expressions import find_dates

LONGEST = 160  # characters of a byline's line
LONGEST_NAME_AND_DATE = 90  # characters of a line that has a name and a date but no "By"
LONGEST_SENTENCE = 10  # words of a line with a full stop
HEADER_BEFORE, HEADER_AFTER = 2, 6
TAIL = 2  # last lines of the body that may say "(Reporting by ...)"
END = re.compile(
    r"\s*(?:[|•·/»>@\[(]|\s[-–—]\s|\s{2,}|\bon\s(?=\w+[ ,]+\d)|\d|;\s?editing\b|"
    r"\b(?:updated|published|posted|for the)\b|\bdate:)",
    re.IGNORECASE,
)
JOINER = re.compile(r"\s*(?:,\s*and\s|,|\sand\s|\s&\s|;|\swith\s)\s*", re.IGNORECASE)


class Byline(NamedTuple):
    """line[start:end] is the byline without its lead-in ("By") and without the date; `names` are the people in it."""

    line: int
    start: int
    end: int
    text: str
    names: tuple[str, ...]


@functools.cache
def _data() -> dict[str, frozenset[str]]:
    data = yaml.safe_load((Path(__file__).parent / "data" / "bylines.yaml").read_text(encoding="utf-8"))
    return {key: frozenset(values) for key, values in data.items()}


@functools.cache
def _lead_in() -> re.Pattern[str]:
    lead_ins = "|".join(map(re.escape, sorted(_data()["lead_ins"], key=len, reverse=True)))
    return re.compile(rf"[\s(|•·–—-]*(?:{lead_ins})(?:\s*:\s*|\s+|$)", re.IGNORECASE)


def find_byline(lines: Sequence[str], title: int | None, body: tuple[int, int] | None) -> Byline | None:
    """The byline among a page's non-blank lines, or None.

    `title` is the number of the title's line, `body` the first and last line of the article's text. Looked for in the
    header, then in the last lines of the body ("(Reporting by ...)").
    """
    first, last = body or (len(lines), len(lines) - 1)
    anchor = title if title is not None else first
    header = range(max(0, anchor - HEADER_BEFORE), min(len(lines), last + 1, max(anchor + HEADER_AFTER, first + 1)))
    for i in header:
        if i == title:
            continue
        found = read_byline(lines[i], i)
        if found is None and _lead_in().fullmatch(lines[i].strip()) and i + 1 < len(lines):
            found = _plain_name(lines[i + 1], i + 1)
        if found:
            return found
    for i in header:
        if i != title and (found := _name_beside_date(lines, i)):
            return found
    for i in range(max(first + 1, last - TAIL + 1), min(len(lines), last + 2)):
        if re.match(r"\s*\(?(?:reporting|writing|story|text) by\b", lines[i], re.IGNORECASE):
            return read_byline(lines[i], i)
    return None


def read_byline(line: str, number: int = 0) -> Byline | None:
    """The byline that a line is, or None: "By" must be followed by a name, a desk or an agency, not by a sentence."""
    lead = _lead_in().match(line) if len(line) <= LONGEST else None
    if not lead:
        return None
    start = lead.end()
    dates = [d for d in find_dates(line) if d.start >= start]
    rest = line[start : dates[0].start if dates else len(line)]
    end = END.search(rest, 1)
    text = re.sub(r"\son$", "", (rest[: end.start()] if end else rest).strip(" \t\n\r,.:;-–—|)"))
    words = text.split()
    if not text or not _opens_like_name(words) or (line.endswith(".") and len(words) > LONGEST_SENTENCE):
        return None
    if sum(w[0].islower() and w not in _data()["particles"] and w not in ("and", "with") for w in words) > 3:
        return None
    start += rest.find(text)
    return Byline(number, start, start + len(text), text, names_of(text))


def _opens_like_name(words: Sequence[str]) -> bool:
    first = words[0].strip(".,:")
    if first.casefold() == "our":
        return len(words) > 1 and any(w.strip(".,").casefold() in _data()["roles"] for w in words[1:3])
    if first.casefold() in _data()["roles"]:
        return True
    if first.casefold() == "the":
        return any(w.strip(".,").casefold() in _data()["organisations"] for w in words[1:4])
    is_day = bool(re.fullmatch(r"(?i)(mon|tues|wednes|thurs|fri|satur|sun)day|the|a|an|this|that|its|his|her", first))
    return not is_day and (first[:1].isupper() or (first in _data()["particles"] and len(words) > 1))


def names_of(text: str) -> tuple[str, ...]:
    """The people in a byline's text: agencies, outlets, desks and jobs are left out.

    >>> names_of("Ada Moreau, Lin Wei and Tom Hale, Harbour Gazette")
    ('Ada Moreau', 'Lin Wei', 'Tom Hale')
    """
    names: list[str] = []
    listing = re.search(r"\sand\s|\s&\s", text, re.IGNORECASE)
    for match in re.finditer(r"[^,;]+", text):
        for part in re.split(r"\s(?:and|&|with)\s", match[0].strip(), flags=re.IGNORECASE):
            name = _name_in(re.sub(r"^and\s", "", part.strip()))
            after_list = names and (listing is None or match.start() > listing.end())
            if names and not _data()["organisations"].isdisjoint(part.casefold().split()):
                return tuple(names)
            if name and not after_list:
                names.append(name)
    return tuple(names)


def _name_in(part: str) -> str | None:
    """The name that opens a part of a byline, up to the first word of a job or an outlet; None when there is none."""
    roles, organisations, particles = (_data()[key] for key in ("roles", "organisations", "particles"))
    words: list[str] = []
    for word in part.split():
        plain = word.strip(".,:").casefold()
        if plain in roles or plain in organisations:
            break
        if not (word[0].isupper() or plain in particles or word.startswith(("al-", "el-", "ad-", "ar-", "as-"))):
            break
        words.append(word.strip(",:"))
    kept_all = len(words) == len(part.split())
    is_outlet = not kept_all and part.split()[len(words)].strip(".,:").casefold() in organisations
    if is_outlet and len(words) > 2:  # "Ann Lee Harbour Gazette": where the name ends cannot be told
        words = words[:2]
    is_name = 2 <= len(words) <= 5 and max(map(len, words)) > 2
    return " ".join(words) if is_name else None


def _plain_name(line: str, number: int) -> Byline | None:
    """A line that is a person's name and nothing else, perhaps with a job after a comma."""
    text = line.strip(" ,")
    if not _data()["not_names"].isdisjoint(text.casefold().replace(",", " ").split()):
        return None
    if len(text) > 80 or text.endswith((".", "!", "?", ":")) or any(c.isdigit() for c in text):
        return None
    name, _, job = text.partition(",")
    parts = re.split(r"\s(?:and|&)\s", name.strip())
    if any(_name_in(part) != part for part in parts) or (job and _data()["roles"].isdisjoint(job.casefold().split())):
        return None
    start = line.find(text)
    return Byline(number, start, start + len(text), text, names_of(text))


def _desk(line: str, number: int) -> Byline | None:
    """A line that names no person but a desk or the agencies ("Agencies", "Sports Desk")."""
    words = line.casefold().split()
    known = _data()["roles"] | _data()["organisations"]
    if not 1 <= len(words) <= 3 or not {words[-1]} & (_data()["desks"]) or not known.issuperset(words):
        return None
    return Byline(number, 0, len(line), line, ())


def _name_beside_date(lines: Sequence[str], i: int) -> Byline | None:
    """A name without "By" counts as byline where a job follows it, or a date stands on its line or on the next."""
    line = lines[i]
    if len(line) > LONGEST_NAME_AND_DATE:
        return None
    dates = find_dates(line)
    if dates and dates[0].start > 4:
        lead = line[: dates[0].start].strip(" ,|•·–—-")
        found = _plain_name(re.split(r"\s*[|•·,]\s*", lead)[0], i) if lead else None
        if found and line.startswith(found.text):
            return found
        return None
    found = _plain_name(line, i) or _desk(line, i)
    if found and ("," in found.text or (i + 1 < len(lines) and len(lines[i + 1]) < 60 and find_dates(lines[i + 1]))):
        return found
    return None
