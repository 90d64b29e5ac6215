-- Following redirects ends at an entity that stands: no circle, no dead end, and no redirect from a live entity.
-- severity: error
with recursive

steps as (
    select
        old_entity_id,
        entity_id,
        1 as hops
    from core.entity_redirects
    union all
    select
        steps.old_entity_id,
        redirects.entity_id,
        steps.hops + 1 as hops
    from steps
    inner join core.entity_redirects as redirects
        on steps.entity_id = redirects.old_entity_id
    where steps.hops <= (select count(*) from core.entity_redirects)
),

ends as (
    select
        old_entity_id,
        arg_max(entity_id, hops) as end_entity_id
    from steps
    group by old_entity_id
)

select
    ends.old_entity_id,
    ends.end_entity_id,
    'ends nowhere' as problem
from ends
anti join core.entities as entities
    on ends.end_entity_id = entities.entity_id
union all
select
    redirects.old_entity_id,
    redirects.entity_id as end_entity_id,
    'starts at an entity that stands' as problem
from core.entity_redirects as redirects
semi join core.entities as entities
    on redirects.old_entity_id = entities.entity_id
