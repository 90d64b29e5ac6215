-- What was cut: blocks and characters by outlet and kind, and their share of the outlet's text.
with

cut as (
    select
        coalesce(documents.outlet_id, 'unknown') as outlet_id,
        blocks.kind,
        count(*) as block_count,
        sum(blocks."end" - blocks.start)::bigint as chars
    from blocks
    inner join documents
        on blocks.document_id = documents.document_id
    where not blocks.is_kept
    group by coalesce(documents.outlet_id, 'unknown'), blocks.kind
),

kept as (
    select
        coalesce(outlet_id, 'unknown') as outlet_id,
        sum(kept_chars)::bigint as chars
    from documents
    group by coalesce(outlet_id, 'unknown')
)

select
    cut.outlet_id,
    cut.kind,
    cut.block_count,
    cut.chars,
    round(cut.chars / (kept.chars + sum(cut.chars) over by_outlet), 3) as share
from cut
inner join kept
    on cut.outlet_id = kept.outlet_id
window by_outlet as (partition by cut.outlet_id)
order by cut.outlet_id, share desc, cut.kind
