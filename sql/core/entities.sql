-- Canonical entities as resolved, with what the corpus says of them: how often, how widely and when they are named.
-- A day is the day of publication or, where none is stated, of ingest.
with

named as (
    select
        mentions.entity_id,
        count(*) as mention_count,
        count(distinct mentions.document_id) as document_count,
        count(distinct documents.outlet_id) as outlet_count,
        min(coalesce(documents.published_date, documents.ingest_date)) as first_seen,
        max(coalesce(documents.published_date, documents.ingest_date)) as last_seen
    from core.mentions as mentions
    inner join core.documents as documents
        on mentions.document_id = documents.document_id
    group by mentions.entity_id
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
left join named
    on entities.entity_id = named.entity_id
