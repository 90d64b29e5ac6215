-- Who entered the news: entities never named before the last days that the corpus covers.
-- parameter: days, how many of the most recent days count as new; 7 without it
with

latest as (
    select max(last_seen) as last_day
    from entities
)

select
    entities.name,
    entities.label,
    entities.first_seen,
    entities.mention_count,
    entities.document_count,
    entities.outlet_count
from entities
cross join latest
where entities.first_seen > latest.last_day - coalesce(getvariable('days')::integer, 7)
order by entities.outlet_count desc, entities.document_count desc, entities.mention_count desc, entities.name
limit 100
