-- Every spelling met for an entity.
with

spelled as (
    select
        entity_no,
        alias,
        count(*) as mention_count,
        count(distinct document_no) as document_count,
        count(distinct outlet_id) as outlet_count
    from work.named
    group by entity_no, alias
)

select
    entities.entity_id,
    spelled.alias,
    spelled.mention_count,
    spelled.document_count,
    spelled.outlet_count,
    spelled.alias = entities.name as is_canonical
from spelled
inner join work.entity_numbers as entity_numbers
    on spelled.entity_no = entity_numbers.entity_no
inner join lake.entities as entities
    on entity_numbers.entity_id = entities.entity_id
order by spelled.entity_no, spelled.alias
