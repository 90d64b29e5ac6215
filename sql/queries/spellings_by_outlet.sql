-- How each outlet spells a name: its spellings with their share of the outlet's mentions.
-- parameter: entity, any spelling of its name; without it the entity with most spellings
with

chosen as (
    select
        aliases.entity_id,
        count(*) as alias_count
    from aliases
    where
        getvariable('entity') is null
        or aliases.entity_id in (
            select spelled.entity_id
            from aliases as spelled
            where lower(spelled.alias) = lower(getvariable('entity'))
        )
    group by aliases.entity_id
    order by alias_count desc, aliases.entity_id
    limit 1
)

select
    entities.name,
    outlets.name as outlet,
    spellings.alias,
    spellings.mention_count,
    round(spellings.mention_count / sum(spellings.mention_count) over (partition by spellings.outlet_id), 2) as share
from chosen
inner join entities
    on chosen.entity_id = entities.entity_id
inner join outlet_spellings as spellings
    on chosen.entity_id = spellings.entity_id
inner join outlets
    on spellings.outlet_id = outlets.outlet_id
order by outlet, spellings.mention_count desc, spellings.alias
