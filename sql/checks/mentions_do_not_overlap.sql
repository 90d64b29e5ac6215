-- A character belongs to one mention at most.
-- severity: error
with

neighbours as (
    select
        mention_id,
        document_id,
        start,
        surface,
        lag("end") over by_position as previous_end,
        lag(surface) over by_position as previous_surface
    from core.mentions
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
