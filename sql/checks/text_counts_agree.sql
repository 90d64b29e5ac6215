-- A document's raw_chars and kept_chars are the characters of its text and of its kept blocks.
-- severity: error
with

kept as (
    select
        document_id,
        sum("end" - start) as kept_chars
    from core.blocks
    where is_kept
    group by document_id
)

select
    documents.document_id,
    documents.raw_chars,
    length(documents.raw_text) as raw_chars_counted,
    documents.kept_chars,
    coalesce(kept.kept_chars, 0) as kept_chars_counted
from core.documents as documents
left join kept
    on documents.document_id = kept.document_id
where
    documents.raw_chars <> length(documents.raw_text)
    or documents.kept_chars <> coalesce(kept.kept_chars, 0)
