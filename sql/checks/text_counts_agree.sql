-- A document's kept_chars are the characters of its kept blocks (its raw_chars are counted by blocks_tile_documents).
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
    documents.kept_chars,
    coalesce(kept.kept_chars, 0) as kept_chars_counted
from core.documents as documents
left join kept
    on documents.document_id = kept.document_id
where documents.kept_chars <> coalesce(kept.kept_chars, 0)
