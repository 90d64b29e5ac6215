-- What could not be used, by reason, with an example.
select
    reason_code,
    count(*) as rejected_count,
    min(ingest_date) as first_day,
    max(ingest_date) as last_day,
    arg_min(source_path, source_path) as example,
    arg_min(detail, source_path) as detail
from rejected_documents
group by reason_code
order by rejected_count desc, reason_code
