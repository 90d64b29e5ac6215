"""What sets two look-alikes apart in the news, though a list might spell one so: branches, products, namesakes."""

from __future__ import annotations

import re

import numpy as np

from pipeline.resolve.company import Company
from pipeline.resolve.corpus import Corpus
from pipeline.resolve.lexicon import DIRECTIONS, lexicon
from pipeline.resolve.names import LIGHT, ORG, PERSON, Name
from pipeline.resolve.phonetics import phone
from pipeline.resolve.token_similarity import token_scores

ALIKE = 0.7  # likeness of two words that may be one
_TWO_PEOPLE = re.compile(r"\w+ [\w.'’]+[-–]\w+ \w+")  # a couple, a bout
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_REALMS = DIRECTIONS | {"national", "senate", "house", "congress"}


def is_no_person(name: Name) -> bool:
    """Whether what the tagger takes for a person is a couple in one span, or a thing that is named after someone."""
    after = len(name.parts) > 2 and name.parts[-1] in lexicon().namesakes
    return name.group == PERSON and (after or bool(_TWO_PEOPLE.match(name.surface)))


def other_body(a: Name, b: Name) -> bool:
    """Whether two bodies' names differ in how many telling words or in which words of realm they have, in a code, or
    in what kind of body they are: one city's police and its bank, a university and its hospital."""
    if "".join(a.parts) == "".join(b.parts):
        return False
    one_word = (len(a.parts) == 1) != (len(b.parts) == 1)
    told = [{p for p in n.parts if p in _REALMS or not p.isalpha()} for n in (a, b)]
    acronyms = [set(_CAPITALS.findall(n.surface)) for n in (a, b) if not n.surface.isupper()]
    if all(acronyms) and len(acronyms) == 2 and acronyms[0].isdisjoint(acronyms[1]):
        return True
    return len(a.core) != len(b.core) or one_word or told[0] != told[1] or _other_kind(a, b) or _other_word(a, b)


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
    """Whether a document means two by nodes that look alike: it writes each more than once, where a slip occurs once,
    or they are full names of persons whose given names begin unlike."""
    meetings = company.meetings(a, b)
    repeated = any(corpus.repeated[number].issuperset((a, b)) for number in meetings)
    return bool(meetings) and _two_in_one_text(corpus.nodes[a].name, corpus.nodes[b].name, repeated)


def _two_in_one_text(a: Name, b: Name, repeated: bool) -> bool:
    if a.group not in (PERSON, ORG) or set(a.parts) <= set(b.parts) or set(b.parts) <= set(a.parts):
        return False
    return repeated or (a.group == PERSON and _given_apart(a, b))


def _given_apart(a: Name, b: Name) -> bool:
    given_a, given_b = a.parts[0], b.parts[0]
    names = lexicon().nicknames
    related = names.get(given_a, given_a) == names.get(given_b, given_b)
    return len(a.parts) > 1 < len(b.parts) and not related and phone(given_a)[:1] != phone(given_b)[:1]
