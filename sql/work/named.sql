-- Every mention that means an entity, by numbers, with what its document says: entities, spellings and marts are counts
-- of these rows. A name broken over two lines is the same spelling as on one.
select
    entity_numbers.entity_no,
    documents.rowid::integer as document_no,
    mentions.block_no::integer as block_no,
    documents.outlet_id,
    documents.published_date,
    documents.ingest_date,
    if(
        regexp_matches(mentions.surface, '[^\S ]|  '),
        regexp_replace(mentions.surface, '\s+', ' ', 'g'),
        mentions.surface
    ) as alias
from core.mentions as mentions
inner join work.entity_numbers as entity_numbers
    on mentions.entity_id = entity_numbers.entity_id
inner join core.documents as documents
    on mentions.document_id = documents.document_id
