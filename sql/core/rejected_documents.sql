-- Everything that was delivered and could not become a document, with the reason.
select
    source_path,
    byte_size,
    content_sha256,
    reason_code,
    detail,
    ingest_date
from lake.rejected_documents
