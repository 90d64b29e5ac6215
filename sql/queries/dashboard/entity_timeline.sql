-- When an entity is named: documents and mentions week by week, silent weeks included.
-- parameter: entity, any spelling of its name; without it the entity that is named most
with

chosen as (
    select
        entities.entity_id,
        entities.name
    from entities
    left join aliases
        on entities.entity_id = aliases.entity_id
    where
        getvariable('entity') is null
        or lower(aliases.alias) = lower(getvariable('entity'))
    group by entities.entity_id, entities.name, entities.mention_count
    order by entities.mention_count desc, entities.entity_id
    limit 1
),

counted as (
    select
        entity_days.published_date,
        sum(entity_days.document_count) as document_count,
        sum(entity_days.mention_count) as mention_count
    from entity_days
    where entity_days.entity_id = (select chosen.entity_id from chosen)
    group by entity_days.published_date
),

span as (
    select
        min(published_date) as first_day,
        max(published_date) as last_day
    from counted
)

select
    chosen.name,
    dates.week_start,
    coalesce(sum(counted.document_count), 0)::bigint as document_count,
    coalesce(sum(counted.mention_count), 0)::bigint as mention_count
from chosen
cross join span
inner join dates
    on dates.day between span.first_day and span.last_day
left join counted
    on dates.day = counted.published_date
group by chosen.name, dates.week_start
order by dates.week_start
