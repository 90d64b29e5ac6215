-- How much was published, week by week, quiet weeks included: for a line or column chart.
-- parameter: outlet, only this outlet_id; all without it
with

published as (
    select
        published_date,
        count(*) as document_count
    from documents
    where
        published_date is not null
        and (getvariable('outlet') is null or outlet_id = getvariable('outlet'))
    group by published_date
),

span as (
    select
        min(published_date) as first_day,
        max(published_date) as last_day
    from published
)

select
    dates.week_start,
    coalesce(sum(published.document_count), 0)::bigint as document_count
from dates
inner join span
    on dates.day between span.first_day and span.last_day
left join published
    on dates.day = published.published_date
group by dates.week_start
order by dates.week_start
