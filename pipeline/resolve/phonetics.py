"""What a name part sounds like, whatever romanisation spelled it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.resolve.lexicon import read_tsv

_VOWELS = re.compile("[aeiou]+")
_DOUBLED = re.compile(r"([a-zA-Z])\1+")
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiou])")
# Consonants that romanisations of one name exchange: voiced and voiceless, sibilants, g/h of East Slavic.
_COARSE = str.maketrans({"q": "k", "g": "k", "X": "h", "d": "t", "b": "p", "v": "f", "z": "s", "S": "s",
                         "C": "s", "J": "j", "W": ""})  # fmt: skip


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Letters, their pattern with its place, and their code."""
    shapes = {
        "any": "{}", "start": "^{}", "end": "{}$",
        "start_vowel": "^{}(?=[aeiou])", "before_vowel": "{}(?=[aeiou])", "before_front": "{}(?=[eiy])",
    }  # fmt: skip
    return tuple(
        (row["from"], re.compile(shapes[row["place"]].format(row["from"])), row["to"])
        for row in read_tsv("phonetics.tsv")
    )


@lru_cache(maxsize=1 << 20)
def phone(token: str) -> str:
    """The token with every spelling of a sound made one (data/phonetics.tsv): qassem and kasim -> kasem, kasim.

    `token` is folded: lower-case ASCII letters. Capitals in the answer are codes for two-letter sounds.
    """
    for letters, pattern, code in _rules():
        if letters in token:
            token = pattern.sub(code, token)
    token = _SILENT_H.sub("", token)
    return _DOUBLED.sub(r"\1", token)


@lru_cache(maxsize=1 << 20)
def skeleton(token: str) -> str:
    """The consonants of `phone`, with `a` for a vowel in front: tariq, tareq and tarek -> trk."""
    spoken = phone(token)
    bones = _VOWELS.sub("", spoken).replace("W", "")
    return ("a" if spoken[:1] in "aeiou" else "") + bones or spoken


@lru_cache(maxsize=1 << 20)
def coarse_skeleton(token: str) -> str:
    """The skeleton with consonants that romanisations exchange made one; for finding, not for deciding."""
    bones = skeleton(token).translate(_COARSE)
    bones = bones[:1] + bones[1:].replace("h", "") if len(bones) > 2 else bones
    return bones or phone(token)
