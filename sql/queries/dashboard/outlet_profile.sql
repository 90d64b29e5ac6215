-- What each outlet gave: documents, reprints, undated pages, the share of text kept, the days it covers.
select
    outlets.outlet_id,
    outlets.name,
    count(*) as document_count,
    count(documents.duplicate_of) as reprint_count,
    count(*) filter (where documents.published_date is null) as undated_count,
    round(sum(documents.kept_chars) / nullif(sum(documents.raw_chars), 0), 3) as kept_share,
    outlets.first_seen,
    outlets.last_seen
from documents
inner join outlets
    on coalesce(documents.outlet_id, 'unknown') = outlets.outlet_id
group by outlets.outlet_id, outlets.name, outlets.first_seen, outlets.last_seen
order by document_count desc, outlets.outlet_id
