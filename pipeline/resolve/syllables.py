"""East Asian names as syllables: one spelling for the romanisations of Korean and Chinese, surname first."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.resolve.lexicon import lexicon, read_tsv
from pipeline.resolve.names import CORE, PERSON, Name

MOST_PARTS = 4  # surname and given name of up to three syllables
_SYLLABLES = re.compile(r"(?:[bcdfghj-np-tv-z]{0,3}[aeiouy]{1,3}(?:ng|[nmklptrgh])?){1,2}")
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = re.compile("[aeiouyw ]")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    shapes = {"any": "{}", "start": "^{}", "end": "{}$"}
    return tuple(
        (row["from"], re.compile(shapes[row["place"]].format(row["from"])), row["to"])
        for row in read_tsv("syllables.tsv")
        if row["place"] in shapes
    )


@cache
def _surnames() -> dict[str, str]:
    return {row["from"]: row["to"] for row in read_tsv("syllables.tsv") if row["place"] == "surname"}


@lru_cache(maxsize=1 << 18)
def syllable(token: str) -> str:
    """A folded token with every romanisation of its syllables made one: hsiao and xiao, jong and chong."""
    for letters, pattern, code in _rules():
        if letters in token:
            token = pattern.sub(code, token)
    return _DOUBLED.sub(r"\1", token)


@lru_cache(maxsize=1 << 18)
def syllables(name: Name) -> tuple[str, ...]:
    """A person's name in syllables run together, surname first; both ways where either end may be the surname; nothing
    for names that do not look East Asian."""
    parts, known = name.parts, lexicon().leading_surnames
    fits = name.group == PERSON and 2 <= len(parts) <= MOST_PARTS and set(name.kinds) == {CORE}
    if not fits or not all(map(_SYLLABLES.fullmatch, parts)):
        return ()
    orders = [o for o in (parts, (parts[-1], *parts[:-1])) if o[0] in known]
    return tuple((_surnames().get(o[0]) or syllable(o[0])) + " " + "".join(map(syllable, o[1:])) for o in orders)


@lru_cache(maxsize=1 << 18)
def syllables_alike(a: Name, b: Name) -> float:
    """Likeness of two names in syllables, 0 to 1: of the surnames and given names the less alike."""
    return max((_alike(x.split(), y.split()) for x in syllables(a) for y in syllables(b)), default=0.0)


@lru_cache(maxsize=1 << 18)
def syllables_clash(a: Name, b: Name) -> bool:
    """Whether two names of as many consonants, give or take one, differ in a consonant however they are ordered.
    Romanisations of one name vary in vowels, and no more than the rules allow in consonants."""
    bones = [[_consonants(x) for x in syllables(name)] for name in (a, b)]
    pairs = [(x, y) for x in bones[0] for y in bones[1]]
    return all(x != y for x, y in pairs) and any(abs(len(x) - len(y)) <= 1 for x, y in pairs)


def _consonants(text: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", text.replace("ng", "n")))


def _alike(a: list[str], b: list[str]) -> float:
    return min(map(Levenshtein.normalized_similarity, a, b))
