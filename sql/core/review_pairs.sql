-- Pairs of spellings that a person should look at: joined by a weak link, or apart and likely one.
select
    entity_id_a,
    alias_a,
    entity_id_b,
    alias_b,
    is_joined,
    rule,
    score,
    explanation,
    mention_count_a,
    mention_count_b,
    document_id_a,
    document_id_b
from lake.review_pairs
