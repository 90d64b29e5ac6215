-- What each outlet names: mentions by label and their share of the outlet's, for a stacked bar.
select
    spellings.outlet_id,
    entities.label,
    sum(spellings.mention_count)::bigint as mention_count,
    round(sum(spellings.mention_count) / sum(sum(spellings.mention_count)) over by_outlet, 3) as share
from outlet_spellings as spellings
inner join entities
    on spellings.entity_id = entities.entity_id
group by spellings.outlet_id, entities.label
window by_outlet as (partition by spellings.outlet_id)
order by spellings.outlet_id, mention_count desc, entities.label
