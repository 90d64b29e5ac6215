-- A pair of entities stands once: the lesser id first, counts at least one and no more documents than paragraphs.
-- severity: error
select
    entity_id_a,
    entity_id_b,
    paragraph_count,
    document_count,
    outlet_count
from marts.entity_pairs
where
    entity_id_a >= entity_id_b
    or document_count < 1
    or paragraph_count < document_count
    or document_count < outlet_count
