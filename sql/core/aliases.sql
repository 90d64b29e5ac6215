-- Every spelling met for an entity. A name broken over two lines is the same spelling as on one.
with

spelled as (
    select
        mentions.entity_id,
        mentions.document_id,
        documents.outlet_id,
        regexp_replace(mentions.surface, '\s+', ' ', 'g') as alias
    from core.mentions as mentions
    inner join core.documents as documents
        on mentions.document_id = documents.document_id
    where mentions.entity_id is not null
)

select
    spelled.entity_id,
    spelled.alias,
    count(*) as mention_count,
    count(distinct spelled.document_id) as document_count,
    count(distinct spelled.outlet_id) as outlet_count,
    coalesce(spelled.alias = entities.name, false) as is_canonical
from spelled
left join core.entities as entities
    on spelled.entity_id = entities.entity_id
group by spelled.entity_id, spelled.alias, entities.name
