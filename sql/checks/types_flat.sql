-- Published columns have types that every BI tool reads: no nested, unsigned, huge or zoned ones.
-- severity: error
select
    schema_name,
    table_name,
    column_name,
    data_type
from duckdb_columns()
where
    schema_name in ('core', 'marts')
    and database_name = current_database()
    and data_type not in ('VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP')
