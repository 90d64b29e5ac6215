-- How often each country is spoken of, by itself, its cities and its people's name: for a map.
select
    country_code,
    sum(mention_count)::bigint as mention_count,
    coalesce(sum(mention_count) filter (where label = 'NORP'), 0)::bigint as nationality_mention_count,
    count(*) as entity_count
from entities
where country_code is not null
group by country_code
order by mention_count desc, country_code
