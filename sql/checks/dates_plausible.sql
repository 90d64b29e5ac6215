-- A page is published before it is ingested (a day's grace for time zones), and after the first newspapers.
-- severity: warning
select
    document_id,
    published_date,
    ingest_date,
    published_text
from core.documents
where
    published_date > ingest_date + 1
    or published_date < date '1605-01-01'
