-- Every name in the kept text, with the entity it means. Sorted as a reader meets them, page by page: an id stands for
-- a document, a start and an end, so that these three leave no two rows in doubt.
select
    mentions.mention_id,
    mentions.document_id,
    mentions.block_no,
    mentions.sentence_no,
    mentions.start,
    mentions."end",
    mentions.surface,
    mentions.label,
    mentions.method,
    mentions.role,
    mentions.country_code,
    resolved.entity_id
from lake.mentions as mentions
left join lake.mention_entities as resolved
    on mentions.mention_id = resolved.mention_id
order by mentions.document_id, mentions.start, mentions."end"
