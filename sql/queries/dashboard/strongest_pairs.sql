-- Who is named together most: the edges of a network graph.
-- parameter: label, both of this label; PERSON without it
select
    a.name as name_a,
    b.name as name_b,
    pairs.paragraph_count,
    pairs.document_count,
    pairs.outlet_count
from entity_pairs as pairs
inner join entities as a
    on pairs.entity_id_a = a.entity_id
inner join entities as b
    on pairs.entity_id_b = b.entity_id
where
    a.label = coalesce(getvariable('label'), 'PERSON')
    and b.label = coalesce(getvariable('label'), 'PERSON')
order by pairs.document_count desc, pairs.paragraph_count desc, a.name, b.name
limit 100
