-- Who reprints whom: documents that carry another outlet's story, by pair of outlets.
select
    coalesce(originals.outlet_id, 'unknown') as first_outlet,
    coalesce(copies.outlet_id, 'unknown') as second_outlet,
    count(*) as reprint_count,
    arg_min(originals.title, copies.document_id) as example
from documents as copies
inner join documents as originals
    on copies.duplicate_of = originals.document_id
group by originals.outlet_id, copies.outlet_id
order by reprint_count desc, first_outlet, second_outlet
