-- The counts of entities, spellings and marts add up to the mentions.
-- severity: error
with

counted as (
    select
        'entities' as table_name,
        coalesce(sum(mention_count), 0) as mention_count
    from core.entities
    union all
    select
        'aliases' as table_name,
        coalesce(sum(mention_count), 0) as mention_count
    from core.aliases
    union all
    select
        'outlet_spellings' as table_name,
        coalesce(sum(mention_count), 0) as mention_count
    from marts.outlet_spellings
),

by_day as (
    select coalesce(sum(mention_count), 0) as mention_count
    from marts.entity_days
),

dated as (
    select count(*) as mention_count
    from core.mentions as mentions
    inner join core.documents as documents
        on mentions.document_id = documents.document_id
    where documents.published_date is not null
)

select
    counted.table_name,
    counted.mention_count,
    (select count(*) from core.mentions) as expected
from counted
where counted.mention_count <> (select count(*) from core.mentions)
union all
select
    'entity_days' as table_name,
    by_day.mention_count,
    dated.mention_count as expected
from by_day
cross join dated
where by_day.mention_count <> dated.mention_count
