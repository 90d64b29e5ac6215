-- The text of a block is the very characters its offsets name: raw_text[start:end].
-- severity: error
select
    blocks.document_id,
    blocks.block_no,
    blocks.start,
    blocks."end",
    blocks.text
from core.blocks as blocks
inner join core.documents as documents
    on blocks.document_id = documents.document_id
where
    blocks.start < 0
    or blocks."end" <= blocks.start
    or blocks."end" > documents.raw_chars
    or blocks.text <> substring(documents.raw_text, blocks.start + 1, blocks."end" - blocks.start)
