"""Titles, ranks and offices in front of a name: they say that it is a person, and stay outside the name."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.gazetteer import is_country, is_nationality
from pipeline.entities.lexicon import lexicon_rows
from pipeline.entities.mention import Mention

_REACH = 60  # characters in front of a name in which its role may stand
_WORD = re.compile(r"\S+")
_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})


def apply_roles(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Takes a role out of the front of a name, records one that stands before it, and labels the person."""
    found = []
    for mention in mentions:
        if mention.label in _NAMED:
            mention = _with_role(document.view, mention)
        if mention.role:  # as the text words it, not as its headline was recased
            start = document.view.rfind(mention.role, 0, mention.start)
            mention = mention._replace(role=document.text[start : start + len(mention.role)])
        found.append(mention)
    return found


def _with_role(text: str, mention: Mention) -> Mention:
    surface = text[mention.start : mention.end]
    inside = _leading_role(surface) if mention.label == "PERSON" else 0
    if inside:
        role = surface[:inside].rstrip(" .")
        return mention._replace(start=mention.start + inside, method="role:title", role=role)
    role = _trailing_role(text[max(0, mention.start - _REACH) : mention.start].rsplit("\n", 1)[-1])
    if not role:
        return mention
    if mention.label == "PERSON":
        return mention._replace(role=role)
    last = role.lower().split()[-1].rstrip(".")
    if role[0].isupper() and (_strength(role) == "strong" or _strength(last) == "strong") and _may_be_person(surface):
        return mention._replace(label="PERSON", method="role:title", role=role)
    return mention


def _leading_role(surface: str) -> int:
    """The length of the role, with the blanks after it, that a name begins with; 0 when it begins with none."""
    words = list(_WORD.finditer(surface))
    length, at = 0, 0
    while at < len(words) - 1:
        size = next((n for n in (3, 2, 1) if at + n < len(words) and _is_role(words[at : at + n])), 0)
        if not size:
            break
        at += size
        length = words[at].start()
    rest = surface[length:]
    return length if rest[:1].isupper() or rest[:3].lower() in ("al-", "el-") else 0


def _trailing_role(before: str) -> str:
    """The role that a text ends with, chained ones ("President Gen.") whole; empty when it ends with none."""
    if not before.endswith(" "):
        return ""
    words = list(_WORD.finditer(before))
    at = len(words)
    while at:
        size = next((n for n in (3, 2, 1) if n <= at and _is_role(words[at - n : at])), 0)
        if not size:
            break
        at -= size
    return before[words[at].start() :].strip().rstrip(".") if at < len(words) else ""


def _is_role(words: list[re.Match[str]]) -> bool:
    return is_role(" ".join(word.group() for word in words))


def is_role(surface: str) -> bool:
    """Whether the words are a title or an office and nothing else."""
    return _strength(surface) is not None


@cache
def _strength(role: str) -> str | None:
    return _roles().get(role.lower().replace(".", ""))


def _may_be_person(surface: str) -> bool:
    return (
        not is_country(surface)
        and not is_nationality(surface)
        and not surface.isupper()
        and all(word[:1].isupper() or "-" in word or len(word) <= 4 for word in surface.split())
        and not any(character.isdigit() for character in surface)
    )


@cache
def _roles() -> dict[str, str]:
    return {row["entry"].lower().replace(".", ""): row["strength"] for row in lexicon_rows("roles")}
