-- What a person is called before the name: roles and titles, by outlet.
-- parameter: entity, any spelling of its name; without it the person with most roles
with

spoken as (
    select
        mentions.entity_id,
        mentions.role,
        coalesce(documents.outlet_id, 'unknown') as outlet_id
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    where
        mentions.role is not null
        and mentions.label = 'PERSON'
),

chosen as (
    select
        spoken.entity_id,
        count(distinct spoken.role) as role_count
    from spoken
    where
        getvariable('entity') is null
        or spoken.entity_id in (
            select aliases.entity_id
            from aliases
            where lower(aliases.alias) = lower(getvariable('entity'))
        )
    group by spoken.entity_id
    order by role_count desc, spoken.entity_id
    limit 1
)

select
    entities.name,
    spoken.role,
    spoken.outlet_id,
    count(*) as mention_count
from chosen
inner join spoken
    on chosen.entity_id = spoken.entity_id
inner join entities
    on chosen.entity_id = entities.entity_id
group by entities.name, spoken.role, spoken.outlet_id
order by mention_count desc, spoken.role, spoken.outlet_id
