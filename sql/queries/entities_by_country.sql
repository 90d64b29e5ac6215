-- Which countries the corpus speaks of: entities and mentions that carry a country's code, by label.
select
    country_code,
    label,
    count(*) as entity_count,
    sum(mention_count)::bigint as mention_count,
    arg_max(name, mention_count) as most_named
from entities
where country_code is not null
group by country_code, label
order by mention_count desc, country_code, label
