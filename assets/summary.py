"""What a person reads when a run has ended: what came in, who is in it, what needs a look, where it all is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console

from assets.report import StepRecord
from assets.run import Outcome
from assets.settings import Settings
from pipeline.warehouse.query import fetch, open_warehouse
from pipeline.warehouse.release import WAREHOUSE

TOP_ENTITIES = 8
MAX_SPELLINGS = 6

_TOTALS = """
select
    (select count(*) from documents) as documents,
    (select count(*) from documents where duplicate_of is not null) as duplicates,
    (select count(*) from rejected_documents) as rejected,
    (select sum(kept_chars) / sum(raw_chars) from documents) as kept,
    (select count(*) from mentions) as mentions,
    (select count(*) from entities) as entities,
    (select count(*) from aliases) as aliases,
    (select count(*) from outlets) as outlets
"""
_TOP = """
select
    entities.name,
    entities.label,
    entities.mention_count,
    entities.outlet_count,
    list(aliases.alias order by aliases.mention_count desc, aliases.alias) as spellings
from entities inner join aliases using (entity_id)
where entities.label in ('PERSON', 'ORG')
group by entities.entity_id, entities.name, entities.label, entities.mention_count, entities.outlet_count
order by count(*) > 1 desc, entities.outlet_count desc, entities.mention_count desc, entities.name
limit $rows
"""
_REJECTED = """
select
    reason_code,
    count(*) as inputs,
    min(source_path) as example
from rejected_documents
group by reason_code
order by inputs desc, reason_code
"""
_UNSURE = """
select
    alias_a,
    alias_b,
    score
from alias_evidence
where score < 0.7
order by score, alias_a, alias_b
limit 3
"""
_WARNINGS = """
select
    check_name,
    offending_count
from check_results
where not passed
order by check_name
"""
_UNDATED = "select count(*) as documents from documents where published_date is null"


def print_summary(console: Console, settings: Settings, outcome: Outcome, steps: Sequence[StepRecord]) -> None:
    """Print the closing summary of a run from the warehouse it published."""
    with open_warehouse(settings.home / WAREHOUSE) as con:
        (totals,) = _rows(con, _TOTALS)
        console.print(_headline(outcome, totals))
        console.print(
            f"  {totals['documents']:,} documents of {totals['outlets']:,} outlets "
            f"({totals['duplicates']:,} repeat another's story), {(totals['kept'] or 0):.0%} of their characters kept; "
            f"{totals['mentions']:,} mentions of {totals['entities']:,} entities under {totals['aliases']:,} spellings"
        )
        console.print("\n[bold]Who is in it[/bold]")
        for row in _rows(con, _TOP, rows=TOP_ENTITIES):
            console.print(f"  {_entity_line(row)}")
        _print_attention(con, console)
    console.print("\n[bold]Where to look[/bold]")
    home = settings.home
    console.print(f"  {home / WAREHOUSE}   SQL: dramatis sql 'FROM entities LIMIT 20' --home {home}")
    console.print(f"  {home / 'exports' / 'current'}/*.parquet   for BI tools, pandas, Polars")
    console.print(f"  dramatis explain NAME --home {home}   one name: who it is, and why")
    if steps:
        times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in _seconds(steps).items())
        console.print(f"\n[dim]{times}[/dim]")


def _headline(outcome: Outcome, totals: dict[str, Any]) -> str:
    if not outcome.pending.anything:
        return "\n[bold]Nothing new:[/bold] every file is known, no model work was done, the release is up to date."
    return f"\n[bold]Done.[/bold] {totals['rejected']:,} inputs rejected so far; nothing is dropped without a row."


def _entity_line(row: dict[str, Any]) -> str:
    others = [s for s in row["spellings"] if s != row["name"]]
    also = ", ".join(others[:MAX_SPELLINGS]) + (" …" if len(others) > MAX_SPELLINGS else "")
    counts = f"{row['label']}, {row['mention_count']:,} mentions, {row['outlet_count']} outlets"
    return f"{row['name']} [dim]({counts})[/dim]" + (f"  also {also}" if also else "")


def _print_attention(con: Any, console: Console) -> None:
    lines = [f"{r['inputs']} rejected as {r['reason_code']}, e.g. {r['example']}" for r in _rows(con, _REJECTED)]
    lines += [f"unsure: {r['alias_a']} = {r['alias_b']} ({r['score']:.2f})" for r in _rows(con, _UNSURE)]
    lines += [f"check {r['check_name']}: {r['offending_count']} rows" for r in _rows(con, _WARNINGS)]
    (undated,) = _rows(con, _UNDATED)
    if undated["documents"]:
        lines.append(f"{undated['documents']} documents state no publication date")
    if lines:
        console.print("\n[bold]What needs a look[/bold]")
    for line in lines:
        console.print(f"  {line}", soft_wrap=True, markup=False)


def _seconds(steps: Sequence[StepRecord]) -> dict[str, float]:
    """Seconds by step name, days added up, in order of first occurrence."""
    total: dict[str, float] = {}
    for step in steps:
        total[step.name] = total.get(step.name, 0.0) + step.seconds
    return total


def _rows(con: Any, statement: str, **parameters: Any) -> list[dict[str, Any]]:
    return fetch(con, statement, parameters or None).to_pylist()
