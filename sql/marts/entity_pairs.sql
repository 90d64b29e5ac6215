-- Who is named with whom: two entities in one paragraph (a kept block), the lesser id first.
with

named as (
    select distinct
        document_no,
        block_no,
        outlet_id,
        entity_no
    from work.named
),

-- Numbers follow the order of the ids.
pairs as (
    select
        a.entity_no as entity_no_a,
        b.entity_no as entity_no_b,
        count(*) as paragraph_count,
        count(distinct a.document_no) as document_count,
        count(distinct a.outlet_id) as outlet_count
    from named as a
    inner join named as b
        on
            a.document_no = b.document_no
            and a.block_no = b.block_no
            and a.entity_no < b.entity_no
    group by a.entity_no, b.entity_no
)

select
    numbers_a.entity_id as entity_id_a,
    numbers_b.entity_id as entity_id_b,
    pairs.paragraph_count,
    pairs.document_count,
    pairs.outlet_count
from pairs
inner join work.entity_numbers as numbers_a
    on pairs.entity_no_a = numbers_a.entity_no
inner join work.entity_numbers as numbers_b
    on pairs.entity_no_b = numbers_b.entity_no
order by pairs.entity_no_a, pairs.entity_no_b
