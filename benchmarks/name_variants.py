"""Pairs of names made by rule, to learn from beside those of lists: how names vary anywhere, whatever list they are on.

Lists of sanctioned names have few initials, slips of the pen and ordinary words. Each name here is varied as
newspapers, authors' lists and registers vary names, and set beside names that differ from it in what tells people and
bodies apart: another middle initial, another given name, another telling word.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.names import CORE, ORG, PERSON, Name
from pipeline.resolve.rarity import properness

Variant = tuple[str, str, bool]  # a name, another, whether they are one
_LETTERS = "abcdefghijklmnoprstuvz"
_INITIALS = "ABCDEFGHJKLMNPRSTVYZ"
_ORDINARY = 0.8  # properness of a word that stands for itself in a made-up body's name, at most


def _slip(word: str, rng: random.Random) -> str:
    """A word of more than two letters with one letter lost, added, changed, doubled or exchanged for its neighbour."""
    at, letter = rng.randrange(1, len(word)), rng.choice(_LETTERS)
    ways = (
        word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :],
        word[:at] + word[at - 1] + word[at:], word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )  # fmt: skip
    return rng.choice(ways).title()


def _person(parts: Sequence[str], given: Sequence[str], rng: random.Random) -> Iterator[Variant]:
    """Variants of a person's name; `given`: given names of others."""
    *first, last = (part.title() for part in parts)
    full, initials = " ".join((*first, last)), [f"{part[0]}." for part in first]
    yield full, " ".join((*initials, last)), True
    yield full, " ".join((last, *first)), True
    other = rng.choice(given).title()
    if other != first[0]:
        yield full, " ".join((other, *first[1:], last)), False
    if other[0] != first[0][0]:
        yield full, " ".join((f"{other[0]}.", *(first[1:] if rng.random() < 0.5 else ()), last)), False
    at = rng.randrange(len(parts))
    if len(parts[at]) > 4:
        yield full, " ".join((*(p.title() for p in parts[:at]), _slip(parts[at], rng), *parts[at + 1 :])), True
    yield from (_two_given if len(first) > 1 else _one_given)(first, last, other, rng)


def _two_given(first: list[str], last: str, _: str, rng: random.Random) -> Iterator[Variant]:
    """A middle name, its initial, neither, and another's."""
    one, two = first[0], first[1]
    full, initials = " ".join((*first, last)), [f"{part[0]}." for part in first]
    yield full, " ".join((one, f"{two[0]}.", *first[2:], last)), True
    yield full, f"{''.join(initials)} {last}", True
    yield full, " ".join((one + two.lower(), *first[2:], last)), True
    yield f"{one} {last}", " ".join((*initials, last)), True
    wrong = rng.choice(_INITIALS)
    if wrong != two[0]:
        yield f"{one} {two[0]}. {last}", f"{one} {wrong}. {last}", False
        yield full, f"{one} {wrong}. {last}", False
        yield " ".join((*initials, last)), f"{one[0]}. {wrong}. {last}", False


def _one_given(first: list[str], last: str, other: str, rng: random.Random) -> Iterator[Variant]:
    """The same with middle initials made up."""
    right, wrong = rng.sample(_INITIALS, 2)
    middle = f"{first[0]} {right}. {last}"
    yield middle, f"{first[0]} {last}", True
    yield middle, f"{first[0][0]}. {right}. {last}", True
    yield middle, f"{first[0]} {wrong}. {last}", False
    yield middle, f"{first[0][0]}. {wrong}. {last}", False
    yield middle, f"{first[0]} {other} {last}", other[0] == right


def _body(parts: Sequence[str], others: Sequence[str], rng: random.Random) -> Iterator[Variant]:
    """Variants of a body's name; `others`: telling words of others."""
    lex = lexicon()
    words = [part.title() for part in parts]
    telling = [i for i, p in enumerate(parts) if p not in lex.generic and p not in lex.scopes and len(p) > 2]
    if not telling:
        return
    full, at = " ".join(words), rng.choice(telling)
    for changed in ([at], telling if len(telling) > 1 else [at]):
        other = [rng.choice(others).title() if i in changed else word for i, word in enumerate(words)]
        if not set(other) & {words[i] for i in changed}:
            yield full, " ".join(other), False
    if len(parts[at]) > 4:
        yield full, " ".join((*words[:at], _slip(parts[at], rng), *words[at + 1 :])), True
    if len(words) > 1:
        j = rng.randrange(len(words) - 1)
        yield full, " ".join((*words[:j], words[j] + words[j + 1].lower(), *words[j + 2 :])), True
        if len(words) > 2:
            yield full, " ".join((*words[:j], words[j + 1], words[j], *words[j + 2 :])), True
            yield full, "".join(word[0] for word in words).upper(), True


def _kinds() -> list[str]:
    """Words for kinds and trades of bodies."""
    return sorted(kind for kind in set(lexicon().generic.values()) if len(kind) > 3)


def _made_bodies(ordinary: Sequence[str], count: int, rng: random.Random) -> Iterator[list[str]]:
    """Names of bodies as newspapers are full of: a nation (N), ordinary words (W) and a kind of body (G)."""
    kinds = {"N": sorted(lexicon().nations), "W": ordinary, "G": _kinds()}
    for _ in range(count):
        yield [rng.choice(kinds[kind]) for kind in rng.choice(("NWG", "NWWG", "WWG", "GWN", "WG", "WWWG"))]


def _other_kind(parts: Sequence[str], kinds: Sequence[str], rng: random.Random) -> Iterator[Variant]:
    """A made-up body and one of another kind or trade. (Lists call one firm Trading, Group and Company.)"""
    at = rng.choice([i for i, part in enumerate(parts) if part in kinds])
    other = [rng.choice(kinds) if i == at else part for i, part in enumerate(parts)]
    if other != parts:
        yield " ".join(parts).title(), " ".join(other).title(), False


def _is_plain(name: Name) -> bool:
    """Whether rules can vary a name: two to six parts in letters, for a person four of the name itself at most."""
    if name.group == PERSON:
        return 2 <= len(name.parts) <= 4 and set(name.kinds) == {CORE} and min(map(len, name.parts)) > 2
    return 2 <= len(name.parts) <= 6 and not name.is_acronym and CORE in name.kinds


def variants(entities: Iterable[Sequence[Name]], group: str) -> list[tuple[int, Variant]]:
    """Variants of one name of each entity, with the entity's number; made-up bodies are numbered on from the last."""
    rng = random.Random(0)
    plain = [[n for n in names if n.surface.isascii() and _is_plain(n)] for names in entities]
    chosen: list[tuple[int, Sequence[str]]] = [(i, rng.choice(names).parts) for i, names in enumerate(plain) if names]
    if group == PERSON:
        given = sorted({parts[0] for _, parts in chosen})
        return [(i, variant) for i, parts in chosen for variant in _person(parts, given, rng)]
    words = sorted({p for names in plain for n in names for p in n.core if len(p) > 3})
    ordinary = [word for word in words if properness(word, ORG) < _ORDINARY]
    made = list(enumerate(_made_bodies(ordinary, len(chosen), rng), len(plain)))
    found = [(i, variant) for i, parts in made for variant in _other_kind(parts, _kinds(), rng)]
    return found + [(i, variant) for i, parts in chosen + made for variant in _body(parts, words + ordinary, rng)]
