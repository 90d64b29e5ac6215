-- Blocks tile their document: numbered from 0 in order, none empty or overlapping the one before, the text of each the
-- very characters its offsets name (raw_text[start:end]), and nothing but blanks before, between and after them, up to
-- raw_chars, which is the length of the text.
-- severity: error
with

-- All documents are looked over by bytes, which are cut out of a text at once, while characters are counted from its
-- beginning. A window without an order sorts nothing: it takes the rows as they are stored, document by document. Where
-- they are not, or a blank between blocks has several bytes, the document is in doubt, and judged by characters below.
followed as (
    select
        document_id,
        block_no,
        start,
        "end",
        text,
        coalesce(document_id = lag(document_id) over (), false) as is_next,
        coalesce(document_id = lead(document_id) over (), false) as has_next,
        lag(block_no) over () as previous_no,
        lag("end") over () as previous_end
    from core.blocks
),

measured as (
    select
        document_id,
        block_no,
        "end",
        text,
        is_next,
        has_next,
        start - if(is_next, previous_end, 0) as gap,
        greatest(gap, 0) + strlen(text) as byte_count,
        block_no = if(is_next, previous_no + 1, 0)
        and gap >= 0
        and "end" > start
        and length(text) = "end" - start as is_regular
    from followed
),

counted as (
    select
        *,
        (sum(byte_count) over (rows unbounded preceding))::bigint as bytes_so_far -- noqa: PRS
    from measured
),

laid as (
    select
        *,
        bytes_so_far
        - max(if(is_next, 0, bytes_so_far - byte_count)) over (rows unbounded preceding) as byte_end -- noqa: PRS
    from counted
),

looked_over as (
    select
        documents.document_id,
        documents.raw_chars,
        documents.raw_text,
        laid.block_no,
        case
            when laid.block_no is null then documents.raw_text = '' and documents.raw_chars = 0
            when not laid.is_regular then false
            -- What follows the last block: as many bytes as characters, and blanks.
            when
                not laid.has_next
                and (
                    strlen(documents.raw_text) - laid.byte_end <> documents.raw_chars - laid."end"
                    or not regexp_full_match(
                        encode(documents.raw_text)[laid.byte_end + 1:]::varchar, '(\\x(09|0[A-D]|1[C-F])| )*'
                    )
                )
                then false
            when
                encode(documents.raw_text)[laid.byte_end - laid.byte_count + 1:laid.byte_end]
                = encode(repeat(chr(10), laid.gap) || laid.text)
                then true
            else
                encode(documents.raw_text)[laid.byte_end - strlen(laid.text) + 1:laid.byte_end] = encode(laid.text)
                and regexp_full_match(
                    encode(documents.raw_text)[
                        laid.byte_end - laid.byte_count + 1:laid.byte_end - strlen(laid.text)
                    ]::varchar,
                    '(\\x(09|0[A-D]|1[C-F])| )*'
                )
        end as is_sound
    from core.documents as documents
    left join laid
        on documents.document_id = laid.document_id
),

doubtful as (
    select
        document_id,
        raw_chars,
        count(block_no) as block_count,
        any_value(raw_text) filter (where not is_sound) as raw_text
    from looked_over
    group by document_id, raw_chars
    having not bool_and(is_sound)
),

spans as (
    select
        document_id,
        block_no,
        start,
        "end",
        text
    from core.blocks
    where document_id in (select doubtful.document_id from doubtful)
    union all
    -- The end of the document closes the last gap.
    select
        document_id,
        block_count as block_no,
        raw_chars as start,
        raw_chars as "end",
        null as text
    from doubtful
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

-- One cut a block, with the gap before it.
pieces as (
    select
        placed.document_id,
        placed.block_no,
        placed.position,
        placed.previous_end,
        placed.start,
        placed."end",
        placed.text,
        length(doubtful.raw_text) as char_count,
        substring(doubtful.raw_text, placed.previous_end + 1, placed."end" - placed.previous_end) as piece
    from placed
    inner join doubtful
        on placed.document_id = doubtful.document_id
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
            when text is null and "end" <> char_count then 'raw_chars is not the length of raw_text'
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
