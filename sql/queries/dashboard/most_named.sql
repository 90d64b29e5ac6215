-- Who is named most, of one label: for a bar chart.
-- parameter: label, PERSON, ORG, GPE, LOC, FAC, NORP or EVENT; PERSON without it
select
    name,
    document_count,
    mention_count,
    outlet_count,
    first_seen,
    last_seen
from entities
where label = coalesce(getvariable('label'), 'PERSON')
order by document_count desc, mention_count desc, name, entity_id
limit 20
