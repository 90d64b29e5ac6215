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
)

select
    chosen.name,
    documents.published_date,
    documents.outlet_id,
    documents.title,
    mentions.surface,
    right(left(blocks.text, mentions.start - blocks.start), 60) as words_before,
    left(substring(blocks.text, mentions."end" - blocks.start + 1), 60) as words_after
from chosen
inner join mentions
    on chosen.entity_id = mentions.entity_id
inner join documents
    on mentions.document_id = documents.document_id
inner join blocks
    on
        mentions.document_id = blocks.document_id
        and mentions.block_no = blocks.block_no
where documents.published_date is not null
order by documents.published_date, documents.published_at nulls last, documents.document_id, mentions.start
limit 10
