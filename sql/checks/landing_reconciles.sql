-- Nothing delivered is lost: every landing file became documents or rejections, as many as its reader counted.
-- severity: error
-- lake: as released
with

delivered as (
    select
        source_path,
        sum(document_count) as document_count,
        sum(new_document_count) as new_document_count,
        max(rejected_count) as rejected_count
    from lake.landing_files
    group by source_path
),

-- `file#L12` and `file#3` are members of `file`.
read_documents as (
    select
        regexp_replace(source_path, '#L?\d+$', '') as file_path,
        count(*) as row_count
    from lake.raw_documents
    group by file_path
),

rejected as (
    select
        regexp_replace(source_path, '#L?\d+$', '') as file_path,
        count(*) as row_count
    from core.rejected_documents
    group by file_path
)

select
    delivered.source_path,
    delivered.document_count,
    delivered.new_document_count,
    coalesce(read_documents.row_count, 0) as new_documents_found,
    delivered.rejected_count,
    coalesce(rejected.row_count, 0) as rejected_found
from delivered
left join read_documents
    on delivered.source_path = read_documents.file_path
left join rejected
    on delivered.source_path = rejected.file_path
where
    delivered.document_count + delivered.rejected_count = 0
    or coalesce(read_documents.row_count, 0) < delivered.new_document_count
    or coalesce(rejected.row_count, 0) < delivered.rejected_count
