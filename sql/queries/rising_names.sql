-- Who is named more of late: documents of the last days against as many days before them.
-- parameter: days, the length of either period; 7 without it
with

period as (
    select
        max(published_date) as last_day,
        coalesce(getvariable('days')::integer, 7) as days
    from entity_days
),

counted as (
    select
        entity_days.entity_id,
        coalesce(
            sum(entity_days.document_count)
            filter (where entity_days.published_date > period.last_day - period.days),
            0
        ) as documents_now,
        coalesce(
            sum(entity_days.document_count)
            filter (where entity_days.published_date <= period.last_day - period.days),
            0
        ) as documents_before
    from entity_days
    cross join period
    where entity_days.published_date > period.last_day - 2 * period.days
    group by entity_days.entity_id
)

select
    entities.name,
    entities.label,
    counted.documents_now::bigint as documents_now,
    counted.documents_before::bigint as documents_before,
    (counted.documents_now - counted.documents_before)::bigint as rise
from counted
inner join entities
    on counted.entity_id = entities.entity_id
where counted.documents_now > counted.documents_before
order by rise desc, entities.name
limit 50
