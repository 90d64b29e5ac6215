"""The published tables as FollowTheMoney entities (https://followthemoney.tech), one JSON object a line, for Aleph.

Pages become Article, mentions Mention, entities Person, Organization, Address or Event. Offsets are kept as the
mention's `start` and `end`, beside its properties (FollowTheMoney has none for them): code points of the article's
bodyText, end-exclusive. The library is the optional extra `ftm`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from pipeline.warehouse import atomic
from pipeline.warehouse.query import open_warehouse, stream_rows

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

FILE = "entities.ftm.json"
# A nationality (NORP) is nothing that FollowTheMoney knows: such entities are left out, and counted.
SCHEMATA = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Address",
    "LOC": "Address",
    "FAC": "Address",
    "EVENT": "Event",
}
_RESOLVABLE = {"Person", "Organization"}  # what Mention.resolved may point to

_ENTITIES = """
select entity_id, name, label, country_code, mention_count, document_count,
    (
        select list(alias order by alias) from aliases
        where aliases.entity_id = entities.entity_id and not aliases.is_canonical
    ) as aliases
from entities order by entity_id
"""
_DOCUMENTS = """
select documents.*, outlets.name as outlet_name
from documents left join outlets using (outlet_id) order by document_id
"""
_MENTIONS = """
select mention_id, document_id, block_no, start, "end", surface, label, country_code, entity_id
from mentions order by document_id, start
"""


class LibraryMissingError(RuntimeError):
    """followthemoney is not installed."""


def write_ftm(warehouse: Path, folder: Path) -> Counter[str]:
    """Write <folder>/entities.ftm.json from a published warehouse; returns how many of each schema.

    Entities that no schema fits are counted under `left out: <label>`. Raises LibraryMissingError, and
    FileNotFoundError when there is no warehouse.
    """
    try:
        import followthemoney
    except ImportError as error:
        raise LibraryMissingError("FollowTheMoney is not installed: pip install 'dramatis[ftm]'") from error
    written: Counter[str] = Counter()
    with (
        open_warehouse(warehouse) as con,
        atomic.replacing(folder / FILE) as path,
        path.open("w", encoding="utf-8") as stream,
    ):
        for row in stream_rows(con, _ENTITIES):
            if row["label"] not in SCHEMATA:
                written[f"left out: {row['label']}"] += 1
                continue
            proxy = followthemoney.model.make_entity(SCHEMATA[row["label"]])
            _write(stream, _fill_entity(proxy, row), written)
        for row in stream_rows(con, _DOCUMENTS):
            _write(stream, _fill_article(followthemoney.model.make_entity("Article"), row), written)
        for row in stream_rows(con, _MENTIONS):
            _write(stream, _fill_mention(followthemoney.model.make_entity("Mention"), row), written)
    return written


def _fill_entity(proxy: EntityProxy, row: Mapping[str, Any]) -> EntityProxy:
    proxy.id = row["entity_id"]
    proxy.add("name", row["name"])
    proxy.add("country", row["country_code"])
    if proxy.schema.name == "Address":
        proxy.add("full", row["name"])
    for alias in row["aliases"] or []:
        # A surname alone would match every bearer of it.
        is_weak = proxy.schema.name == "Person" and " " not in alias
        proxy.add("weakAlias" if is_weak else "alias", alias)
    proxy.context.update(mention_count=row["mention_count"], document_count=row["document_count"])
    return proxy


def _fill_article(proxy: EntityProxy, row: Mapping[str, Any]) -> EntityProxy:
    proxy.id = row["document_id"]
    published = row["published_at"] or row["published_date"]
    stated = {
        "fileName": row["source_path"],
        "title": row["title"],
        "author": row["byline"],
        "publishedAt": published and published.isoformat(),
        "language": row["language"],
        "encoding": row["encoding"],
        "mimeType": row["media_type"],
        "sourceUrl": row["url"],
        "publisher": row["outlet_name"],
    }
    for name, value in stated.items():
        proxy.add(name, value)
    proxy.add("bodyText", row["raw_text"], cleaned=True)  # verbatim: offsets count its characters
    return proxy


def _fill_mention(proxy: EntityProxy, row: Mapping[str, Any]) -> EntityProxy:
    schema = SCHEMATA.get(row["label"])
    proxy.id = row["mention_id"]
    proxy.add("document", row["document_id"])
    proxy.add("name", row["surface"])
    proxy.add("detectedSchema", schema)
    proxy.add("contextCountry", row["country_code"])
    if schema in _RESOLVABLE:
        proxy.add("resolved", row["entity_id"])
    proxy.context.update(start=row["start"], end=row["end"], block_no=row["block_no"], entity_id=row["entity_id"])
    return proxy


def _write(stream: TextIO, proxy: EntityProxy, written: Counter[str]) -> None:
    stream.write(json.dumps(proxy.to_dict(), ensure_ascii=False) + "\n")
    written[proxy.schema.name] += 1
