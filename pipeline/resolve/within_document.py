"""Who is meant by a short form, from the document alone: surnames, acronyms, shortened names of bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.resolve.lexicon import DIRECTIONS, lexicon
from pipeline.resolve.names import CORE, INITIAL, LIGHT, ORG, PERSON, PLACE, Name, fold
from pipeline.resolve.phonetics import phone, skeleton

_WORD = re.compile(r"[a-z0-9]+")
_TWO_PEOPLE = re.compile(r"\w+ ([\w.'’]+)[-–](\w+) \w+")  # a couple, a bout
_DOUBLE_NAME = 8  # letters of a double name in the middle of one person's (Young-Eon), at most
_JOINED = re.compile(r"(?:\band\b|[&,/:])")  # two bodies in one span, not one with a longer name
JUNIORS = frozenset({"jr", "junior", "ii", "iii", "iv"})
DEFINED_WITHIN = 3  # characters between a name and the acronym in brackets behind it
SHORT_BODY = "short form of a longer name in the document"
SHORTEST_INITIALS = 3  # letters by which a person may be called


@dataclass(frozen=True)
class Link:
    """Mention `mention` stands for the same as mention `target` of the document, for the reason `rule`."""

    mention: int
    target: int
    rule: str


@dataclass(frozen=True)
class Spot:
    """A mention in its document: the name, where it stands, and the first of the text behind it."""

    name: Name
    start: int
    end: int
    behind: str = ""


def between(a: Spot, b: Spot) -> str | None:
    """The text from one mention to another that stands close behind it, else None."""
    return a.behind[: b.start - a.end] if 0 <= b.start - a.end <= len(a.behind) else None


def is_no_person(name: Name) -> bool:
    """Whether what the tagger takes for a person is a couple in one span, or a thing that is named after someone."""
    if name.group != PERSON:
        return False
    lex, middle = lexicon(), _TWO_PEOPLE.match(name.surface)
    if middle and len(name.parts) > 3 and fold(middle[1]) not in lex.articles:  # Abdul-Karim is one part
        return len(middle[1]) + len(middle[2]) > _DOUBLE_NAME
    return len(name.parts) > 2 and not lex.namesakes.isdisjoint((name.parts[0], name.parts[-1]))


def is_full(name: Name) -> bool:
    """Whether a person's name has a given name or initial and a surname."""
    solid = sum(k == CORE for k in name.kinds)
    return not (name.is_title or is_no_person(name)) and (solid >= 2 or (solid == 1 and INITIAL in name.kinds))


def same_part(a: str, b: str) -> bool:
    """Whether two parts are one, allowing what one outlet's spelling varies within a text."""
    return a == b or (len(skeleton(a)) >= 3 and skeleton(a) == skeleton(b) and phone(a)[:1] == phone(b)[:1])


def is_junior(name: Name) -> bool:
    """Whether a generation mark says that an elder bears the name too."""
    return name.suffix in JUNIORS


def _nearest(mention: int, bearers: Sequence[int], spots: Sequence[Spot]) -> int | None:
    """The last bearer before the mention; else the bearer behind it, if all behind it share one name.

    A junior behind it is not meant: before he is named, the surname is another's.
    """
    before = [b for b in bearers if spots[b].start < spots[mention].start]
    if before:
        return before[-1]
    keys = {spots[b].name.key for b in bearers}
    return bearers[0] if len(keys) == 1 and not is_junior(spots[bearers[0]].name) else None


def link_surnames(spots: Sequence[Spot]) -> list[Link]:
    """Persons named by one part: the nearest full name that bears it as surname, or else as any part."""
    full = [i for i, s in enumerate(spots) if s.name.group == PERSON and is_full(s.name)]
    juniors = [f for f in full if is_junior(spots[f].name)]
    lone = {s.name.parts[0]: s.start for s in reversed(spots) if len(s.name.parts) == 1}
    links = []
    for i, spot in enumerate(spots):
        if spot.name.group not in (PERSON, ORG) or len(spot.name.parts) != 1 or spot.name.is_acronym:
            continue
        part = spot.name.parts[0]
        among = juniors if is_junior(spot.name) else full
        bearers = [f for f in among if same_part(part, spots[f].name.parts[-1])]
        if (
            among is full
            and bearers
            and all(is_junior(spots[b].name) for b in bearers)
            and spots[bearers[0]].start > lone[part]
        ):
            continue  # an elder's, whom all readers know: it stood alone before the junior was named
        rule = "surname of a full name in the document"
        if not bearers and spot.name.group == PERSON:
            bearers = [f for f in among if any(part == p for p in spots[f].name.core)]
            rule = "part of a full name in the document"
        target = _nearest(i, bearers, spots) if bearers else None
        if target is not None:
            links.append(Link(i, target, rule))
    return links


def _offices(name: Name) -> tuple[set[str], set[str]]:
    """The roles in a person's titles (or in a name that is a title alone), and the countries beside them."""
    lex = lexicon()
    words = {*name.titles, *(name.parts if name.is_title else ())}
    return words & lex.roles, {lex.nations.get(w, w) for w in words if w in lex.nations or w in lex.nations.values()}


def link_titles(spots: Sequence[Spot]) -> list[Link]:
    """Persons named by office alone: the name beside it, else the only person of the document who holds the office."""
    links = []
    persons = [i for i, s in enumerate(spots) if s.name.group == PERSON and not s.name.is_title]
    offices = {i: _offices(spots[i].name) for i in persons}
    for i, spot in enumerate(spots):
        if not spot.name.is_title:
            continue
        roles, countries = _offices(spot.name)
        bearers = [p for p in persons if roles <= offices[p][0] and not (countries and offices[p][1] - countries)]
        beside = [p for p in persons if between(spot, spots[p]) in (" ", ", ")]
        if beside or len({spots[b].name.parts[-1] for b in bearers}) == 1:
            links.append(Link(i, (beside or bearers)[0], "office of a person in the document"))
    return links


