-- Blocks tile their document: numbered from 0 in order, none overlapping the one before, and nothing but blanks
-- before, between and after them. A document that is all blanks has no block.
-- severity: error
with

spans as (
    select
        document_id,
        block_no,
        start,
        "end"
    from core.blocks
    union all
    -- The end of the text closes the last gap.
    select
        documents.document_id,
        count(blocks.block_no) as block_no,
        documents.raw_chars as start,
        documents.raw_chars as "end"
    from core.documents as documents
    left join core.blocks as blocks
        on documents.document_id = blocks.document_id
    group by documents.document_id, documents.raw_chars
),

gaps as (
    select
        document_id,
        block_no,
        start as gap_end,
        coalesce(lag("end") over by_position, 0) as gap_start,
        row_number() over by_position - 1 as position
    from spans
    window by_position as (partition by document_id order by start, "end", block_no)
)

select
    gaps.document_id,
    gaps.block_no,
    gaps.gap_start,
    gaps.gap_end,
    substring(documents.raw_text, gaps.gap_start + 1, gaps.gap_end - gaps.gap_start) as between_blocks
from gaps
inner join core.documents as documents
    on gaps.document_id = documents.document_id
where
    gaps.block_no <> gaps.position
    or gaps.gap_end < gaps.gap_start
    or (
        gaps.gap_end > gaps.gap_start
        and not regexp_full_match(
            substring(documents.raw_text, gaps.gap_start + 1, gaps.gap_end - gaps.gap_start),
            -- What Python's str.isspace calls a blank.
            '[\x{09}-\x{0D}\x{1C}-\x{20}\x{85}\p{Z}]*'
        )
    )
