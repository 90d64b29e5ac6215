"""Oddities of a text that a reader of the tables should know of. They are named, never repaired."""

from __future__ import annotations

import re

# How Windows-1252 shows the second and later bytes of UTF-8 sequences (0x80 to 0xBF).
_TAIL = "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019"
_TAIL += "\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
# UTF-8 read as Windows-1252: punctuation, accented Latin letters, then pairs of Cyrillic or Arabic letters.
_MOJIBAKE = re.compile(f"\u00e2\u20ac{_TAIL}|[\u00c2\u00c3]{_TAIL}(?!\\d)|(?:[\u00d0\u00d1\u00d8\u00d9]{_TAIL}){{2}}")
_MOJIBAKE_LEADS = frozenset("\u00e2\u00c2\u00c3\u00d0\u00d1\u00d8\u00d9")
_CHARACTERS = {
    # Embeddings, overrides, isolates and marks: Unicode Standard Annex 9, section 2.
    "bidi": frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"),
    "nul": frozenset("\0"),
    "replacement": frozenset("\ufffd"),
    "zero_width": frozenset("\u200b\u200c\u200d\u2060\ufeff\u180e"),
}


def text_flags(text: str) -> str | None:
    """Comma-separated flags in alphabetical order: bidi, mojibake, nul, replacement, zero_width; None for none."""
    used = set(text)
    flags = [flag for flag, characters in _CHARACTERS.items() if used & characters]
    if used & _MOJIBAKE_LEADS and _MOJIBAKE.search(text):
        flags.append("mojibake")
    return ",".join(sorted(flags)) or None
