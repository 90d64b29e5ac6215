-- Which documents name an entity, how often, and what they say of themselves: documents are counted as rows of this.
select
    entity_no,
    any_value(outlet_id) as outlet_id,
    any_value(published_date) as published_date,
    any_value(ingest_date) as ingest_date,
    count(*) as mention_count
from work.named
group by entity_no, document_no
