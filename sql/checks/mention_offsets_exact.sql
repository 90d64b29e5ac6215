-- The surface of a mention is the very characters its offsets name, in the kept block it is said to stand in. With
-- blocks_tile_documents it follows that raw_text[start:end] is the surface.
-- severity: error
select
    mentions.mention_id,
    mentions.document_id,
    mentions.block_no,
    mentions.start,
    mentions."end",
    mentions.surface,
    blocks.text as kept_text
from core.mentions as mentions
left join core.blocks as blocks
    on
        mentions.document_id = blocks.document_id
        and mentions.block_no = blocks.block_no
        and blocks.is_kept
where
    blocks.document_id is null
    or mentions.start < blocks.start
    or mentions."end" > blocks."end"
    or mentions."end" <= mentions.start
    or mentions.surface
    <> substring(blocks.text, mentions.start - blocks.start + 1, mentions."end" - mentions.start)
