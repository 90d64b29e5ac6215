-- How each outlet spells a name. Documents of no known outlet are counted under 'unknown'.
with

spelled as (
    select
        coalesce(outlet_id, 'unknown') as outlet_id,
        entity_no,
        alias,
        count(*) as mention_count
    from work.named
    group by coalesce(outlet_id, 'unknown'), entity_no, alias
)

select
    spelled.outlet_id,
    entity_numbers.entity_id,
    spelled.alias,
    spelled.mention_count
from spelled
inner join work.entity_numbers as entity_numbers
    on spelled.entity_no = entity_numbers.entity_no
order by spelled.outlet_id, spelled.entity_no, spelled.alias
