"""A name taken apart: folded to one script, split into parts, titles and legal forms set aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii

from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.phonetics import skeleton

PERSON, ORG, PLACE, NORP, EVENT = "PERSON", "ORG", "PLACE", "NORP", "EVENT"
GROUPS = {"GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
CORE, LIGHT, INITIAL, NUMBER = 0, 1, 2, 3

_APOSTROPHES = re.compile(r"[’‘ʻʼ`´′'ʿʾ]")
_POSSESSIVE = re.compile(r"(?:(?<=\w\w)[’'`´]s\b(?!-)|(?<=s)[’']$)")
_DOTTED = re.compile(r"\b\w(?:\.\s?\w)+\b\.?")
_WORD = re.compile(r"[^\W_]+([-‐‑](?=\w))?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OPEN_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*$")
_BRACKETED = re.compile(r"\(([^()]{2,})\)|\[([^\[\]]*)\]|[\"“”]([^\"“”]{1,30})[\"“”]")
# Initials of two letters, as Russian and Dutch names have them (Yu. and Th.), and written abbreviations of given names.
_LONG_INITIAL = re.compile(r"\b([A-Z])(?:(?<=[YZKCSTP])[auehs]|hr|m|eo)\.(?=\s*[A-Z])")
_MIXED_ACRONYM = re.compile(r"[A-Z](?:[a-z]?[A-Z]){1,3}")  # BoA, DoD
_FIRST_ALIF = re.compile(r"\b[\u0622\u0623\u0625\u0627]")  # stands for a vowel of any colour
_ARABIC_ARTICLE = "\u0627\u0644"  # alif lam, written as one with its noun
_OWNED = re.compile(r"[’'`´]s?\s+(?=\w)")
# Roles that are surnames as well, and do not make a title of the words before them.
_SURNAME_ROLES = {"judge", "justice", "major", "marshal", "general", "speaker", "chair", "coach", "founder"}
_SHORT_OFFICE = 3  # words: of the United States; a longer one has a name behind it
_SHORTENED = {"us", "un", "uk", "uae", "eu"}  # words of names whose letters all enter an acronym
_PHRASES = re.compile(r"\bunited (states(?: of america)?|nations|kingdom)\b", re.IGNORECASE)
# Parts that are written both apart and together with the next one: abd al-X, abu X, X al-din, X allah.
_ABD = {"abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdus", "abdun", "abdool", "abed", "abdi"}
_ABU = {"abu", "abou", "abi"}
_TAILS = {
    "din": "din",
    "deen": "din",
    "dine": "din",
    "ddin": "din",
    "allah": "ullah",
    "ullah": "ullah",
    "ollah": "ullah",
}
_FUSED_ABD = re.compile(r"^abd(?:[aeou]l|oul|ool|u[rsnzt]|e[rsnzt]|a[rsnzt])(?=[^aeiou]\w{2})")
_FUSED_TAIL = re.compile(r"(?<=\w{2})(?:[aeiou]+d)?(?:d[iey]+ne?|deen)$")


def group_of(label: str) -> str:
    """The comparison group of a label: PERSON, ORG, PLACE (GPE, LOC, FAC), NORP or EVENT."""
    return GROUPS.get(label, label)


@dataclass(frozen=True)
class Name:
    """One name. `parts` and `kinds` run side by side; `surface` is untouched."""

    surface: str
    group: str
    parts: tuple[str, ...]
    kinds: tuple[int, ...]  # CORE, LIGHT, INITIAL or NUMBER
    titles: tuple[str, ...] = ()  # words set aside in front
    suffix: str = ""  # jr, sr, ii ...
    is_acronym: bool = False
    acronyms: tuple[str, ...] = ()  # what its initials spell, with and without function words

    @property
    def key(self) -> str:
        """What makes two spellings the same without any comparison."""
        return " ".join((*self.parts, self.suffix)).strip()

    @property
    def is_title(self) -> bool:
        """Whether a person is named by office alone: the Prime Minister, a firm's chairman."""
        roles, last = lexicon().roles, self.parts[-1]
        if self.group != PERSON:
            return False
        if self.parts[0] == "of":
            return bool(self.titles) and self.titles[-1] in roles and len(self.parts) <= _SHORT_OFFICE
        return last in roles and (len(self.parts) == 1 or last not in _SURNAME_ROLES)

    @property
    def core(self) -> tuple[str, ...]:
        """The parts that carry the name."""
        return tuple(p for p, k in zip(self.parts, self.kinds, strict=True) if k == CORE)


