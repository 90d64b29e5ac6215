-- The publishers whose pages were read. Documents of no known publisher are counted under the id 'unknown', so that
-- every outlet_id of the marts is found here.
with

published as (
    select
        coalesce(outlet_id, 'unknown') as outlet_id,
        count(*) as document_count,
        min(coalesce(published_date, ingest_date)) as first_seen,
        max(coalesce(published_date, ingest_date)) as last_seen
    from core.documents
    group by coalesce(outlet_id, 'unknown')
),

described as (
    select
        outlet_id,
        mode(outlet_name order by outlet_name) as name,
        mode(outlet_domain order by outlet_domain) as domain
    from lake.raw_documents
    where outlet_id is not null
    group by outlet_id
)

select
    published.outlet_id,
    coalesce(described.name, published.outlet_id) as name,
    described.domain,
    published.document_count,
    published.first_seen,
    published.last_seen
from published
left join described
    on published.outlet_id = described.outlet_id
