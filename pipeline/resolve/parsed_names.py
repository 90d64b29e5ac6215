"""Names taken apart, kept for later runs: reading one back costs a sixth of taking it apart again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyarrow as pa

from pipeline.resolve.names import REMEMBERED, Name, group_of, parse_name
from pipeline.schema import arrow_schema

_LISTS = ("parts", "titles", "acronyms")  # words, a blank between


def parsed_names(spelled: Iterable[tuple[str, str]]) -> pa.Table:
    """The declared table for these (surface, label) pairs; without names that have a blank within a word."""
    pairs = sorted({(surface, group_of(label)) for surface, label in spelled})
    names = [name for name in (parse_name(*pair) for pair in pairs) if not any(" " in part for part in name.parts)]
    columns = [
        [n.surface for n in names], [n.group for n in names],
        *([" ".join(getattr(n, what)) for n in names] for what in _LISTS),
        ["".join(map(str, n.kinds)) for n in names], [n.suffix for n in names], [n.is_acronym for n in names],
    ]  # fmt: skip
    schema = arrow_schema("parsed_names")
    return pa.table([pa.array(v, t) for v, t in zip(columns, schema.types, strict=True)], schema=schema)


def remember_names(parsed: pa.Table) -> None:
    """Take these as what `parse_name` answers. Only for tables that the same code wrote."""
    surfaces, groups, parts, titles, acronyms, kinds, suffixes, flags = (c.to_pylist() for c in parsed.columns)
    lists = ([tuple(words.split(" ")) if words else () for words in column] for column in (parts, titles, acronyms))
    told = zip(surfaces, groups, *lists, kinds, suffixes, flags, strict=True)
    for surface, group, words, before, initials, kind, suffix, is_acronym in told:
        name = Name(surface, group, words, _kinds(kind), before, suffix, is_acronym, initials)
        REMEMBERED[surface, group] = name


@cache
def _kinds(digits: str) -> tuple[int, ...]:
    return tuple(map(int, digits))
