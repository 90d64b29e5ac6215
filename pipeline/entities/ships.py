"""Ships: what a word for a vessel stands in front of bears no label of ours, however the model reads it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.lexicon import lexicon
from pipeline.entities.mention import Mention

_REACH = 24
_NEVER = frozenset({"PERSON", "NORP", "EVENT"})


def drop_ships(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Mentions without the names that the document calls a ship's, at all their places."""
    ships = {
        document.view[m.start : m.end]
        for m in mentions
        if _before().search(document.view[max(0, m.start - _REACH) : m.start]) and m.country_code is None
    }
    if not ships:
        return mentions
    return [m for m in mentions if m.label in _NEVER or document.view[m.start : m.end] not in ships]


@cache
def _before() -> re.Pattern[str]:
    vessels, prefixes = ("|".join(map(re.escape, lexicon("ship_words", kind))) for kind in ("vessel", "prefix"))
    return re.compile(rf"\b(?:(?i:{vessels})|{prefixes})[ \xa0][\"“‘']?$")
