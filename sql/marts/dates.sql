-- The calendar: every day from the first to the last that a document or a rejection names, also those without news.
with

named as (
    select published_date as day
    from core.documents
    union all
    select ingest_date as day
    from core.documents
    union all
    select ingest_date as day
    from core.rejected_documents
),

calendar as (
    select unnest(generate_series(min(day), max(day), interval 1 day))::date as day
    from named
)

select
    day,
    year(day) as year,
    quarter(day) as quarter,
    month(day) as month,
    strftime(day, '%Y-%m') as year_month,
    monthname(day) as month_name,
    dayofmonth(day) as day_of_month,
    isodow(day) as day_of_week,
    dayname(day) as day_name,
    isodow(day) >= 6 as is_weekend,
    date_trunc('week', day)::date as week_start,
    isoyear(day) as iso_year,
    weekofyear(day) as iso_week
from calendar