def _shortens(short: Name, full: Name) -> bool:
    """Whether `short` is the end of `full`, with a telling part, or its beginning before words of its kind."""
    a, b = short.parts, full.parts
    if len(a) >= len(b) or short.is_acronym or CORE not in short.kinds or _JOINED.search(full.surface):
        return False
    if b[-len(a) :] == a:  # but Canada's bank is complete, and no short form of a royal one
        return not (LIGHT in short.kinds and lexicon().scopes.issuperset(short.core))
    return b[: len(a)] == a and lexicon().trades.issuperset(b[len(a) :])


def _is_national(short: Name, full: Name) -> bool:
    """Whether `short` says of what kind a body is, in several words, and `full` whose it is (U.S. Air Force)."""
    several = len(short.parts) > 1 and all(k == LIGHT for k in short.kinds)
    return several and full.parts[1:] == short.parts and full.parts[0] in lexicon().scopes - DIRECTIONS


def link_short_bodies(spots: Sequence[Spot]) -> list[Link]:
    """Shortened names of organisations: the nearest longer name that ends in the short one.

    A name that only says of what kind a body is means the only country's body of the kind.
    """
    places: dict[Name, list[int]] = defaultdict(list)
    for i, spot in enumerate(spots):
        if spot.name.group == ORG:
            places[spot.name].append(i)
    sharing: dict[str, set[Name]] = defaultdict(set)  # names by their first and last words
    for name in places:
        sharing[name.parts[0]].add(name)
        sharing[name.parts[-1]].add(name)
    links = []
    for short, mentions in places.items():
        alike = sharing[short.parts[0]] | sharing[short.parts[-1]]
        longer = sorted(i for full in alike if _shortens(short, full) for i in places[full])
        national = sorted(i for full in alike if _is_national(short, full) for i in places[full])
        only = national[:1] if not longer and len({spots[b].name.key for b in national}) == 1 else []
        for i in mentions:
            target = _nearest(i, longer, spots) if longer else next(iter(only), None)
            if target is not None:
                links.append(Link(i, target, SHORT_BODY))
    return links


def link_halves(spots: Sequence[Spot]) -> list[Link]:
    """The North of a divided country, where the document names that half in full."""
    lex = lexicon()
    halves: dict[str, list[int]] = defaultdict(list)
    for i, spot in enumerate(spots):
        if spot.name.group == PLACE and len(spot.name.parts) == 2 and spot.name.parts[1] in lex.divided:
            halves[spot.name.parts[0]].append(i)
    links = []
    for i, spot in enumerate(spots):
        full = halves[spot.name.key] if spot.name.group == PLACE and spot.name.key in DIRECTIONS else []
        if len({spots[h].name.key for h in full}) == 1:
            links.append(Link(i, full[0], "half of a divided country that the document names"))
    return links


def link_acronyms(spots: Sequence[Spot]) -> list[Link]:
    """Acronyms whose full name stands in the document: behind it in brackets, or anywhere when the initials agree.

    A person may be called by initials too, or the tagger have taken a body for one.
    """
    by_acronym: dict[str, list[int]] = defaultdict(list)
    for i, spot in enumerate(spots):
        for acronym in (*spot.name.acronyms, *_initials(spot.name)):
            by_acronym[acronym].append(i)
    links = []
    for i, spot in enumerate(spots):
        if not spot.name.is_acronym:
            continue
        people = spot.name.group == PERSON
        spelled = [b for b in by_acronym.get(spot.name.key, ()) if people or spots[b].name.group != PERSON]
        defined = [b for b in spelled if _is_definition(spots[b], spot)]
        # In brackets right behind the name it may leave out a word of it ("Centre for Roads, Tolls and Bridges (CRB)").
        if not defined and i and _is_definition(spots[i - 1], spot):
            defined = [i - 1] if _leaves_out(spot.name, spots[i - 1].name) else []
        if defined or (spelled and len(spot.name.key) >= 3):
            target = (defined or spelled)[0]
            links.append(Link(i, target, "acronym of a name in the document"))
    return links


def _initials(person: Name) -> tuple[str, ...]:
    """What a person is called by initials: those of all words of a long name."""
    initials = "".join(word[0] for word in _WORD.findall(fold(person.surface)))
    return (initials,) if person.group == PERSON and len(initials) >= SHORTEST_INITIALS else ()


def _leaves_out(short: Name, full: Name) -> bool:
    """Whether the letters of an acronym are initials of a body's words, the first among them, in their order."""
    initials = "".join(word[0] for word in fold(full.surface).split())
    letters = fold(short.surface).replace(".", "")
    rest = iter(initials)
    in_order = initials[:1] == letters[:1] and all(letter in rest for letter in letters)
    return full.group != PERSON and len(letters) >= 3 and in_order


def _is_definition(full: Spot, short: Spot) -> bool:
    gap = between(full, short) or ""
    return len(gap) <= DEFINED_WITHIN and "(" in gap


def link_document(spots: Sequence[Spot]) -> list[Link]:
    """The links of one document, at most one a mention, none in a circle. Spots are in the order of the text."""
    taken: dict[int, Link] = {}
    readings = (link_acronyms, link_surnames, link_titles, link_short_bodies, link_halves)
    for link in chain.from_iterable(read(spots) for read in readings):
        at, seen = link.target, {link.mention}
        while at in taken and at not in seen:
            seen.add(at)
            at = taken[at].target
        if link.mention not in taken and at not in seen:
            taken[link.mention] = link
    return [taken[m] for m in sorted(taken)]
