-- Blocks tile their document: numbered from 0 in order, none empty or overlapping the one before, the text of each the
-- very characters its offsets name (raw_text[start:end]), and nothing but blanks before, between and after them.
-- severity: error
with

spans as (
    select
        document_id,
        block_no,
        start,
        "end",
        text
    from core.blocks
    union all
    -- The end of the document closes the last gap.
    select
        documents.document_id,
        count(blocks.block_no) as block_no,
        documents.raw_chars as start,
        documents.raw_chars as "end",
        null as text
    from core.documents as documents
    left join core.blocks as blocks
        on documents.document_id = blocks.document_id
    group by documents.document_id, documents.raw_chars
),

placed as (
    select
        document_id,
        block_no,
        start,
        "end",
        text,
        coalesce(lag("end") over by_position, 0) as previous_end,
        row_number() over by_position - 1 as position
    from spans
    window by_position as (partition by document_id order by start, "end", block_no)
),

-- One cut a block, with the gap before it: cutting by characters is what costs.
pieces as (
    select
        placed.document_id,
        placed.block_no,
        placed.position,
        placed.previous_end,
        placed.start,
        placed."end",
        placed.text,
        substring(documents.raw_text, placed.previous_end + 1, placed."end" - placed.previous_end) as piece
    from placed
    inner join core.documents as documents
        on placed.document_id = documents.document_id
),

judged as (
    select
        document_id,
        block_no,
        previous_end,
        start,
        "end",
        text,
        case
            when block_no <> position then 'is not numbered in order'
            when start < previous_end then 'overlaps the block before, or the end of the document'
            when "end" <= start and text is not null then 'is empty'
            when length(text) <> "end" - start or not ends_with(piece, text) then 'text is not raw_text[start:end]'
            -- What Python's str.isspace calls a blank.
            when not regexp_full_match(left(piece, start - previous_end), '[\x{09}-\x{0D}\x{1C}-\x{20}\x{85}\p{Z}]*')
                then 'text before it belongs to no block'
        end as problem
    from pieces
)

select
    document_id,
    block_no,
    previous_end,
    start,
    "end",
    text,
    problem
from judged
where problem is not null
