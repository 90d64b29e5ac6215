"""What is known before any document is read: countries, nationalities, bodies, and the user's own entities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.resolve.lexicon import DATA, read_tsv
from pipeline.resolve.names import LIGHT, NORP, ORG, PERSON, PLACE, Name, fold, group_of, parse_name

# What the news sets beside a known body's name to say what it is.
_DESCRIPTION = (
    r"(?:(?:armed|extremist|jihadist|militant|rebel|terror|terrorist) (?:group|movement|network|organi[sz]ation)"
    r"|movement|militia|news agency)"
)
_DESCRIBED = re.compile(rf"^{_DESCRIPTION} | {_DESCRIPTION}$")
_SHORT_ACRONYM = 3  # letters: a longer one may be written as a word ("Opec")
LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT"})


class KnowledgeError(ValueError):
    """A knowledge file that cannot be used; the message says where."""


@dataclass(frozen=True)
class KnownEntity:
    """One entity of a knowledge file; with `only_label`, found under its label alone (a state, not its team)."""

    name: str
    label: str
    country_code: str | None = None
    spellings: tuple[str, ...] = ()
    only_label: bool = False
    demonyms: tuple[str, ...] = ()  # words for what is of it; labelled as places they mean it


@dataclass(frozen=True)
class Knowledge:
    """Known entities and where their spellings lead. Build with `make_knowledge`."""

    entities: tuple[KnownEntity, ...] = ()
    by_key: dict[tuple[str, str], int] = field(default_factory=dict)
    by_text: dict[str, int] = field(default_factory=dict)
    nationality_of: dict[str, int] = field(default_factory=dict)  # folded nationality word -> country entity
    capitals: frozenset[str] = frozenset()  # folded spellings that are read in capitals alone ("LA", but not "La")

    def find(self, name: Name) -> int | None:
        """The number of the known entity that this name spells, if any.

        A nationality labelled as one (NORP) is an entity of its own; labelled as a place it means the country.
        """
        text = fold(name.surface).strip(" .")
        text = text.removeprefix("the ").removesuffix("'s")
        if text.replace(".", "") in self.capitals and not name.surface.isupper():
            return None
        found = self.by_key.get((name.group, name.key))
        if found is not None or (name.group == PERSON and len(name.parts) > 1 and not _says_kind(name)):
            return found
        if name.group == PLACE and text in self.nationality_of:
            return self.nationality_of[text]
        found = self.by_text.get(text)
        if found is None and name.group == ORG and (bare := _DESCRIBED.sub("", text)) != text:
            found = self.by_text.get(bare)
            found = None if found is None or self.entities[found].label != ORG else found
        if found is None and name.group == ORG:
            found = self._of_its_country(text)
        if found is None or name.group == NORP:
            return None
        known = group_of(self.entities[found].label)
        return None if known == NORP or (name.group == PERSON and known != ORG) else found

    def _of_its_country(self, text: str) -> int | None:
        """The known body that is named with its own country in front (U.S. Federal Reserve, Russian FSB)."""
        words = text.split(" ")
        for k in range(1, min(3, len(words))):
            owner, rest = " ".join(words[:k]).strip("."), " ".join(words[k:])
            country, body = self.nationality_of.get(owner, self.by_text.get(owner)), self.by_text.get(rest)
            if country is not None and body is not None:
                place, found = self.entities[country], self.entities[body]
                if place.label == "GPE" and found.label == ORG and place.country_code == found.country_code:
                    return body
        return None


def _says_kind(name: Name) -> bool:
    """Whether a name taken for a person's says of itself that it is a body (Central Press)."""
    return LIGHT in parse_name(name.surface, ORG).kinds


def make_knowledge(entities: Iterable[KnownEntity], nationality_of: dict[str, str] | None = None) -> Knowledge:
    """Index entities; the first to claim a spelling has it. `nationality_of`: nationality word -> country name."""
    listed = tuple(entities)
    by_key: dict[tuple[str, str], int] = {}
    by_text: dict[str, int] = {}
    for number, entity in enumerate(listed):
        for spelling in (entity.name, *entity.spellings):
            name = parse_name(spelling, entity.label)
            by_key.setdefault((name.group, name.key), number)
            if not entity.only_label:
                by_text.setdefault(fold(spelling).strip(" .").removeprefix("the "), number)
    numbers = {e.name: n for n, e in enumerate(listed)}
    nations = {fold(word): numbers[country] for word, country in (nationality_of or {}).items()}
    for number, entity in enumerate(listed):
        nations |= {fold(word): number for word in entity.demonyms}
    spelled = {s.replace(".", "") for entity in listed for s in (entity.name, *entity.spellings)}
    short = {s for s in spelled if len(s) <= _SHORT_ACRONYM}
    capitals = {fold(s) for s in short if s.isupper()} - {fold(s) for s in short if not s.isupper()}
    return Knowledge(listed, by_key, by_text, nations, frozenset(capitals))


def read_entities(path: Path) -> list[KnownEntity]:
    """The entities of a YAML file (see data/entities.yml); KnowledgeError names the entry that is wrong."""
    import yaml

    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: {error}") from None
    entities = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("name"), str) or row.get("label") not in LABELS:
            raise KnowledgeError(f"{path}: entry {number} needs a name and a label of {', '.join(sorted(LABELS))}")
        if unknown := set(row) - {"name", "label", "country", "spellings", "only_label", "demonyms", "ids"}:
            raise KnowledgeError(f"{path}: entry {number} ({row['name']}) has unknown {', '.join(sorted(unknown))}")
        spellings, demonyms = (tuple(map(str, row.get(key) or ())) for key in ("spellings", "demonyms"))
        only_label = row.get("only_label") is True
        entities.append(KnownEntity(row["name"], row["label"], row.get("country"), spellings, only_label, demonyms))
    return entities


def country_entities() -> tuple[list[KnownEntity], dict[str, str]]:
    """Countries and nationalities as entities, and nationality word -> country name."""
    import pycountry

    told = {row["code"]: row for row in read_tsv("countries.tsv")}
    entities, nations, nationality_of = [], [], {}
    iso = {c.alpha_2: c for c in pycountry.countries}
    for code in sorted(set(iso) | set(told)):
        row, country = told.get(code), iso.get(code)
        official = [getattr(country, a, None) for a in ("name", "official_name", "common_name")] if country else []
        spellings = [s for s in official if s and "," not in s]
        if row:
            spellings += row["spellings"].split("|") if row["spellings"] else []
            words = row["demonyms"].split("|") if row["demonyms"] else []
            nationality_of.update(dict.fromkeys(words, row["name"]))
            if words:
                nations.append(KnownEntity(words[0], "NORP", code, tuple(words[1:])))
        name = row["name"] if row else spellings[0] if spellings else iso[code].name
        entities.append(KnownEntity(name, "GPE", code, tuple(s for s in spellings if s != name)))
    return entities + nations, nationality_of


@cache
def shipped_knowledge() -> Knowledge:
    """Countries, nationalities and the shipped entities.yml."""
    countries, nationality_of = country_entities()
    return make_knowledge([*read_entities(DATA / "entities.yml"), *countries], nationality_of)


def load_knowledge(path: Path) -> Knowledge:
    """The user's file, if there is one, before the shipped knowledge: what it says first, holds."""
    if not path.exists():
        return shipped_knowledge()
    countries, nationality_of = country_entities()
    own = read_entities(path)
    return make_knowledge([*own, *read_entities(DATA / "entities.yml"), *countries], nationality_of)
