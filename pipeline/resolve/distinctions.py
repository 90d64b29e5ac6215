"""What sets two look-alikes apart in the news, though a list might spell one so: branches, products, namesakes."""

from __future__ import annotations

import re

import numpy as np
from rapidfuzz.distance import OSA

from pipeline.resolve.company import Company
from pipeline.resolve.corpus import Corpus
from pipeline.resolve.lexicon import DIRECTIONS, lexicon
from pipeline.resolve.names import INITIAL, LIGHT, ORG, PERSON, Name
from pipeline.resolve.phonetics import coarse_skeleton, phone, skeleton
from pipeline.resolve.rarity import stem
from pipeline.resolve.syllables import syllables
from pipeline.resolve.token_similarity import token_scores

ALIKE = 0.7  # likeness of two words that may be one
RUN_TOGETHER = 0.85  # likeness of two names but for their spaces
SAME_BONES = 0.8  # likeness of the consonants of two spellings of one name
SHORT_FORM = 3  # letters, the least, of a name cut short
SLIP = 8  # letters of a word in which another consonant is another name, if both are established
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_REALMS = DIRECTIONS | {"national", "senate", "house", "congress"}


def is_another(a: Name, b: Name) -> bool:
    """Whether names that are spelled alike are two bodies' or two persons'."""
    return other_body(a, b) if a.group == ORG else other_person(a, b)


def other_person(a: Name, b: Name) -> bool:
    """Whether a part of a person's name is a form of no part of the other's (Orrin Tallow, Orrin Tarrow): lists spell
    one person so, by way of two alphabets; news pages name two."""
    if a.group != PERSON or (syllables(a) and syllables(b)):
        return False
    if OSA.normalized_similarity("".join(a.parts), "".join(b.parts)) > RUN_TOGETHER:
        return False
    short, full = sorted((a, b), key=lambda n: len(n.parts))
    is_fuller = sum(k != INITIAL for k in full.kinds) > sum(k != INITIAL for k in short.kinds)
    return any(not any(_is_form(part, other, is_fuller) for other in full.parts) for part in short.parts)


def _is_form(a: str, b: str, by_sound: bool) -> bool:
    """Whether two parts of persons' names are one: by sound, as initial, as short form or, if not `by_sound` alone (as
    where one name has a part more, which is doubt enough), but for a letter or two."""
    short, full = sorted((a, b), key=len)
    if skeleton(a) == skeleton(b) or len(short) == 1:
        return skeleton(a) == skeleton(b) or short == full[0]
    names = lexicon().nicknames
    if a in names and b in names:
        return names[a] == names[b]
    if len(short) >= SHORT_FORM and (full.startswith(short) or full.endswith(short)):
        return True
    bones = OSA.normalized_similarity(coarse_skeleton(a), coarse_skeleton(b))
    if by_sound:
        return bones == 1
    return bones >= SAME_BONES or any(OSA.normalized_similarity(f(a), f(b)) >= ALIKE for f in (str, phone))


def other_body(a: Name, b: Name) -> bool:
    """Whether two bodies' names differ in how many telling words or in which words of realm they have, in a code, or
    in what kind of body they are: one city's police and its bank, a university and its hospital."""
    if "".join(a.parts) == "".join(b.parts):
        return False
    one_word = (len(a.parts) == 1) != (len(b.parts) == 1)
    told = [{p for p in n.parts if p in _REALMS or not p.isalpha()} | _letter(n) for n in (a, b)]
    acronyms = [set(_CAPITALS.findall(n.surface)) for n in (a, b) if not n.surface.isupper()]
    if all(acronyms) and len(acronyms) == 2 and acronyms[0].isdisjoint(acronyms[1]):
        return True
    return len(a.core) != len(b.core) or one_word or told[0] != told[1] or _other_kind(a, b) or _other_word(a, b)


def _letter(name: Name) -> set[str]:
    """The letter at the end of a body's name, which tells it from its sisters."""
    return {name.parts[-1]} - {"s"} if len(name.parts[-1]) == 1 else set()


def _other_kind(a: Name, b: Name) -> bool:
    """Whether each name says of a kind of body what the other does not, or one says so behind the whole other, as a
    part or a product of it does."""
    lex, kinds = lexicon(), [{p for p, k in zip(n.parts, n.kinds, strict=True) if k == LIGHT} for n in (a, b)]
    if kinds[0] - kinds[1] and kinds[1] - kinds[0]:
        return True
    short, full = sorted((a, b), key=lambda n: len(n.parts))
    if short.core and lex.scopes.issuperset(short.core) and kinds[0] != kinds[1]:
        return True  # it is told by its place and its kind alone
    tail = full.parts[len(short.parts) :]
    if not tail or full.parts[: len(short.parts)] != short.parts:
        return False
    is_part = LIGHT in short.kinds and not lex.complements.issuperset(tail)
    return not lex.offshoots.isdisjoint(tail) or is_part


def _other_word(a: Name, b: Name) -> bool:
    """Whether a telling word of `a` is like none of `b`: lists spell a body in many ways, news pages name two."""
    told = [(x, y) for x in a.core for y in b.core]
    alike = token_scores(*zip(*told, strict=True)).reshape(len(a.core), -1) if told else np.ones((1, 1))
    return bool(min(alike.max(axis=axis).min() for axis in (0, 1)) <= ALIKE)


def held_apart(corpus: Corpus, company: Company, a: int, b: int) -> bool:
    """Whether a document means two by nodes that look alike: it writes each more than once, where a slip occurs once;
    they are full names of persons whose given names begin unlike, or of bodies that differ in a short word.

    Two documents do by persons who differ in a consonant of a short word, if each writes one more than once.
    """
    meetings = company.meetings(a, b)
    if not meetings:
        return corpus.established.issuperset((a, b)) and _other_consonant(corpus.nodes[a].name, corpus.nodes[b].name)
    repeated = any(corpus.repeated[number].issuperset((a, b)) for number in meetings)
    return _two_in_one_text(corpus.nodes[a].name, corpus.nodes[b].name, repeated)


def _other_consonant(a: Name, b: Name) -> bool:
    if a.group != PERSON or len(a.parts) != len(b.parts):
        return False
    differ = [(x, y) for x, y in zip(a.parts, b.parts, strict=True) if x != y]
    return any(max(len(x), len(y)) < SLIP and OSA.distance(x, y) == 1 and skeleton(x) != skeleton(y) for x, y in differ)


def _two_in_one_text(a: Name, b: Name, repeated: bool) -> bool:
    if a.group not in (PERSON, ORG) or set(a.parts) <= set(b.parts) or set(b.parts) <= set(a.parts):
        return False
    return repeated or (_given_apart(a, b) if a.group == PERSON else _other_short_word(a, b))


def _given_apart(a: Name, b: Name) -> bool:
    given_a, given_b = a.parts[0], b.parts[0]
    names = lexicon().nicknames
    related = names.get(given_a, given_a) == names.get(given_b, given_b)
    return len(a.parts) > 1 < len(b.parts) and not related and phone(given_a)[:1] != phone(given_b)[:1]


def _other_short_word(a: Name, b: Name) -> bool:
    words = [{stem(part) for part in name.parts} for name in (a, b)]
    differ = [sorted((x, y), key=len) for x in words[0] - words[1] for y in words[1] - words[0]]
    return len(differ) == 1 and all(
        len(long) < SLIP and phone(short) != phone(long) and not long.startswith(short) for short, long in differ
    )
