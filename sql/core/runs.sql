-- Every run that changed the warehouse.
select
    run_id,
    started_at,
    finished_at,
    ingest_date,
    code_version,
    model_name,
    model_version,
    rules_sha256,
    landing_file_count,
    document_count,
    new_document_count,
    rejected_count,
    block_count,
    raw_chars,
    kept_chars,
    mention_count,
    entity_count,
    alias_count
from lake.runs
