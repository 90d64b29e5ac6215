-- Nothing read is lost: every document read from the landing folder is in documents or was rejected.
-- severity: error
-- lake: as released
select
    raw_documents.document_id,
    raw_documents.source_path
from lake.raw_documents as raw_documents
anti join core.documents as documents
    on raw_documents.document_id = documents.document_id
anti join core.rejected_documents as rejected
    on raw_documents.source_path = rejected.source_path
