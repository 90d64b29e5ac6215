-- How often an entity is named, by stated day of publication and outlet ('unknown' where no outlet is known).
select
    mentions.entity_id,
    documents.published_date,
    coalesce(documents.outlet_id, 'unknown') as outlet_id,
    count(*) as mention_count,
    count(distinct mentions.document_id) as document_count
from core.mentions as mentions
inner join core.documents as documents
    on mentions.document_id = documents.document_id
where
    mentions.entity_id is not null
    and documents.published_date is not null
group by 1, 2, 3
