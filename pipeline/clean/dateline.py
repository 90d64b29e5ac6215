"""Datelines: the place, and often the agency, that opens a news story ("WASHINGTON (Reuters) -")."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from pipeline.clean.date_expressions import vocabulary
from pipeline.clean.gazetteer import fold, is_place

LONGEST = 110  # characters from the start of the paragraph to the dash
OPENING_PARAGRAPHS = 4
SEPARATOR = re.compile(r"\s*(?:[—–―‒−]+|--+|(?<=[)/])\s?-|\s-\s|:\s)\s*")
AGENCY = re.compile(r"\s*(?:[(\[](?P<round>[^()\[\]]{1,40})[)\]]|/\s?(?P<slashed>[\w .-]{2,30}?)\s?/)\s*$")
REGION = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}\.?$")
INITIALS = re.compile(r"[A-Z]{2,6}")  # of an agency that is not in the list
LONGEST_NAME = 4  # words


class Dateline(NamedTuple):
    """line[start:end] is the dateline without its dash; `places` as written, `agency` the wire it names, if any."""

    start: int
    end: int
    text: str
    places: tuple[str, ...]
    agency: str | None


class FoundDateline(NamedTuple):
    line: int
    dateline: Dateline


@functools.cache
def _data() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Folded agencies, words that are no place, and further places."""
    text = (Path(__file__).parent / "data" / "datelines.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    agencies, labels, places = (frozenset(map(fold, data[key])) for key in ("agencies", "not_places", "places"))
    return agencies, labels, places


@functools.cache
def _day() -> re.Pattern[str]:
    """A date at the end of a dateline, with or without year: ", Nov. 22" or ", 14 March 2019"."""
    months = sorted((m for names in vocabulary()["months"]["en"] for m in names.split()), key=len, reverse=True)
    month = "|".join(months)
    return re.compile(
        rf",?\s+(?:(?:{month})\.?\s\d{{1,2}}|\d{{1,2}}\s(?:{month})\.?)(?:,?\s\d{{4}})?,?$", re.IGNORECASE
    )


def find_dateline(paragraphs: Sequence[str]) -> FoundDateline | None:
    """The dateline of an article, given its first paragraphs; None when it has none."""
    for i, paragraph in enumerate(paragraphs[:OPENING_PARAGRAPHS]):
        found = read_dateline(paragraph)
        if found:
            return FoundDateline(i, found)
    return None


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph, or that a short line consists of; None when none does.

    A place must be in the gazetteer, or stand in capitals with a region, a day or an agency beside it.
    """
    start = len(paragraph) - len(paragraph.lstrip())
    head = paragraph[start : start + LONGEST]
    for separator in SEPARATOR.finditer(head):
        rest = head[separator.end() :]
        if not rest or not (rest[0].isupper() or rest[0] in "\"'“‘«[(" or rest[0].isdigit()):
            continue
        found = _parse(head[: separator.start()], is_colon=":" in separator[0])
        return found and _at(paragraph, start, separator.start(), *found)
    agency = re.match(r"([^()]{2,60}\(([^()]{2,40})\))(?=\s?[A-Z“\"'‘])", head)
    if agency and fold(agency[2]) in _data()[0]:
        found = _parse(agency[1], is_colon=False)
        return found and _at(paragraph, start, agency.end(1), *found)
    whole = paragraph.strip()
    if len(whole) <= 60 and whole.isprintable() and "," in whole and whole.split(",")[0].isupper():
        found = _parse(whole, is_colon=True)
        return found and _at(paragraph, start, len(whole), *found)
    return None


def _at(paragraph: str, start: int, length: int, places: tuple[str, ...], agency: str | None) -> Dateline:
    end = start + length
    return Dateline(start, end, paragraph[start:end], places, agency)


def _parse(lead: str, is_colon: bool) -> tuple[tuple[str, ...], str | None] | None:
    """(places, agency) of the words before the dash; None when they are no dateline."""
    agencies, labels, _ = _data()
    agency = None
    tail = AGENCY.search(lead)
    if tail:
        inside = tail["round"] or tail["slashed"]
        named = re.split(r"[/;,]| and ", inside)[0]
        is_initials = tail.start() > 0 and INITIALS.fullmatch(named.strip())
        if fold(named) not in agencies and not is_initials:
            inside_places = _places(inside) if tail.start() == 0 else None
            return (inside_places, None) if inside_places and all(map(_known, inside_places)) else None
        agency, lead = inside.strip(), lead[: tail.start()]
    day = _day().search(lead)
    lead = (lead[: day.start()] if day else lead).strip(" ,")
    if not lead:
        return ((), agency) if agency else None
    places = _places(lead)
    if places is None or any(fold(p) in labels for p in places):
        return None
    vouched = not is_colon and (day or "," in lead) and all(map(_is_capitals, places))
    named = agency and fold(re.split(r"[/;,]| and ", agency)[0]) in agencies
    return (places, agency) if named or vouched or all(map(_known, places)) else None


def _places(lead: str) -> tuple[str, ...] | None:
    """The places of "WASHINGTON/BEIRUT", "GAZA CITY, Gaza Strip" or "Moscow and Kyiv" as written, without the region
    that follows a comma; None when the words do not have the form of place names."""
    places = []
    for part in re.split(r"\s?/\s?|\s?;\s| and | AND ", lead):
        name, _, region = part.partition(",")
        name, region = name.strip(), region.strip()
        words = name.split()
        if not 1 <= len(words) <= LONGEST_NAME or (region and not REGION.match(region)):
            return None
        joiners = {"de", "del", "la", "el", "al", "of", "the", "sur", "am", "on", "upon", "le", "in"}
        if not all(w[0].isupper() or w.casefold().strip("-") in joiners or w.startswith(("al-", "el-")) for w in words):
            return None
        if any(c.isdigit() for c in name) or len(name) < 3 or re.search(r"[!?\"“”]", name):
            return None
        places.append(name)
    return tuple(places)


def _is_capitals(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _known(name: str) -> bool:
    return fold(name) in _data()[2] or is_place(name)
