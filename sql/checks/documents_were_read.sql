-- Nothing is made up: every document was read from the landing folder, and the lake still holds what was read.
-- severity: error
select
    documents.document_id,
    documents.source_path
from core.documents as documents
anti join lake.raw_documents as raw_documents
    on documents.document_id = raw_documents.document_id
