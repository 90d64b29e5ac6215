-- How often an entity is named, by stated day of publication and outlet ('unknown' where no outlet is known).
with

named as (
    select
        entity_no,
        published_date,
        coalesce(outlet_id, 'unknown') as outlet_id,
        sum(mention_count)::bigint as mention_count,
        count(*) as document_count
    from work.entity_documents
    where published_date is not null
    group by entity_no, published_date, coalesce(outlet_id, 'unknown')
)

select
    entity_numbers.entity_id,
    named.published_date,
    named.outlet_id,
    named.mention_count,
    named.document_count
from named
inner join work.entity_numbers as entity_numbers
    on named.entity_no = entity_numbers.entity_no
order by named.entity_no, named.published_date, named.outlet_id
