"""Titles, ranks and offices in front of a name: they say that it is a person, and stay outside the name."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.gazetteer import is_country, is_nationality
from pipeline.entities.lexicon import lexicon_rows
from pipeline.entities.mention import Mention

_REACH = 60  # characters in front of a name in which its role may stand


def apply_roles(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Takes a role out of the front of a name, records one that stands before it, and labels the person."""
    return [_with_role(document.text, mention, mentions) for mention in mentions]


def _with_role(text: str, mention: Mention, mentions: list[Mention]) -> Mention:
    if mention.label not in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"):
        return mention
    surface = text[mention.start : mention.end]
    inside = _leading_role().match(surface)
    if inside and mention.label == "PERSON" and _is_name(surface[inside.end() :]):
        start = mention.start + inside.end()
        return mention._replace(start=start, method="role:title", role=inside.group(1).rstrip("."))
    before = _trailing_role().search(text[max(0, mention.start - _REACH) : mention.start])
    if before is None:
        return mention
    role = before.group(1)
    if mention.label == "PERSON":
        return mention._replace(role=role.rstrip("."))
    if role.rstrip(".").lower() in _strong_roles() and role[0].isupper() and _may_be_person(surface):
        return mention._replace(label="PERSON", method="role:title", role=role.rstrip("."))
    return mention


def _is_name(rest: str) -> bool:
    return bool(rest) and (rest[0].isupper() or rest[:3].lower() in ("al-", "el-"))


def _may_be_person(surface: str) -> bool:
    return (
        not is_country(surface)
        and not is_nationality(surface)
        and not surface.isupper()
        and all(word[:1].isupper() or "-" in word or len(word) <= 4 for word in surface.split())
        and not any(character.isdigit() for character in surface)
    )


@cache
def _strong_roles() -> frozenset[str]:
    return frozenset(row["entry"].lower() for row in lexicon_rows("roles") if row["strength"] == "strong")


@cache
def _alternatives() -> str:
    entries = sorted((row["entry"] for row in lexicon_rows("roles")), key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+") + r"\.?" for entry in entries)


@cache
def _leading_role() -> re.Pattern[str]:
    return re.compile(rf"((?:(?:{_alternatives()})\s+)*(?:{_alternatives()}))\s+(?=\S)")


@cache
def _trailing_role() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])((?:(?i:{_alternatives()})\s+){{0,2}}(?i:{_alternatives()}))\s+$")
