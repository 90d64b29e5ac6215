"""Datelines: the place in capitals that opens a story, the country behind it and the agency in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.entities.document import Document
from pipeline.entities.gazetteer import is_city, is_city_of_several_words
from pipeline.entities.mention import Mention
from pipeline.entities.spans import Taken

_SHOUTED = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’-]+(?: [^\W\d_a-zß-öø-ÿ]+){0,3}"
_PLACE = rf"(?P<first>{_SHOUTED})(?:/(?P<second>{_SHOUTED}))?"
_AGENCY = r"(?:\s\((?P<agency>[^\W\d_]{2,12})\))"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,\s[^\W\d_][^,;:()–—\n]{{1,30}}){{0,2}}(?:{_AGENCY}\s?(?:[–—-]|:)|\s*[–—]|\s--?\s)"
)
_CITY = re.compile(r"[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+){0,2}(?=\s*(?:[–—:]|--?\s))")
_DASH = re.compile(r"\s*[–—]\s|\s--?\s")
_STORY = re.compile(r"(?:[^\n]*? [a-zß-öø-ÿ]){4}")  # a sentence, where a headline in capitals has none
_GROUPS = (("first", "GPE"), ("second", "GPE"), ("agency", "ORG"))


def label_datelines(document: Document, mentions: list[Mention]) -> list[Mention]:
    """The place that a line opens with is a place, the agency behind it an organisation, however they were read."""
    named = list(_named(document, Taken(mentions)))
    taken = Taken(named)
    return [m for m in mentions if (m.start, m.end) not in taken] + named


def opens_story(document: Document, start: int, end: int) -> bool:
    """Whether a name opens a line and a dash parts it from the story, as a dateline's place does."""
    return document.holds(start) and not document.holds(start - 1) and bool(_DASH.match(document.view, end))


def _named(document: Document, read: Taken) -> Iterator[Mention]:
    for line in document.lines:
        match = _DATELINE.match(document.text, line.start, line.end)
        if match and _STORY.search(document.text, match.end(), line.end) and _is_place(match, read):
            for group, label in _GROUPS:
                if match.group(group):
                    yield Mention(*match.span(group), label, "context:dateline")
        elif (match := _CITY.match(document.text, line.start, line.end)) and _is_city(match.group().title()):
            yield Mention(*match.span(), "GPE", "context:dateline")


def _is_place(dateline: re.Match[str], read: Taken) -> bool:
    """Whether a country, a date or an agency stands behind it, or it is known or read as a name."""
    alone = re.fullmatch(r"[\s–—-]*", dateline.string[dateline.end("first") : dateline.end()])
    return not alone or _is_city(dateline["first"].title()) or dateline.span("first") in read


def _is_city(name: str) -> bool:
    return is_city(name) or is_city_of_several_words(name)