@lru_cache(maxsize=1 << 18)
def fold(text: str) -> str:
    """`text` in lower-case ASCII letters, whatever its script (anyascii's romanisation), apostrophes gone."""
    if text.isascii():
        return _APOSTROPHES.sub("", text).lower()
    text = _FIRST_ALIF.sub("a", _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)))
    if any(c >= "\u2e80" for c in text):  # Han and Hangul come as CamelCase syllables
        text = _CAMEL.sub(" ", anyascii(text))
    else:
        text = anyascii("".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)))
    return _APOSTROPHES.sub("", text).lower()


def _words(text: str) -> list[tuple[str, bool, bool]]:
    """(folded word, written with a capital, joined to the next by a hyphen)"""
    found = []
    for match in _WORD.finditer(_APOSTROPHES.sub("", text)):
        raw = match.group()
        if len(raw) > 4:
            raw = raw.removeprefix(_ARABIC_ARTICLE)
        folded = [w for w in re.split(r"[^a-z0-9]+", fold(raw)) if w]
        for word in folded:
            found.append((word, raw[0].isupper() or not raw[0].islower(), bool(match.group(1))))
    return found


def _comma_order(text: str, group: str) -> str:
    """`Surname, Given` of lists as `Given Surname`."""
    if group != PERSON or text.count(",") != 1:
        return text
    last, first = (part.strip() for part in text.split(","))
    if not first or fold(first).strip(". ") in lexicon().suffixes:
        return text
    if any(word in lexicon().roles for word, _, _ in _words(last)):
        return f"{last} {first}"
    return f"{first} {last}"


def _person_words(words: list[tuple[str, bool, bool]]) -> tuple[list[str], list[str]]:
    """Name words and the titles in front of them."""
    lex = lexicon()
    at = max((i + 1 for i, (w, _, _) in enumerate(words[:-1]) if w in lex.roles), default=0)
    office = at
    while at and office < len(words) and (words[office][0] in lex.portfolios or words[office][0] in lex.scopes):
        office += 1
    if at < office < len(words) and words[at][0] == "of" and words[office - 1][0] not in ("of", "the"):
        at = office
    while at < len(words) - 1 and words[at][0] in lex.honorifics:
        at += 1
    titles, kept = [w for w, _, _ in words[:at]], list[str]()
    rest = words[at:]
    for word, capital, hyphen in rest:
        if len(rest) > 1 and word in lex.articles and (hyphen or not capital or word in ("al", "el", "ul", "the")):
            continue
        if word == "of" and titles and len(kept) >= 2:
            break  # the country or seat of an office-holder
        kept.append(word)
    return kept or [w for w, _, _ in rest], titles


def _join_arabic(words: list[str]) -> list[str]:
    """abd X, abu X, X din and X allah as one word each, one spelling of the joint."""
    out: list[str] = []
    i = 0
    while i < len(words):
        word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
        if word in _ABD and following:
            tail = "ullah" if following in ("allah", "lah", "ullah") else following
            out.append("abd" + tail)
            i += 2
        elif word in _ABU and following:
            out.append("abu" + following)
            i += 2
        elif following in _TAILS and (_TAILS[following] != "din" or word in lexicon().before_din) and len(word) > 2:
            out.append(word + _TAILS[following])
            i += 2
        else:
            out.append(_FUSED_ABD.sub("abd", word))
            i += 1
    return out


def _kind(word: str, group: str) -> int:
    lex = lexicon()
    if word.isdigit() or word[0].isdigit():
        return NUMBER
    if len(word) == 1:
        return INITIAL
    if group == PERSON:
        return LIGHT if word in lex.particles or word in lex.kinship else CORE
    return LIGHT if word in lex.generic else CORE


def _canonical_word(word: str, group: str) -> str:
    """A word of a name that is no person's: abbreviations of places written out; in a body's, its kind in one form and
    a nationality as its country."""
    lex = lexicon()
    word = lex.place_words.get(word, word)
    if group != ORG:
        return word
    generic = lex.generic.get(word) or (lex.generic.get(word[:-1]) if word.endswith("s") else None)
    return generic or lex.nations.get(word, word)


def scope_words(name: Name) -> tuple[str, ...]:
    """Countries and directions in a body's name, sorted."""
    scopes = lexicon().scopes
    return tuple(sorted({p for p in name.parts if p in scopes})) if name.group == ORG else ()


def scopes_clash(a: Name, b: Name) -> bool:
    """Whether each of two bodies has a country or a direction that the other has not."""
    one, two = set(scope_words(a)), set(scope_words(b))
    return bool(one - two and two - one)


