"""Ships: what a word for a vessel stands in front of bears no label of ours, however the model reads it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.lexicon import any_of
from pipeline.entities.mention import Mention

_REACH = 30
_CAPITALISED = re.compile(r"(?:[ \xa0][^\W\d_a-z][^\W_]+)+")
_NEVER = frozenset({"PERSON", "NORP", "EVENT"})


def drop_ships(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Mentions without the names that the document calls a ship's, at all their places."""
    text = document.view
    ships = {
        _whole_name(text, m)
        for m in mentions
        if _before().search(text[max(0, m.start - _REACH) : m.start]) and m.country_code is None
    }
    return [m for m in mentions if m.label in _NEVER or _whole_name(text, m) not in ships]


def _whole_name(text: str, mention: Mention) -> str:
    """The mention with the capitalised words behind it: a ship's name is often read in part."""
    behind = _CAPITALISED.match(text, mention.end)
    return text[mention.start : behind.end() if behind else mention.end]


@cache
def _before() -> re.Pattern[str]:
    vessel, prefix, crew = (any_of("ship_words", kind) for kind in ("vessel", "prefix", "crew"))
    return re.compile(rf"\b(?:(?i:{vessel})|{prefix}|(?i:{crew}) the)[ \xa0][\"“‘']?$")
