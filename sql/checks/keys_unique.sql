-- Every key identifies one row of its table.
-- severity: error
select 'documents' as table_name, document_id as key_value, count(*) as row_count
from core.documents
group by document_id
having count(*) > 1
