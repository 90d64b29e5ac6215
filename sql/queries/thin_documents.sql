-- Which pages deserve a look: documents of which little or nothing was kept.
-- parameter: kept_share, only documents with a smaller share of kept characters; 0.1 without it
select
    document_id,
    outlet_id,
    source_path,
    title,
    raw_chars,
    kept_chars,
    round(kept_chars / nullif(raw_chars, 0), 3) as kept_share
from documents
where kept_chars < coalesce(getvariable('kept_share')::double, 0.1) * raw_chars
order by kept_share, raw_chars desc, document_id
limit 100
