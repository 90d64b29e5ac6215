-- Which merges deserve a look: the least certain pairs of spellings, those with most mentions at stake first.
-- parameter: below, only pairs with a lower score; 0.9 without it
select
    entities.name,
    entities.label,
    evidence.alias_a,
    evidence.alias_b,
    evidence.rule,
    evidence.score,
    least(aliases_a.mention_count, aliases_b.mention_count) as mentions_at_stake,
    evidence.explanation
from alias_evidence as evidence
inner join entities
    on evidence.entity_id = entities.entity_id
left join aliases as aliases_a
    on
        evidence.entity_id = aliases_a.entity_id
        and evidence.alias_a = aliases_a.alias
left join aliases as aliases_b
    on
        evidence.entity_id = aliases_b.entity_id
        and evidence.alias_b = aliases_b.alias
where evidence.score < coalesce(getvariable('below')::double, 0.9)
order by evidence.score, mentions_at_stake desc nulls last, evidence.alias_a, evidence.alias_b
limit 100
