-- The figures at the top of a dashboard: documents, how many of them are reprints, outlets, entities, mentions, days.
select
    count(*) as document_count,
    count(duplicate_of) as reprint_count,
    count(distinct outlet_id) as outlet_count,
    (select count(*) from entities) as entity_count,
    (select count(*) from mentions) as mention_count,
    min(published_date) as first_published,
    max(published_date) as last_published,
    round(sum(kept_chars) / nullif(sum(raw_chars), 0), 3) as kept_share
from documents
