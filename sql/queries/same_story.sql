-- Which outlets tell one story: pages of different outlets, a few days apart at most, that share names which are
-- rare in the corpus. Reprints are left out; reprints.sql lists them.
-- parameter: shared_names, how many names two pages must share; 3 without it
-- parameter: days, how many days they may lie apart; 3 without it
with

-- A name on many pages tells no story apart.
rare as (
    select
        entity_id,
        name
    from entities
    where
        label in ('PERSON', 'ORG', 'FAC', 'EVENT')
        and outlet_count > 1
        and document_count <= 30
),

named as (
    select distinct
        rare.entity_id,
        rare.name,
        documents.document_id,
        documents.outlet_id,
        coalesce(documents.published_date, documents.ingest_date) as day
    from mentions
    inner join rare
        on mentions.entity_id = rare.entity_id
    inner join documents
        on mentions.document_id = documents.document_id
    where documents.duplicate_of is null
),

pairs as (
    select
        a.document_id as document_id_a,
        b.document_id as document_id_b,
        count(*) as shared_count,
        string_agg(a.name, ', ' order by a.name) as shared_names
    from named as a
    inner join named as b
        on
            a.entity_id = b.entity_id
            and a.document_id < b.document_id
            and a.outlet_id <> b.outlet_id
            and abs(date_diff('day', a.day, b.day)) <= coalesce(getvariable('days')::integer, 3)
    group by a.document_id, b.document_id
    having count(*) >= coalesce(getvariable('shared_names')::integer, 3)
)

select
    a.outlet_id as outlet_a,
    b.outlet_id as outlet_b,
    a.title as title_a,
    b.title as title_b,
    pairs.shared_count,
    pairs.shared_names
from pairs
inner join documents as a
    on pairs.document_id_a = a.document_id
inner join documents as b
    on pairs.document_id_b = b.document_id
order by pairs.shared_count desc, pairs.document_id_a, pairs.document_id_b
limit 50
