-- Everything that was delivered and could not become a document, with the reason. A file refused twice on one day,
-- because it was delivered again, is one row.
select
    source_path,
    byte_size,
    content_sha256,
    reason_code,
    detail,
    ingest_date
from lake.rejected_documents
qualify
    row_number() over (
        partition by source_path, reason_code, ingest_date
        order by byte_size desc, content_sha256, detail
    ) = 1
