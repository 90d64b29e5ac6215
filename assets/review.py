"""`dramatis review`: the least certain joins and partings, and a person's answers written into overrides.yml."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from assets.settings import Settings
from pipeline.resolve import OverrideError
from pipeline.resolve.decisions import with_decisions
from pipeline.warehouse import atomic
from pipeline.warehouse.query import fetch, open_warehouse
from pipeline.warehouse.release import WAREHOUSE

AROUND = 90  # characters of context on each side
_SPACES = re.compile(r"\s+")

# In turn the weakest join and the likeliest miss; of pairs alike in doubt, the one with more mentions at stake.
_PAIRS = """
select
    alias_a, alias_b, is_joined, score, rule, explanation, entity_id_a, entity_id_b,
    mention_count_a, mention_count_b, document_id_a, document_id_b
from review_pairs
order by
    row_number() over (
        partition by is_joined
        order by
            case when is_joined then score else -score end, least(mention_count_a, mention_count_b) desc,
            alias_a, alias_b, entity_id_a, entity_id_b
    ),
    is_joined desc
limit $limit
"""
_CONTEXT = """
select
    documents.source_path,
    substr(documents.raw_text, greatest(mentions.start - $around, 0) + 1, least(mentions.start, $around)) as before,
    mentions.surface,
    substr(documents.raw_text, mentions."end" + 1, $around) as behind
from mentions inner join documents using (document_id)
where mentions.document_id = $document_id and mentions.entity_id = $entity_id and mentions.surface = $alias
order by mentions.start
limit 1
"""


def doubtful_pairs(home: Path, limit: int) -> list[dict[str, Any]]:
    """Rows of review_pairs, the most doubtful first, each with `context_a` and `context_b`: where the spelling stands.

    FileNotFoundError when nothing is published there.
    """
    with open_warehouse(home / WAREHOUSE) as con:
        pairs = fetch(con, _PAIRS, {"limit": limit}).to_pylist()
        for pair in pairs:
            for side in "ab":
                told = {"alias": pair[f"alias_{side}"], "entity_id": pair[f"entity_id_{side}"]}
                told |= {"document_id": pair[f"document_id_{side}"], "around": AROUND}
                pair[f"context_{side}"] = next(iter(fetch(con, _CONTEXT, told).to_pylist()), None)
    return pairs


def _print_pair(console: Console, pair: dict[str, Any], number: str) -> None:
    sign, state = ("=", "joined") if pair["is_joined"] else ("/", "apart")
    console.print(
        f"\n[bold]{escape(pair['alias_a'])}[/bold] {sign} [bold]{escape(pair['alias_b'])}[/bold]"
        f"  [dim]{number}  {state}, {pair['rule']} {pair['score']:.2f}[/dim]\n  {escape(pair['explanation'])}",
        soft_wrap=True,
    )
    for side in "ab":
        if context := pair[f"context_{side}"]:
            before, behind = (_SPACES.sub(" ", context[part]) for part in ("before", "behind"))
            console.print(
                f"  [dim]{escape(context['source_path'])}:[/dim] …{escape(before)}"
                f"[bold]{escape(context['surface'])}[/bold]{escape(behind)}…",
                soft_wrap=True,
            )


def review(settings: Settings, limit: int, as_json: bool, ask: Callable[[str], str] | None = None) -> bool:
    """Show the doubtful pairs and, given someone to `ask`, write down the answers; False when that cannot be done."""
    console = Console(highlight=False)
    try:
        pairs = doubtful_pairs(settings.home, limit)
    except FileNotFoundError as error:
        click.echo(str(error), err=True)
        return False
    if as_json:
        sys.stdout.writelines(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
        return True
    if not pairs:
        console.print("Nothing is in doubt.")
    merge: list[tuple[str, str]] = []
    forbid: list[tuple[str, str]] = []
    for number, pair in enumerate(pairs, 1):
        _print_pair(console, pair, f"{number} of {len(pairs)}")
        answer = ask("  One and the same? y(es), n(o), s(kip), q(uit)") if ask else "s"
        if answer == "q":
            break
        if answer in ("y", "n"):
            (merge if answer == "y" else forbid).append((pair["alias_a"], pair["alias_b"]))
    return _write_down(console, settings.overrides, merge, forbid)


def _write_down(console: Console, path: Path, merge: list[tuple[str, str]], forbid: list[tuple[str, str]]) -> bool:
    if not merge and not forbid:
        return True
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        atomic.write_text(path, with_decisions(text, merge, forbid, str(path)))
    except OverrideError as error:
        click.echo(f"Nothing was written down:\n{error}", err=True)
        return False
    console.print(f"\n{len(merge)} merged, {len(forbid)} held apart in {path}; the next run obeys.", soft_wrap=True)
    return True
