-- Every id that a row mentions is the key of a row elsewhere.
-- severity: error
with

pointers as (
    select distinct
        'documents.outlet_id' as pointer,
        'outlets' as target,
        outlet_id as id
    from core.documents
    where outlet_id is not null
    union all
    select distinct
        'documents.duplicate_of' as pointer,
        'documents' as target,
        duplicate_of as id
    from core.documents
    where duplicate_of is not null
    union all
    select distinct
        'blocks.document_id' as pointer,
        'documents' as target,
        document_id as id
    from core.blocks
    union all
    select distinct
        'mentions.document_id' as pointer,
        'documents' as target,
        document_id as id
    from core.mentions
    union all
    select distinct
        'mentions.entity_id' as pointer,
        'entities' as target,
        coalesce(entity_id, 'null') as id
    from core.mentions
    union all
    select distinct
        'aliases.entity_id' as pointer,
        'entities' as target,
        entity_id as id
    from core.aliases
    union all
    select distinct
        'alias_evidence.entity_id' as pointer,
        'entities' as target,
        entity_id as id
    from core.alias_evidence
    union all
    select distinct
        'alias_evidence.document_id' as pointer,
        'documents' as target,
        document_id as id
    from core.alias_evidence
    where document_id is not null
    union all
    select distinct
        'review_pairs.entity_id' as pointer,
        'entities' as target,
        unnest([entity_id_a, entity_id_b]) as id
    from core.review_pairs
    union all
    select distinct
        'outlet_spellings.entity_id' as pointer,
        'entities' as target,
        entity_id as id
    from marts.outlet_spellings
    union all
    select distinct
        'outlet_spellings.outlet_id' as pointer,
        'outlets' as target,
        outlet_id as id
    from marts.outlet_spellings
    union all
    select distinct
        'entity_pairs.entity_id_a' as pointer,
        'entities' as target,
        entity_id_a as id
    from marts.entity_pairs
    union all
    select distinct
        'entity_pairs.entity_id_b' as pointer,
        'entities' as target,
        entity_id_b as id
    from marts.entity_pairs
    union all
    select distinct
        'entity_days.entity_id' as pointer,
        'entities' as target,
        entity_id as id
    from marts.entity_days
    union all
    select distinct
        'entity_days.outlet_id' as pointer,
        'outlets' as target,
        outlet_id as id
    from marts.entity_days
    union all
    select distinct
        'entity_days.published_date' as pointer,
        'dates' as target,
        published_date::varchar as id
    from marts.entity_days
    union all
    select distinct
        'documents.published_date' as pointer,
        'dates' as target,
        published_date::varchar as id
    from core.documents
    where published_date is not null
    union all
    select distinct
        'documents.ingest_date' as pointer,
        'dates' as target,
        ingest_date::varchar as id
    from core.documents
),

targets as (
    select
        'documents' as target,
        document_id as id
    from core.documents
    union all
    select
        'entities' as target,
        entity_id as id
    from core.entities
    union all
    select
        'outlets' as target,
        outlet_id as id
    from core.outlets
    union all
    select
        'dates' as target,
        day::varchar as id
    from marts.dates
)

select
    pointers.pointer,
    pointers.id,
    pointers.target
from pointers
anti join targets
    on
        pointers.target = targets.target
        and pointers.id = targets.id
