"""The word lists and spelling rules of name comparison, read once from this room's data files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FORMAL = frozenset({"republic", "federation", "kingdom", "state", "union", "sultanate", "commonwealth", "emirate"})
DIRECTIONS = frozenset({"north", "south", "east", "west", "middle", "central"})
DATA = Path(__file__).parent / "data"


def read_tsv(name: str) -> list[dict[str, str]]:
    """The rows of a data file: tab-separated, `#` lines are comments, the first other line names the columns."""
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


@dataclass(frozen=True)
class Lexicon:
    """Word classes. Keys are folded lower-case words."""

    honorifics: frozenset[str]
    roles: frozenset[str]
    portfolios: frozenset[str]
    articles: frozenset[str]
    kinship: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    before_din: frozenset[str]  # first halves of Arabic names in al-Din; elsewhere Deen is a surname
    leading_surnames: frozenset[str]  # East Asian surnames, which stand first at home
    divided: frozenset[str]  # countries whose halves are called the North and the South, the East and the West
    legal_forms: frozenset[str]
    stopwords: frozenset[str]
    generic: dict[str, str]  # word -> canonical word
    place_words: dict[str, str]  # the same for places
    trades: frozenset[str]  # canonical words behind a body's name that are left out when it is named again
    complements: frozenset[str]  # these, and others that may be left out
    affairs: frozenset[str]  # words behind what a ministry is for that say no more
    offshoots: frozenset[str]  # canonical words behind a body's name that make it another's: its press, its fair
    no_office: frozenset[str]  # words in front of a name that tell of no office
    namesakes: frozenset[str]  # things that are named after people
    nations: dict[str, str]  # nationality word -> country, where both are one word
    formal_countries: dict[str, str]  # a country's formal name -> its name, where that is one word
    scopes: frozenset[str]  # countries of one word, and directions
    nicknames: dict[str, str]  # short or national form -> given name
    common_parts: frozenset[str]  # name parts that very many people bear


def _nations() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for row in read_tsv("countries.tsv"):
        for word in filter(str.isascii, row["demonyms"].lower().split("|")):
            found.setdefault(word, set()).add(row["name"].lower())
    return {
        word: country for word, (country, *others) in ((w, sorted(c)) for w, c in found.items())
        if not others and word.isalpha() and country.isalpha() and country.isascii()
    }  # fmt: skip


def _formal_countries() -> dict[str, str]:
    found = {
        spelled.lower(): row["name"].lower()
        for row in read_tsv("countries.tsv") for spelled in row["spellings"].split("|")
        if row["name"].isalpha() and _FORMAL & set(spelled.lower().split()) and " " in spelled
    }  # fmt: skip
    ambiguous = {"islamic republic", "republic of china"}
    return {k: v for k, v in found.items() if k not in ambiguous} | {"democratic people's republic of korea": "korea"}


@cache
def lexicon() -> Lexicon:
    """The shipped word lists."""
    classes: dict[str, set[str]] = {}
    for row in read_tsv("name_words.tsv"):
        classes.setdefault(row["class"], set()).add(row["word"])
    org: dict[str, dict[str, str]] = {
        "legal": {},
        "stop": {},
        "generic": {},
        "place": {},
        "trade": {},
        "complement": {},
        "offshoot": {},
        "affairs": {},
    }
    for row in read_tsv("org_words.tsv"):
        org[row["class"]][row["word"]] = row["canon"]
    return Lexicon(
        honorifics=frozenset(classes["honorific"]),
        roles=frozenset(classes["role"]),
        portfolios=frozenset(classes["portfolio"]),
        articles=frozenset(classes["article"]),
        kinship=frozenset(classes["kinship"]),
        particles=frozenset(classes["particle"]),
        suffixes=frozenset(classes["suffix"]),
        before_din=frozenset(classes["before_din"]),
        leading_surnames=frozenset(classes["surname_first"]),
        divided=frozenset(classes["divided"]),
        legal_forms=frozenset(org["legal"]),
        stopwords=frozenset(org["stop"]),
        generic=org["generic"],
        place_words=org["place"],
        trades=frozenset(org["trade"]),
        complements=frozenset({*org["trade"], *org["complement"]}),
        affairs=frozenset(org["affairs"]),
        offshoots=frozenset(org["offshoot"]),
        no_office=frozenset(classes["no_office"]),
        namesakes=frozenset(classes["namesake"]),
        nations=_nations(),
        formal_countries=_formal_countries(),
        scopes=frozenset({*_nations().values(), *DIRECTIONS, "us", "uk", "korea"}),
        nicknames={
            form: row["name"] for row in read_tsv("nicknames.tsv") for form in (row["name"], *row["forms"].split("|"))
        },
        common_parts=frozenset(row["word"] for row in read_tsv("common_name_parts.tsv")),
    )
