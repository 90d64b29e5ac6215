-- What was cut: blocks and characters by outlet and kind, and their share of the outlet's text.
with

measured as (
    select
        coalesce(documents.outlet_id, 'unknown') as outlet_id,
        blocks.kind,
        blocks.is_kept,
        blocks."end" - blocks.start as chars
    from blocks
    inner join documents
        on blocks.document_id = documents.document_id
),

totals as (
    select
        outlet_id,
        sum(chars) as chars
    from measured
    group by outlet_id
)

select
    measured.outlet_id,
    measured.kind,
    count(*) as block_count,
    sum(measured.chars)::bigint as chars,
    round(sum(measured.chars) / totals.chars, 3) as share
from measured
inner join totals
    on measured.outlet_id = totals.outlet_id
where not measured.is_kept
group by measured.outlet_id, measured.kind, totals.chars
order by measured.outlet_id, share desc, measured.kind
