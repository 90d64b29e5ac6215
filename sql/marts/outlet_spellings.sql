-- How each outlet spells a name. Documents of no known outlet are counted under 'unknown'.
select
    coalesce(documents.outlet_id, 'unknown') as outlet_id,
    mentions.entity_id,
    regexp_replace(mentions.surface, '\s+', ' ', 'g') as alias,
    count(*) as mention_count
from core.mentions as mentions
inner join core.documents as documents
    on mentions.document_id = documents.document_id
where mentions.entity_id is not null
group by 1, 2, 3
