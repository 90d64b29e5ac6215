-- Where a name first stood: the earliest dated mentions of an entity, with the words around them.
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

-- The days by which ten mentions are reached: of a name in a hundred thousand documents only few are looked at.
days as (
    select
        chosen.entity_id,
        chosen.name,
        entity_days.published_date,
        sum(sum(entity_days.mention_count)) over (order by entity_days.published_date)
        - sum(entity_days.mention_count) as mentions_before
    from chosen
    inner join entity_days
        on chosen.entity_id = entity_days.entity_id
    group by chosen.entity_id, chosen.name, entity_days.published_date
),

pages as materialized (
    select
        days.entity_id,
        days.name,
        documents.document_id,
        documents.published_date,
        documents.published_at,
        documents.outlet_id,
        documents.title
    from days
    inner join documents
        on days.published_date = documents.published_date
    where days.mentions_before < 10
),

earliest as (
    select
        pages.*,
        mentions.block_no,
        mentions.start,
        mentions."end",
        mentions.surface
    from mentions
    inner join pages
        on
            mentions.document_id = pages.document_id
            and mentions.entity_id = pages.entity_id
    order by pages.published_date, pages.published_at nulls last, pages.document_id, mentions.start
    limit 10
)

select
    earliest.name,
    earliest.published_date,
    earliest.outlet_id,
    earliest.title,
    earliest.surface,
    right(left(blocks.text, earliest.start - blocks.start), 60) as words_before,
    left(substring(blocks.text, earliest."end" - blocks.start + 1), 60) as words_after
from earliest
inner join blocks
    on
        earliest.document_id = blocks.document_id
        and earliest.block_no = blocks.block_no
order by earliest.published_date, earliest.published_at nulls last, earliest.document_id, earliest.start
