-- Why two spellings are held to be one entity.
select
    entity_id,
    alias_a,
    alias_b,
    rule,
    score,
    explanation,
    document_id
from lake.alias_evidence
