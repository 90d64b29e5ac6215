-- A duplicate points to the first document of its story, which is no duplicate itself.
-- severity: error
select
    documents.document_id,
    documents.duplicate_of,
    first_documents.duplicate_of as which_repeats
from core.documents as documents
inner join core.documents as first_documents
    on documents.duplicate_of = first_documents.document_id
where first_documents.duplicate_of is not null
