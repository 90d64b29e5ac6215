-- A publication date is stated, never guessed: with its words, their place and their precision, or not at all; the
-- instant and the day agree to within a time zone.
-- severity: error
select
    document_id,
    published_at,
    published_date,
    published_text,
    published_precision,
    published_basis
from core.documents
where
    (published_date is null and published_at is not null)
    or (published_date is not null and (published_text is null or published_basis is null))
    or (published_date is not null and published_precision not in ('day', 'hour', 'minute', 'second'))
    or abs(date_diff('day', published_date, published_at)) > 1
