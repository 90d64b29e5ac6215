-- Every spelling of an entity, and why it was joined to another one.
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
    aliases.alias,
    aliases.mention_count,
    aliases.document_count,
    aliases.outlet_count,
    if(evidence.alias_a = aliases.alias, evidence.alias_b, evidence.alias_a) as joined_to,
    evidence.rule,
    evidence.score,
    evidence.explanation
from chosen
inner join entities
    on chosen.entity_id = entities.entity_id
inner join aliases
    on chosen.entity_id = aliases.entity_id
left join alias_evidence as evidence
    on
        aliases.entity_id = evidence.entity_id
        and aliases.alias in (evidence.alias_a, evidence.alias_b)
order by aliases.mention_count desc, aliases.alias, evidence.score desc, joined_to
