-- The last run resembles the five before it: share of text kept within 10 points, mentions per 1,000 kept characters
-- within a quarter, share of input rejected within 10 points.
-- severity: warning
with

rates as (
    select
        run_id,
        row_number() over (order by finished_at desc, run_id desc) as age,
        kept_chars / nullif(raw_chars, 0) as kept_share,
        1000 * mention_count / nullif(kept_chars, 0) as mention_rate,
        rejected_count / nullif(rejected_count + document_count, 0) as rejected_share
    from core.runs
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
    rates.run_id,
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
    and (
        abs(rates.kept_share - before.kept_share) > 0.1
        or abs(rates.mention_rate - before.mention_rate) > 0.25 * before.mention_rate
        or abs(rates.rejected_share - before.rejected_share) > 0.1
    )
