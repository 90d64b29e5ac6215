-- Which outlets name an entity, how often, and by which spelling most.
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
)

select
    chosen.name,
    outlets.name as outlet,
    sum(spellings.mention_count)::bigint as mention_count,
    arg_max(spellings.alias, spellings.mention_count order by spellings.alias) as usual_spelling
from chosen
inner join outlet_spellings as spellings
    on chosen.entity_id = spellings.entity_id
inner join outlets
    on spellings.outlet_id = outlets.outlet_id
group by chosen.name, outlets.name
order by mention_count desc, outlet
