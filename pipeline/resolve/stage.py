"""The resolution stage: mentions and documents in, entities, aliases and their evidence out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.resolve.canonical import canonical_name, link_evidence, short_form_evidence
from pipeline.resolve.corpus import Corpus, Node, build_corpus
from pipeline.resolve.identity import Identities, assign_ids
from pipeline.resolve.knowledge import Knowledge, shipped_knowledge
from pipeline.resolve.linking import link_nodes
from pipeline.resolve.name_pairs import NameMemory
from pipeline.resolve.names import parse_name
from pipeline.resolve.overrides import Overrides
from pipeline.resolve.parsed_names import parsed_names
from pipeline.resolve.reading import read_documents
from pipeline.resolve.review import review_rows
from pipeline.resolve.tallies import Named
from pipeline.resolve.user_decisions import split_off
from pipeline.schema import empty_table, table_from_rows


class ResolutionState(NamedTuple):
    """What one run hands to the next, as tables of these names (see pipeline.schema)."""

    name_entities: pa.Table
    entity_births: pa.Table
    entity_redirects: pa.Table

    @classmethod
    def empty(cls) -> ResolutionState:
        """The state before the first run."""
        return cls(*(empty_table(name) for name in cls._fields))


@dataclass(frozen=True)
class Resolution:
    """The stage's answer: declared tables, and the state for the next run."""

    mention_entities: pa.Table
    entities: pa.Table
    aliases: pa.Table
    alias_evidence: pa.Table
    entity_redirects: pa.Table
    review_pairs: pa.Table
    state: ResolutionState
    compared: NameMemory
    parsed_names: pa.Table


def _node_text(node: Node) -> str:
    return "|".join(node.key)


def _identify(corpus: Corpus, cluster: Sequence[int], previous: ResolutionState) -> Identities:
    """Ids of the clusters. An id that a split, or its end, has left without any name leads to where the name went."""
    columns = ("name_group", "name_key", "split_tag")
    old = {tuple(r[c] for c in columns): r["entity_id"] for r in previous.name_entities.to_pylist()}
    births = {r["entity_id"]: r["birth_order"] for r in previous.entity_births.to_pylist()}
    ids = assign_ids(
        cluster, [_node_text(n) for n in corpus.nodes], [n.mentions for n in corpus.nodes],
        {"|".join(key): entity for key, entity in old.items()}, births,
    )  # fmt: skip
    went: dict[tuple[str, ...], str] = {}
    for node, label in zip(corpus.nodes, cluster, strict=True):
        went.setdefault(node.key[:2], ids.entity_of[label])
    told = {*ids.entity_of.values(), *ids.redirects}
    lost = {entity: went[key[:2]] for key, entity in sorted(old.items()) if entity not in told and key[:2] in went}
    return replace(ids, redirects=ids.redirects | lost)


def _redirects(previous: pa.Table, merged: dict[str, str], standing: set[str], run_id: str) -> pa.Table:
    """Old redirects led on to where their target went, and the new ones; none to an entity whose pages are gone."""
    rows = {r["old_entity_id"]: r for r in previous.to_pylist()}
    for old, new in merged.items():
        rows[old] = {"old_entity_id": old, "entity_id": new, "reason": "merged", "run_id": run_id}
    for row in rows.values():
        while row["entity_id"] in rows and row["entity_id"] not in standing:
            row["entity_id"] = rows[row["entity_id"]]["entity_id"]
    ends = (k for k in sorted(rows) if k not in standing and rows[k]["entity_id"] in standing)
    return table_from_rows("entity_redirects", (rows[k] for k in ends))


def _label_and_country(nodes: Sequence[Node], country: str | None, knowledge: Knowledge) -> tuple[str, str | None]:
    """What the knowledge file says of these nodes, else their commonest label with the `country` of their mentions."""
    known = min((n.known for n in nodes if n.known is not None), default=None)
    if known is not None:
        entity = knowledge.entities[known]
        return entity.label, entity.country_code
    labels: dict[str, int] = defaultdict(int)
    for node in nodes:
        for label, count in node.labels.items():
            labels[label] += count
    label = min(labels, key=lambda k: (-labels[k], k))
    return label, country if label in ("GPE", "NORP", "LOC") else None


