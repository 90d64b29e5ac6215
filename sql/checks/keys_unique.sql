-- Every key identifies one row of its table (that a block stands once is seen by blocks_tile_documents).
-- severity: error
select
    'documents' as table_name,
    document_id as key_value,
    count(*) as row_count
from core.documents
group by document_id
having count(*) > 1
union all
select
    'mentions' as table_name,
    mention_id as key_value,
    count(*) as row_count
from core.mentions
group by mention_id
having count(*) > 1
union all
select
    'entities' as table_name,
    entity_id as key_value,
    count(*) as row_count
from core.entities
group by entity_id
having count(*) > 1
union all
select
    'aliases' as table_name,
    concat_ws(' | ', entity_id, alias) as key_value,
    count(*) as row_count
from core.aliases
group by entity_id, alias
having count(*) > 1
union all
select
    'alias_evidence' as table_name,
    concat_ws(' | ', entity_id, alias_a, alias_b, rule) as key_value,
    count(*) as row_count
from core.alias_evidence
group by entity_id, alias_a, alias_b, rule
having count(*) > 1
union all
select
    'review_pairs' as table_name,
    concat_ws(' | ', entity_id_a, alias_a, entity_id_b, alias_b) as key_value,
    count(*) as row_count
from core.review_pairs
group by entity_id_a, alias_a, entity_id_b, alias_b
having count(*) > 1
union all
select
    'entity_redirects' as table_name,
    old_entity_id as key_value,
    count(*) as row_count
from core.entity_redirects
group by old_entity_id
having count(*) > 1
union all
select
    'outlets' as table_name,
    outlet_id as key_value,
    count(*) as row_count
from core.outlets
group by outlet_id
having count(*) > 1
union all
select
    'rejected_documents' as table_name,
    concat_ws(' | ', source_path, reason_code, ingest_date) as key_value,
    count(*) as row_count
from core.rejected_documents
group by source_path, reason_code, ingest_date
having count(*) > 1
union all
select
    'runs' as table_name,
    run_id as key_value,
    count(*) as row_count
from core.runs
group by run_id
having count(*) > 1
union all
select
    'outlet_spellings' as table_name,
    concat_ws(' | ', outlet_id, entity_id, alias) as key_value,
    count(*) as row_count
from marts.outlet_spellings
group by outlet_id, entity_id, alias
having count(*) > 1
union all
select
    'entity_pairs' as table_name,
    concat_ws(' | ', entity_id_a, entity_id_b) as key_value,
    count(*) as row_count
from marts.entity_pairs
group by entity_id_a, entity_id_b
having count(*) > 1
union all
select
    'entity_days' as table_name,
    concat_ws(' | ', entity_id, published_date, outlet_id) as key_value,
    count(*) as row_count
from marts.entity_days
group by entity_id, published_date, outlet_id
having count(*) > 1
union all
select
    'dates' as table_name,
    day::varchar as key_value,
    count(*) as row_count
from marts.dates
group by day
having count(*) > 1
