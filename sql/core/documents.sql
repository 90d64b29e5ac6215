-- Distinct pages as cleaned, each with the earlier document whose story it repeats.
select
    documents.document_id,
    documents.outlet_id,
    documents.outlet_basis,
    documents.outlet_score,
    documents.source_path,
    documents.url,
    documents.media_type,
    documents.encoding,
    documents.ingest_date,
    documents.content_sha256,
    documents.language,
    documents.title,
    documents.byline,
    documents.dateline,
    documents.published_at,
    documents.published_date,
    documents.published_text,
    documents.published_precision,
    documents.published_basis,
    documents.raw_chars,
    documents.kept_chars,
    duplicates.duplicate_of,
    documents.flags,
    documents.raw_text,
    documents.clean_text
from lake.documents as documents
left join lake.document_duplicates as duplicates
    on documents.document_id = duplicates.document_id
