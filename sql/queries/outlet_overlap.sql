-- Which outlets name the same people and organisations: shared entities, and their share of all that either names.
with

named as (
    select distinct
        spellings.outlet_id,
        spellings.entity_id
    from outlet_spellings as spellings
    inner join entities
        on spellings.entity_id = entities.entity_id
    where entities.label in ('PERSON', 'ORG')
),

sizes as (
    select
        outlet_id,
        count(*) as entity_count
    from named
    group by outlet_id
),

shared as (
    select
        a.outlet_id as outlet_a,
        b.outlet_id as outlet_b,
        count(*) as shared_count
    from named as a
    inner join named as b
        on
            a.entity_id = b.entity_id
            and a.outlet_id < b.outlet_id
    group by a.outlet_id, b.outlet_id
)

select
    shared.outlet_a,
    shared.outlet_b,
    shared.shared_count,
    round(
        shared.shared_count / (sizes_a.entity_count + sizes_b.entity_count - shared.shared_count), 3
    ) as overlap
from shared
inner join sizes as sizes_a
    on shared.outlet_a = sizes_a.outlet_id
inner join sizes as sizes_b
    on shared.outlet_b = sizes_b.outlet_id
order by overlap desc, shared.outlet_a, shared.outlet_b
