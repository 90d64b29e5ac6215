"""All mentions of all days to entities; nothing is done when neither names, documents, rules nor overrides changed."""

from __future__ import annotations

import hashlib
from importlib.metadata import version as distribution_version
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from assets.report import Report
from assets.settings import Settings
from assets.stages.versions import clean_version, mentions_version
from pipeline.versions import room_sha256, version_of
from pipeline.warehouse.lake import Lake

if TYPE_CHECKING:
    from pipeline.resolve import NameMemory

GROUP = "resolution"  # the tables below are switched to a new version together
COMPARED = "compared"  # says which code has compared the names of a resolution
RESOLVED = ("mention_entities", "entities", "aliases", "alias_evidence", "entity_redirects", "review_pairs")
MEMORY = ("compared_names", "name_keys", "name_pairs")  # names once compared, for the next resolution
PARSED = "parsed_names"  # and once taken apart
_TABLES = (
    *RESOLVED,
    *MEMORY,
    PARSED,
    "document_duplicates",
    "name_entities",
    "entity_births",
)  # all that a resolution writes


def resolution_version(settings: Settings, lake: Lake) -> str:
    """A name for the inputs of a resolution: mentions and documents by part, rules, knowledge, overrides."""
    cleaned, found = clean_version(), mentions_version(settings.model)
    parts = [p for name, v in (("documents", cleaned), ("mentions", found)) for p in lake.paths(name, version=v)]
    names = [lake.part_name(path) for path in parts]
    return version_of(
        room_sha256("resolve"),
        room_sha256("clean"),
        cleaned,
        found,
        _content(settings.knowledge),
        _content(settings.overrides),
        *names,
    )


def is_resolved(settings: Settings, lake: Lake) -> bool:
    """Whether the entities speak for all mentions, rules and overrides there are, and nothing older is left."""
    version = resolution_version(settings, lake)
    return lake.committed(GROUP) == version and all(lake.holds_only(name, version) for name in _TABLES)


def resolve(settings: Settings, run_id: str, report: Report) -> bool:
    """Bring duplicates and entities up to date; False when they were."""
    lake = Lake(settings.home)
    version = resolution_version(settings, lake)
    with report.step("resolve") as step:
        is_new = lake.committed(GROUP) != version
        step.close(_resolve(settings, lake, version, run_id) if is_new else "nothing new")
        for name in _TABLES:
            lake.retire(name, keep_version=version)
    return is_new


def _resolve(settings: Settings, lake: Lake, version: str, run_id: str) -> str:
    from pipeline.clean import find_duplicates
    from pipeline.resolve import ResolutionState, load_knowledge, load_overrides, resolve_mentions

    overrides, knowledge = load_overrides(settings.overrides), load_knowledge(settings.knowledge)
    mentions = lake.read("mentions", version=mentions_version(settings.model))
    previous = ResolutionState.empty()
    if (before := lake.committed(GROUP)) is not None:  # what a killed run left uncommitted does not count
        previous = ResolutionState(**{name: lake.read(name, version=before) for name in ResolutionState._fields})
    # Of the documents each step takes the columns it needs: their texts are most of what is in memory here.
    duplicates = find_duplicates(_documents(lake, ["clean_text"]))
    columns = ["document_id", "published_date", "ingest_date", "outlet_id", "raw_text"]
    documents = lake.scan("documents", columns, version=clean_version())
    compared = _compared(lake, before)
    resolution = resolve_mentions(mentions, documents, previous, overrides, knowledge, run_id, compared)
    tables = {
        "document_duplicates": duplicates,
        **resolution.state._asdict(),
        **{name: getattr(resolution, name) for name in RESOLVED},
        **resolution.compared.tables(),
        PARSED: resolution.parsed_names,
    }
    for name, data in tables.items():
        lake.write(name, data, version=version, key="all")
    lake.commit(COMPARED, _compared_by(version))
    lake.commit(GROUP, version)  # last: it says that the resolution is done
    entities, aliases = resolution.entities.num_rows, resolution.aliases.num_rows
    return f"{entities:,} entities under {aliases:,} spellings; {duplicates.num_rows:,} documents repeat a story"


def _compared(lake: Lake, version: str | None) -> NameMemory | None:
    """The names that the run before has compared and, as a side effect, taken apart; None when other code did."""
    from pipeline.resolve import NameMemory, remember_names

    if version is None or lake.committed(COMPARED) != _compared_by(version):
        return None
    remember_names(lake.read(PARSED, version=version))
    return NameMemory.from_tables(*(lake.read(name, version=version) for name in MEMORY))


def _compared_by(version: str) -> str:
    libraries = (distribution_version(name) for name in ("anyascii", "numpy", "rapidfuzz"))
    return version_of(version, room_sha256("resolve"), *libraries)


def _documents(lake: Lake, columns: list[str]) -> pa.Table:
    return lake.read("documents", ["document_id", "published_date", "ingest_date", *columns], version=clean_version())


def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