def _short_phrase(match: re.Match[str]) -> str:
    return "U" + match.group(1)[0].upper()


@cache
def _formal_countries() -> re.Pattern[str]:
    names = sorted(lexicon().formal_countries, key=lambda n: (-len(n), n))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _short_country(match: re.Match[str]) -> str:
    return lexicon().formal_countries[match.group().lower()]


def _acronyms(words: list[str]) -> tuple[str, ...]:
    """The acronyms that a name of several words may be cut to."""
    lex = lexicon()
    content = [w for w in words if w not in lex.stopwords]
    bare = [w for w in content if w not in lex.legal_forms]
    spelled = {"".join(w[0] for w in ws) for ws in (words, content, bare)}
    spelled |= {"".join(w if w in _SHORTENED else w[0] for w in ws) for ws in (content, bare)}
    return tuple(sorted(a for a in spelled if len(a) > 1))


def parse_name(surface: str, label: str) -> Name:
    """Take a name apart. Never fails: a name that is nothing but titles keeps them as its parts."""
    group = group_of(label)
    return REMEMBERED.get((surface, group)) or _taken_apart(surface, group)


REMEMBERED: dict[tuple[str, str], Name] = {}  # by surface and group: what the same code once answered (parsed_names.py)


@lru_cache(maxsize=1 << 20)
def _taken_apart(surface: str, group: str) -> Name:
    lex = lexicon()
    text = _POSSESSIVE.sub(" ", surface.strip(" \t\n\r\"“”‘’'.,;:-–—*•"))
    for bracketed in (_BRACKETED, _OPEN_BRACKET):
        text = bracketed.sub(" ", text) if bracketed.sub("", text).strip() else text
    text = text.strip()
    bare = text.replace(".", "").replace("&", "")
    is_acronym = bare.isalnum() and bare.isupper() and 2 <= len(bare) <= 8 and bare.isascii()
    is_acronym |= group != PERSON and bool(_MIXED_ACRONYM.fullmatch(bare))
    if group != PERSON or is_acronym:
        text = _DOTTED.sub(lambda m: m.group().replace(".", ""), text).replace("&", " and ")
    text = _LONG_INITIAL.sub(r"\1.", text) if group == PERSON else text
    words = _words(_comma_order(text, group) if group == PERSON else _PHRASES.sub(_short_phrase, text))
    spelled = [w for w, _, _ in words]  # an acronym has the initials of a country's formal name
    if group == ORG and (formal := _formal_countries()).search(text):
        words = _words(formal.sub(_short_country, text))
    titles: list[str] = []
    suffix = ""
    if group == PERSON:
        while len(words) > 1 and words[-1][0] in lex.suffixes:
            suffix = words.pop()[0]
        kept, titles = _person_words(words)
        kept = _join_arabic(kept)
    else:
        kept = [w for w, _, hyphen in words if not (group == PLACE and hyphen and w in lex.articles)]
        core = [w for w in kept if w not in lex.stopwords and w not in lex.legal_forms] if group == ORG else [
            w for w in kept if w not in lex.stopwords]  # fmt: skip
        kept = [_canonical_word(w, group) for w in (core or kept)]
        if "ministry" in kept:  # of Foreign Affairs, or the Foreign Ministry
            kept = [w for w in kept if w not in lex.affairs]
    kept = kept or fold(surface).split() or [surface.strip() or "?"]
    owned = _OWNED.split(surface)[-1] if group == ORG else surface
    acronyms = () if group == PERSON or is_acronym else _acronyms(spelled)
    if owned != surface and not is_acronym:
        acronyms += tuple(a for a in _acronyms([w for w, _, _ in _words(owned)]) if len(a) > 3)
    kinds = [_kind(w, group) for w in kept]
    if group == PERSON and all(k == LIGHT for k in kinds):
        kinds = [CORE] * len(kept)
    return Name(surface, group, tuple(kept), tuple(kinds), tuple(titles), suffix, is_acronym, acronyms)


@lru_cache(maxsize=1)
def _common_skeletons() -> frozenset[str]:
    return frozenset(skeleton(part) for part in lexicon().common_parts)


@lru_cache(maxsize=1 << 20)
def commonness(part: str) -> float:
    """How little a shared part says: 1 for a listed common one, .6 for one that sounds like it, less with length."""
    if part in lexicon().common_parts:
        return 1.0
    if len(skeleton(part)) >= 3 and skeleton(part) in _common_skeletons():
        return 0.6
    return 0.3 if len(part) <= 3 else 0.0
