"""What the words in and beside a name say: that it leads, publishes or marches, and so is an organisation."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.gazetteer import is_city, is_city_of_several_words, is_geographic, is_nationality
from pipeline.entities.lexicon import any_of, lexicon, lexicon_rows
from pipeline.entities.mention import Mention

_WORD_BEFORE = re.compile(r"\b([^\W\d_]+)[ \xa0]$")
_BODY_AFTER = re.compile(r"[ \xa0]([a-z]+)")
# An article with a capital inside a sentence belongs to the name of an outlet or a band.
_CAPITAL_ARTICLE = re.compile(r"[a-zß-öø-ÿ,][ \xa0]The[ \xa0]$")
_UNSURE = frozenset({"PERSON", "GPE", "LOC"})


def label_by_context(document: Document, mentions: list[Mention]) -> list[Mention]:
    """What someone leads or speaks for, and what is called a newspaper, is an organisation, no person or place."""
    mentions = [_as_city(document.view, mention) for mention in mentions]
    return [
        mention._replace(label="ORG", method=method, role=None, country_code=None)
        if mention.label in _UNSURE and (method := _evidence(document.view, mention))
        else mention
        for mention in mentions
    ]


def _as_city(text: str, mention: Mention) -> Mention:
    """The city of "an Arlen court" is a place, and so is, after "in", one that reads like a person's name."""
    after = _BODY_AFTER.match(text, mention.end)
    surface = text[mention.start : mention.end]
    if mention.label == "PERSON" and is_city_of_several_words(surface):
        before = _WORD_BEFORE.search(text, max(0, mention.start - 12), mention.start)
        if before and before.group(1).lower() in lexicon("context_words", "place_preposition"):
            return mention._replace(label="GPE", method="context:city")
    if mention.label == "ORG" and after and after.group(1) in _bodies() and is_city(surface):
        return mention._replace(label="GPE", method="context:city")
    return mention


def split_off_persons(document: Document, mentions: list[Mention]) -> list[Mention]:
    """An organisation that runs on into a person's name ends at its head word ("Coastal Guard Omar Lassad")."""
    found = []
    for mention in mentions:
        at = _person_after_head(document.view[mention.start : mention.end]) if mention.label == "ORG" else 0
        if at:
            found.append(mention._replace(end=mention.start + at, method="split:person"))
            mention = mention._replace(start=mention.start + at, label="PERSON", method="split:person")
        found.append(mention)
    return found


def label_acronyms(document: Document, mentions: list[Mention]) -> list[Mention]:
    """A group's name in capitals alone is an organisation's acronym, not a people."""
    return [
        mention._replace(label="ORG", method="shape:acronym")
        if mention.label == "NORP" and _is_acronym(document.text[mention.start : mention.end])
        else mention
        for mention in mentions
    ]


def _is_acronym(surface: str) -> bool:
    return len(surface) > 2 and surface.isalpha() and surface.isupper() and not is_nationality(surface.capitalize())


def _evidence(text: str, mention: Mention) -> str | None:
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 20]
    surface = text[mention.start : mention.end]
    if is_geographic(surface):
        return None
    leads, outlet_before, outlet_after = _hints()
    if outlet_before.search(before) or outlet_after.match(after) or _CAPITAL_ARTICLE.search(before):
        return "context:outlet"
    return "context:leads" if leads.search(before) else None


@cache
def _hints() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a led body, before an outlet, and after one."""
    leads, outlet = any_of("organisation_hints", "leads"), any_of("organisation_hints", "outlet")
    return (
        re.compile(rf"\b{leads}\s+(?:of|for|at)\s+(?:the\s+)?$", re.IGNORECASE),
        re.compile(rf"\b{outlet}\s+[\"“‘']?$", re.IGNORECASE),
        re.compile(rf"[\"”’']?\s+{outlet}\b"),
    )


def _person_after_head(surface: str) -> int:
    """Where, in an organisation's name, a person's begins: two or three plain words after its head; else 0."""
    words = list(re.finditer(r"\S+", surface))
    if len(words) < 4:
        return 0
    for size in (2, 3):
        head, tail = words[-size - 1].group(), [word.group() for word in words[-size:]]
        if size + 2 <= len(words) and head.lower() in _personal_heads() and all(map(_may_be_personal, tail)):
            return words[-size].start()
    return 0


def _may_be_personal(word: str) -> bool:
    plain = word.replace("-", "").replace("’", "").isalpha() and word[0].isupper() and not word.isupper()
    return plain and not is_geographic(word) and len(word) > 2 and word.lower() not in _all_heads()


@cache
def _personal_heads() -> frozenset[str]:
    """Head words after which an organisation's name is complete."""
    return frozenset(lexicon("complete_heads"))


@cache
def _bodies() -> frozenset[str]:
    return frozenset(lexicon("head_words", "organisation"))


@cache
def _all_heads() -> frozenset[str]:
    return frozenset(lexicon("head_words")) | {row["entry"].lower() for row in lexicon_rows("roles")}
