-- Canonical entities as resolved, with what the corpus says of them: how often, how widely and when they are named.
-- A day is the day of publication or, where none is stated, of ingest.
with

named as (
    select
        entity_no,
        sum(mention_count)::bigint as mention_count,
        count(*) as document_count,
        count(distinct outlet_id) as outlet_count,
        min(coalesce(published_date, ingest_date)) as first_seen,
        max(coalesce(published_date, ingest_date)) as last_seen
    from work.entity_documents
    group by entity_no
)

select
    entities.entity_id,
    entities.name,
    entities.label,
    coalesce(named.mention_count, 0) as mention_count,
    coalesce(named.document_count, 0) as document_count,
    coalesce(named.outlet_count, 0) as outlet_count,
    named.first_seen,
    named.last_seen,
    entities.country_code
from lake.entities as entities
inner join work.entity_numbers as entity_numbers
    on entities.entity_id = entity_numbers.entity_id
left join named
    on entity_numbers.entity_no = named.entity_no
