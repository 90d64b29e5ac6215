"""The words of a person's name: articles and particles folded into the word they belong to."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.lexicon import lexicon

_SPLIT = re.compile(r"[\s.]+")
_ARTICLE = re.compile(r"^(?:(?:al|el|ul|ad|an|ar|as|ash|at|az)[-\s]|a-)", re.IGNORECASE)


def name_tokens(name: str) -> list[str]:
    """Lower-case words of a name without initials, particles, and Arabic articles ("al-Harouni": harouni)."""
    words = (_ARTICLE.sub("", word).strip("'’-").lower() for word in _SPLIT.split(name))
    return [word for word in words if len(word) > 1 and word not in particles()]


def surname_of(name: str) -> str | None:
    """The last word of a name of two words or more, as it is written; None for a single word."""
    words = name.split()
    if len(words) < 2 or not (words[-1][:1].isupper() or _ARTICLE.match(words[-1])):
        return None
    return words[-1]


@cache
def particles() -> frozenset[str]:
    return frozenset(lexicon("particles"))