def resolve_mentions(
    mentions: pa.Table,
    documents: pa.Table | Iterable[pa.Table],
    previous: ResolutionState | None = None,
    overrides: Overrides | None = None,
    knowledge: Knowledge | None = None,
    run_id: str = "",
    compared: NameMemory | None = None,
) -> Resolution:
    """Resolve all mentions of all documents: who is who, spelled how, and why.

    `mentions` is the whole declared table, `documents` too or its parts (documents without mentions may be left out).
    `previous` is the state of the run before, which only ids depend on: clusters are a function of the documents,
    `overrides` and `knowledge` alone. `compared` are names that the same code has compared, and only saves time.
    Raises KeyError for mentions of documents not given.
    """
    previous, overrides = previous or ResolutionState.empty(), overrides or Overrides()
    knowledge = knowledge or shipped_knowledge()
    read = read_documents(mentions, documents)
    told = [r.document for r in read]
    corpus = build_corpus(told, knowledge)
    linked = link_nodes(corpus, knowledge, overrides, compared)
    undivided, joined = corpus, linked
    if overrides.split:
        corpus = build_corpus(told, knowledge, overrides.split)
        linked = split_off(undivided, joined, corpus)
    ids = _identify(corpus, linked.cluster, previous)
    entity_of = [ids.entity_of[c] for c in linked.cluster]
    by_entity: dict[str, list[Node]] = defaultdict(list)
    for node, entity in zip(corpus.nodes, entity_of, strict=True):
        by_entity[entity].append(node)
    named = Named.of(read, corpus.node_of, entity_of)
    entities = _entity_rows(by_entity, named, knowledge, overrides)
    state = ResolutionState(
        table_from_rows("name_entities", (
            {"name_group": n.key[0], "name_key": n.key[1], "split_tag": n.key[2], "entity_id": e}
            for n, e in zip(corpus.nodes, entity_of, strict=True)
        )),
        table_from_rows("entity_births", (
            {"entity_id": e, "birth_order": o} for e, o in sorted(ids.births.items(), key=lambda kv: kv[1])
        )),
        _redirects(previous.entity_redirects, ids.redirects, set(by_entity), run_id),
    )  # fmt: skip
    return Resolution(
        named.mention_entities(),
        table_from_rows("entities", entities),
        named.aliases({e["entity_id"]: e["name"] for e in entities}),
        _evidence_table(corpus, linked.links, entity_of),
        state.entity_redirects,
        table_from_rows(
            "review_pairs",
            review_rows(undivided, joined, {n.key: e for n, e in zip(corpus.nodes, entity_of, strict=True)}, overrides),
        ),
        state,
        linked.compared,
        parsed_names((surface, span[2]) for d in told for surface, span in zip(d.surfaces, d.spans, strict=True)),
    )


def _entity_rows(
    by_entity: dict[str, list[Node]], named: Named, knowledge: Knowledge, overrides: Overrides
) -> list[dict[str, Any]]:
    renamed, rows = _renames(by_entity, overrides), []
    for entity, counts in named.by_entity().items():
        nodes = by_entity[entity]
        label, country = _label_and_country(nodes, counts["country_code"], knowledge)
        name = canonical_name(nodes, knowledge, renamed.get(entity))
        rows.append(counts | {"name": name, "label": label, "country_code": country})
    return rows


def _renames(by_entity: dict[str, list[Node]], overrides: Overrides) -> dict[str, str]:
    """New names by entity. What was split off has the name too, but only the entity it left is meant."""
    found: dict[str, str] = {}
    for name, to in overrides.rename:
        bearers = {
            entity: all(n.key[2] for n in nodes)
            for entity, nodes in by_entity.items()
            if any(parse_name(name, n.key[0]).key == n.key[1] for n in nodes)
        }
        found |= {entity: to for entity, apart in bearers.items() if not apart or all(bearers.values())}
    return found


def _evidence_table(corpus: Corpus, links: Sequence[Any], entity_of: Sequence[str]) -> pa.Table:
    best: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for row in (*link_evidence(corpus, links), *short_form_evidence(corpus)):
        entity = entity_of[int(row.pop("node"))]  # type: ignore[call-overload]
        alias_a, alias_b = sorted((str(row["alias_a"]), str(row["alias_b"])))
        row |= {"entity_id": entity, "alias_a": alias_a, "alias_b": alias_b}
        key = (entity, alias_a, alias_b, str(row["rule"]))
        if key not in best or float(best[key]["score"]) < float(row["score"]):  # type: ignore[arg-type]
            best[key] = row
    return table_from_rows("alias_evidence", (best[k] for k in sorted(best)))
