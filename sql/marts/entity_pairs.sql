-- Who is named with whom: two entities in one paragraph (a kept block), the lesser id first.
with

named as (
    select distinct
        mentions.document_id,
        mentions.block_no,
        documents.outlet_id,
        mentions.entity_id
    from core.mentions as mentions
    inner join core.documents as documents
        on mentions.document_id = documents.document_id
    where mentions.entity_id is not null
)

select
    a.entity_id as entity_id_a,
    b.entity_id as entity_id_b,
    count(*) as paragraph_count,
    count(distinct a.document_id) as document_count,
    count(distinct a.outlet_id) as outlet_count
from named as a
inner join named as b
    on
        a.document_id = b.document_id
        and a.block_no = b.block_no
        and a.entity_id < b.entity_id
group by a.entity_id, b.entity_id
