-- A character belongs to one mention at most.
-- severity: error
with

-- As they are stored, mentions follow each other page by page: a window without an order sees that, and sorts nothing.
stored as (
    select
        document_id,
        start,
        lag(document_id) over () as previous_document_id,
        lag("end") over () as previous_end
    from core.mentions
),

neighbours as (
    select
        mention_id,
        document_id,
        start,
        surface,
        lag("end") over by_position as previous_end,
        lag(surface) over by_position as previous_surface
    from core.mentions
    where exists (
            select 1
            from stored
            where
                stored.document_id < stored.previous_document_id
                or (stored.document_id = stored.previous_document_id and stored.start < stored.previous_end)
        )
    window by_position as (partition by document_id order by start, "end", mention_id)
)

select
    mention_id,
    document_id,
    start,
    surface,
    previous_end,
    previous_surface
from neighbours
where start < previous_end
