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

earliest as (
    select
        chosen.name,
        documents.published_date,
        documents.published_at,
        documents.outlet_id,
        documents.title,
        mentions.document_id,
        mentions.block_no,
        mentions.start,
        mentions."end",
        mentions.surface
    from chosen
    inner join mentions
        on chosen.entity_id = mentions.entity_id
    inner join documents
        on mentions.document_id = documents.document_id
    where documents.published_date is not null
    order by documents.published_date, documents.published_at nulls last, documents.document_id, mentions.start
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
