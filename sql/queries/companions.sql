-- Who is named with a person, organisation or place, and how often: by paragraphs that name both.
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

-- A pair stands once, the lesser id first: look at it from both sides.
pairs as (
    select
        entity_id_a as entity_id,
        entity_id_b as companion_id,
        paragraph_count,
        document_count,
        outlet_count
    from entity_pairs
    union all
    select
        entity_id_b as entity_id,
        entity_id_a as companion_id,
        paragraph_count,
        document_count,
        outlet_count
    from entity_pairs
)

select
    chosen.name,
    companions.name as companion,
    companions.label,
    pairs.paragraph_count,
    pairs.document_count,
    pairs.outlet_count
from chosen
inner join pairs
    on chosen.entity_id = pairs.entity_id
inner join entities as companions
    on pairs.companion_id = companions.entity_id
order by pairs.paragraph_count desc, pairs.document_count desc, companion
limit 50
