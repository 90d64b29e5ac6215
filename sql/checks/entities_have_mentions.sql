-- No entity stands without a mention.
-- severity: error
select
    entities.entity_id,
    entities.name
from core.entities as entities
anti join core.mentions as mentions
    on entities.entity_id = mentions.entity_id
