"""What became of the entities between two releases: born, merged, split, renamed, gone.

Ids that stand in both releases are the same entity (an id never changes its meaning); of the others the redirects
and the mentions that both releases hold say where they went or came from.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.warehouse.session import Limits, without_wildcards

CHANGES = ("merged", "split", "renamed", "gone", "born")
_TABLES = ("entities", "aliases", "entity_redirects", "mentions")

# A new entity was split off another when the other had most of its mentions, or had some of them and its name too: a
# surname read otherwise than before takes a mention along, and is no split.
_DIFF = """
with recursive
gone as (select * from before_entities anti join after_entities using (entity_id)),
new as (select * from after_entities anti join before_entities using (entity_id)),
led as (
    select gone.entity_id as old_id, r.entity_id
    from gone inner join after_entity_redirects as r on gone.entity_id = r.old_entity_id
    union
    select led.old_id, r.entity_id
    from led inner join after_entity_redirects as r on led.entity_id = r.old_entity_id
),
merged as (
    select led.old_id, e.entity_id, e.name
    from led inner join after_entities as e using (entity_id)
),
moved as (
    select b.entity_id as old_id, a.entity_id as new_id, count(*) as mention_count
    from before_mentions as b inner join after_mentions as a using (mention_id)
    where b.entity_id in (select entity_id from gone) or a.entity_id in (select entity_id from new)
    group by all
),
origin as (
    select moved.new_id, moved.mention_count, e.entity_id, e.name
    from moved inner join before_entities as e on moved.old_id = e.entity_id
    qualify row_number() over (partition by new_id order by moved.mention_count desc, e.entity_id) = 1
),
heir as (
    select moved.old_id, moved.mention_count, e.entity_id, e.name
    from moved inner join after_entities as e on moved.new_id = e.entity_id
    qualify row_number() over (partition by old_id order by moved.mention_count desc, e.entity_id) = 1
),
split as (
    select new.entity_id as new_id, origin.*
    from origin inner join new on origin.new_id = new.entity_id
    where
        2 * origin.mention_count >= new.mention_count
        or exists (
            select 1 from before_aliases as b
            where b.entity_id = origin.entity_id and b.alias = new.name
        )
),
changes as (
    select 'merged' as change, gone.entity_id, gone.name, gone.mention_count,
        'into ' || merged.name || ' (' || merged.entity_id || ')' as detail
    from gone inner join merged on gone.entity_id = merged.old_id
    union all
    select 'split', new.entity_id, new.name, new.mention_count,
        format('from {} ({}); mentions taken along: {:,}', split.name, split.entity_id, split.mention_count)
    from new inner join split on new.entity_id = split.new_id
    union all
    select 'renamed', a.entity_id, a.name, a.mention_count, 'was ' || b.name
    from before_entities as b inner join after_entities as a using (entity_id)
    where a.name <> b.name
    union all
    select 'gone', gone.entity_id, gone.name, gone.mention_count,
        format('{}; mentions: {:,}', gone.label, gone.mention_count)
        || coalesce(format('; now {} ({}): {:,}', heir.name, heir.entity_id, heir.mention_count), '')
    from gone left join heir on gone.entity_id = heir.old_id
    where gone.entity_id not in (select old_id from merged)
    union all
    select 'born', new.entity_id, new.name, new.mention_count,
        format('{}; mentions: {:,}, documents: {:,}', new.label, new.mention_count, new.document_count)
    from new
    where new.entity_id not in (select new_id from split)
)
select change, entity_id, name, detail
from changes
order by list_position($changes, change), mention_count desc, entity_id
"""


def diff_entities(before: Path, after: Path, limits: Limits | None = None) -> pa.Table:
    """Compare the entities of two folders of published Parquet files (`release.folder`).

    Returns one row a change, the most mentioned entities first within each: change (merged, split, renamed, gone,
    born), entity_id, name, detail (in words: into, from or instead of what). An entity that is gone or merged is called
    by the name it had. Only ids and names are read, of pages nothing. Raises duckdb.IOException when a file is missing.
    """
    with duckdb.connect(":memory:", config=(limits or Limits(memory="1GiB")).as_config()) as con:
        con.execute("SET enable_progress_bar = false")
        for side, folder in (("before", before), ("after", after)):
            for name in _TABLES:
                path = folder / f"{name}.parquet"
                files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
                con.read_parquet([without_wildcards(file) for file in files]).create_view(f"{side}_{name}")
        return con.sql(_DIFF, params={"changes": list(CHANGES)}).to_arrow_table()
