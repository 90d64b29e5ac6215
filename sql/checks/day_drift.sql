-- The last ingest day resembles the five before it, of days with 20 documents or more: share of text kept within 15
-- points, mentions per 1,000 kept characters within a third, share of input rejected within 15 points.
-- severity: warning
with

sizes as (
    select
        ingest_date,
        count(*) as document_count,
        sum(raw_chars) as raw_chars,
        sum(kept_chars) as kept_chars
    from core.documents
    group by ingest_date
),

named as (
    select
        documents.ingest_date,
        count(*) as mention_count
    from core.mentions as mentions
    inner join core.documents as documents
        on mentions.document_id = documents.document_id
    group by documents.ingest_date
),

refused as (
    select
        ingest_date,
        count(*) as rejected_count
    from core.rejected_documents
    group by ingest_date
),

rates as (
    select
        sizes.ingest_date,
        row_number() over (order by sizes.ingest_date desc) as age,
        sizes.kept_chars / nullif(sizes.raw_chars, 0) as kept_share,
        1000 * coalesce(named.mention_count, 0) / nullif(sizes.kept_chars, 0) as mention_rate,
        coalesce(refused.rejected_count, 0) / (coalesce(refused.rejected_count, 0) + sizes.document_count)
            as rejected_share
    from sizes
    left join named
        on sizes.ingest_date = named.ingest_date
    left join refused
        on sizes.ingest_date = refused.ingest_date
    where sizes.document_count >= 20
),

before as (
    select
        avg(kept_share) as kept_share,
        avg(mention_rate) as mention_rate,
        avg(rejected_share) as rejected_share
    from rates
    where age between 2 and 6
)

select
    rates.ingest_date,
    rates.kept_share,
    before.kept_share as kept_share_before,
    rates.mention_rate,
    before.mention_rate as mention_rate_before,
    rates.rejected_share,
    before.rejected_share as rejected_share_before
from rates
cross join before
where
    rates.age = 1
    and rates.ingest_date = (select max(sizes.ingest_date) from sizes)
    and (
        abs(rates.kept_share - before.kept_share) > 0.15
        or abs(rates.mention_rate - before.mention_rate) > before.mention_rate / 3
        or abs(rates.rejected_share - before.rejected_share) > 0.15
    )
