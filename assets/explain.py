"""`dramatis explain`: an entity, its spellings by outlet, and why each was joined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console

from pipeline.warehouse.query import fetch, open_warehouse
from pipeline.warehouse.release import WAREHOUSE

MAX_ENTITIES = 5

# An id that was merged away still finds its entity; a name is looked up in every spelling.
_FIND = """
with recursive live as (
    select $name as entity_id
    union
    select entity_redirects.entity_id
    from live inner join entity_redirects on live.entity_id = entity_redirects.old_entity_id
)
select entities.*
from entities
where
    entity_id in (select entity_id from live)
    or entity_id in (select entity_id from aliases where lower(alias) = lower($name))
order by mention_count desc, entity_id
"""
_LIKE = """
select distinct entities.*
from entities inner join aliases using (entity_id)
where contains(lower(alias), lower($name))
order by mention_count desc, entity_id
"""
_SPELLINGS = """
select
    aliases.alias,
    aliases.mention_count,
    aliases.is_canonical,
    string_agg(outlets.name || ' ' || outlet_spellings.mention_count, ', '
        order by outlet_spellings.mention_count desc, outlets.name) as by_outlet
from aliases
left join outlet_spellings using (entity_id, alias)
left join outlets using (outlet_id)
where aliases.entity_id = $entity_id
group by all
order by aliases.mention_count desc, aliases.alias
"""
_EVIDENCE = """
select
    alias_a,
    alias_b,
    rule,
    score,
    explanation,
    source_path
from alias_evidence left join documents using (document_id)
where entity_id = $entity_id
order by score desc, alias_a, alias_b
"""
_ROLES = """
select
    role,
    count(*) as mention_count
from mentions
where entity_id = $entity_id and role is not null
group by role
order by mention_count desc, role
limit 5
"""


def print_explanation(home: Path, name: str, console: Console | None = None) -> bool:
    """Explain every entity that bears `name` (a spelling, part of one, or an entity id); False when none does."""
    console = console or Console(highlight=False)
    try:
        con = open_warehouse(home / WAREHOUSE)
    except FileNotFoundError as error:
        console.print(str(error))
        return False
    with con:
        found = _rows(con, _FIND, name=name) or _rows(con, _LIKE, name=name)
        if not found:
            console.print(f"No entity is called {name!r}.")
        for entity in found[:MAX_ENTITIES]:
            _print_entity(con, console, entity)
        if len(found) > MAX_ENTITIES:
            console.print(f"[dim]and {len(found) - MAX_ENTITIES} more; say the name in full[/dim]")
    return bool(found)


def _print_entity(con: duckdb.DuckDBPyConnection, console: Console, entity: dict[str, Any]) -> None:
    place = f", {entity['country_code']}" if entity["country_code"] else ""
    console.print(
        f"\n[bold]{entity['name']}[/bold]  {entity['label']}{place}  [dim]{entity['entity_id']}[/dim]\n"
        f"  {entity['mention_count']:,} mentions in {entity['document_count']:,} documents of"
        f" {entity['outlet_count']:,} outlets, {entity['first_seen']} to {entity['last_seen']}"
    )
    roles = _rows(con, _ROLES, entity_id=entity["entity_id"])
    if roles:
        console.print("  named as " + ", ".join(f"{r['role']} ({r['mention_count']})" for r in roles))
    console.print("  [bold]spellings[/bold]")
    for row in _rows(con, _SPELLINGS, entity_id=entity["entity_id"]):
        mark = "*" if row["is_canonical"] else " "
        console.print(
            f"   {mark} {row['alias']}  [dim]{row['mention_count']}x  {row['by_outlet'] or ''}[/dim]",
            soft_wrap=True,
        )
    evidence = _rows(con, _EVIDENCE, entity_id=entity["entity_id"])
    if evidence:
        console.print("  [bold]joined because[/bold]")
    for row in evidence:
        console.print(
            f"     {row['alias_a']} = {row['alias_b']}  [dim]{row['rule']} {row['score']:.2f}[/dim]\n"
            f"       {row['explanation']}" + (f" [dim]({row['source_path']})[/dim]" if row["source_path"] else ""),
            soft_wrap=True,
        )


def _rows(con: duckdb.DuckDBPyConnection, statement: str, **parameters: str) -> list[dict[str, Any]]:
    return fetch(con, statement, parameters).to_pylist()
