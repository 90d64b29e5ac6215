"""What no name is: words of the page and of the calendar, bare numbers, ordinary words, abbreviations of things."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.lexicon import lexicon
from pipeline.entities.mention import Mention
from pipeline.entities.roles import is_role

_URL = re.compile(r"https?:|www\.|@|\.(?:com|org|net)/|[#%_{}<>=\\]")


def drop_non_names(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Mentions without those whose words cannot be a name."""
    text, persons = document.view, {mention.end for mention in mentions if mention.label == "PERSON"}
    return [
        m
        for m in mentions
        if m.method == "context:dateline"
        or (
            _may_be_name(text[m.start : m.end], m)
            and text[m.end : m.end + 1] != "$"
            and not _are_letters_after_name(text, m, persons)
        )
    ]


def _are_letters_after_name(text: str, mention: Mention, persons: set[int]) -> bool:
    """Whether a mention is the degree or the honour behind a person's name ("Arlen Quill, MD")."""
    behind = text[mention.start - 2 : mention.start] == ", " and mention.start - 2 in persons
    return behind and text[mention.start : mention.end].replace(".", "") in lexicon("name_suffixes", "letters")


def _may_be_name(surface: str, mention: Mention) -> bool:
    if surface in _thing_abbreviations() and mention.method != "acronym:definition":
        return False
    if surface.lower() in _not_names() or is_role(surface) or _URL.search(surface):
        return False
    if not any(character.isupper() for character in surface) or len(surface) < 2:
        return False
    if mention.label != "PERSON":
        return True
    return surface.lower() not in _polities() and not any(character.isdigit() for character in surface)


@cache
def _polities() -> frozenset[str]:
    return frozenset(lexicon("polities"))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lexicon("not_names"))


@cache
def _thing_abbreviations() -> frozenset[str]:
    singular = lexicon("thing_abbreviations")
    return frozenset(singular) | {entry + "s" for entry in singular}
