-- An entity's name is one of its spellings.
-- severity: warning
select
    entities.entity_id,
    entities.name
from core.entities as entities
anti join core.aliases as aliases
    on
        entities.entity_id = aliases.entity_id
        and aliases.is_canonical
