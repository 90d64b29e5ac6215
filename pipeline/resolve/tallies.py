"""How often each entity and each spelling is named: in how many documents and outlets, from which day to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.resolve.reading import ReadDocument
from pipeline.schema import conform, table_from_rows

_COUNTED: list[tuple[Any, str]] = [([], "count_all"), ("document", "count_distinct"), ("outlet", "count_distinct")]
_COUNTS = ("mention_count", "document_count", "outlet_count")


@dataclass(frozen=True)
class Named:
    """All mentions, a row each: mention_id, entity_id, alias, document and outlet (numbers), day, country."""

    mentions: pa.Table

    @classmethod
    def of(cls, read: Sequence[ReadDocument], node_of: Sequence[Sequence[int]], entity_of: Sequence[str]) -> Named:
        """`node_of` gives for each document the nodes of its mentions, `entity_of` the entity of each node."""
        sizes = np.array([len(nodes) for nodes in node_of], np.int64)
        nodes = np.fromiter(chain.from_iterable(node_of), np.int64, sizes.sum())
        outlets = pa.array([r.document.outlet_id or None for r in read], pa.string()).dictionary_encode().indices
        document = pa.array(np.repeat(np.arange(len(read)), sizes))
        return cls(pa.table({
            "mention_id": pa.array(chain.from_iterable(r.mention_ids for r in read), pa.string()),
            "entity_id": pa.array(entity_of, pa.string()).take(pa.array(nodes)),
            "alias": pa.array(chain.from_iterable(r.document.surfaces for r in read), pa.string()),
            "document": document,
            "outlet": outlets.take(document),
            "day": pa.array([r.day for r in read], pa.date32()).take(document),
            "country": pa.array((c or None for r in read for c in r.countries), pa.string()),
        }))  # fmt: skip

    def mention_entities(self) -> pa.Table:
        """The declared table."""
        return conform(self.mentions.sort_by("mention_id"), "mention_entities")

    def by_entity(self) -> dict[str, dict[str, Any]]:
        """The counts and days of every entity, in order of id, with the country that most of its mentions name."""
        days: list[tuple[Any, str]] = [("day", "min"), ("day", "max")]
        rows = self.mentions.group_by("entity_id").aggregate(_COUNTED + days).sort_by("entity_id")
        rows = rows.rename_columns(["entity_id", *_COUNTS, "first_seen", "last_seen"])
        told = self.mentions.group_by(["entity_id", "country"]).aggregate([([], "count_all")])
        votes = told.sort_by([("count_all", "descending"), ("country", "ascending")]).drop_null()
        country: dict[str, str] = {}
        for entity, code in zip(votes["entity_id"].to_pylist(), votes["country"].to_pylist(), strict=True):
            country.setdefault(entity, code)
        return {r["entity_id"]: r | {"country_code": country.get(r["entity_id"])} for r in rows.to_pylist()}

    def aliases(self, name_of: dict[str, str]) -> pa.Table:
        """The declared table; `name_of` gives each entity's name, its canonical spelling if any mention has it."""
        rows = self.mentions.group_by(["entity_id", "alias"]).aggregate(_COUNTED)
        rows = rows.rename_columns(["entity_id", "alias", *_COUNTS])
        listed = rows.sort_by([("entity_id", "ascending"), ("alias", "ascending")]).to_pylist()
        canonical: dict[str, tuple[bool, int, int, str]] = {}
        for row in listed:
            alias, entity = row["alias"], row["entity_id"]
            rank = (alias != name_of[entity], -row["mention_count"], -len(alias), alias)
            canonical[entity] = min(canonical.get(entity, rank), rank)
        return table_from_rows(
            "aliases", (r | {"is_canonical": canonical[r["entity_id"]][-1] == r["alias"]} for r in listed)
        )
