-- Who was named most in the last days that the corpus covers, by documents.
-- parameter: days, how many days back from the last published one; 7 without it
with

latest as (
    select max(published_date) as last_day
    from documents
),

counted as (
    select
        entity_days.entity_id,
        sum(entity_days.document_count)::bigint as document_count
    from entity_days
    where
        entity_days.published_date > (
            select latest.last_day - coalesce(getvariable('days')::integer, 7)
            from latest
        )
    group by entity_days.entity_id
)

select
    entities.name,
    entities.label,
    counted.document_count
from counted
inner join entities
    on counted.entity_id = entities.entity_id
order by counted.document_count desc, entities.name, entities.entity_id
limit 20
