-- Where to look for an entity whose id was merged away.
select
    old_entity_id,
    entity_id,
    reason,
    run_id
from lake.entity_redirects
