-- Nothing read is lost: every document read from the landing folder is in documents or was rejected, and every
-- document was read.
-- severity: error
select
    raw_documents.document_id,
    raw_documents.source_path,
    'read, but neither kept nor rejected' as problem
from lake.raw_documents as raw_documents
anti join core.documents as documents
    on raw_documents.document_id = documents.document_id
anti join core.rejected_documents as rejected
    on raw_documents.source_path = rejected.source_path
union all
select
    documents.document_id,
    documents.source_path,
    'kept, but never read' as problem
from core.documents as documents
anti join lake.raw_documents as raw_documents
    on documents.document_id = raw_documents.document_id
