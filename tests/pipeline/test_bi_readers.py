"""What a run publishes, read back by the readers that BI people use: same rows, same types, nothing to convert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from pipeline.schema import TABLES, Type, published_tables

PUBLISHED = [t.name for t in published_tables()]
POLARS_TYPES = {
    Type.TEXT: pl.String,
    Type.COUNT: pl.Int64,
    Type.SCORE: pl.Float64,
    Type.FLAG: pl.Boolean,
    Type.DAY: pl.Date,
    Type.INSTANT: pl.Datetime("us"),
}


def parquet(home: Path, name: str) -> Path:
    return home / "exports" / "current" / f"{name}.parquet"


@pytest.fixture(scope="module")
def engine(sample_home: Path) -> Iterator[sa.Engine]:
    """The warehouse as Superset opens it: by SQLAlchemy with duckdb-engine, read-only. No connection outlives its use:
    DuckDB lets one process hold a file in one way only.
    """
    warehouse = f"duckdb:///{sample_home / 'warehouse.duckdb'}"
    engine = sa.create_engine(warehouse, connect_args={"read_only": True}, poolclass=sa.NullPool)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("name", PUBLISHED)
def test_polars_reads_every_table_with_its_types(sample_home: Path, name: str) -> None:
    frame = pl.read_parquet(parquet(sample_home, name))
    assert frame.schema == {c.name: POLARS_TYPES[c.type] for c in TABLES[name].columns}
    assert frame.height == pq.read_metadata(parquet(sample_home, name)).num_rows


@pytest.mark.parametrize("name", PUBLISHED)
def test_pandas_reads_every_table_and_required_columns_hold_no_null(sample_home: Path, name: str) -> None:
    frame = pd.read_parquet(parquet(sample_home, name))
    declared = TABLES[name]
    assert list(frame.columns) == [c.name for c in declared.columns]
    assert not frame[[c.name for c in declared.columns if c.required]].isna().any().any()
    counts = [c.name for c in declared.columns if c.type is Type.COUNT and c.required]
    assert all(frame[column].dtype == "int64" for column in counts)
    assert not frame.duplicated(list(declared.key)).any()


def test_offsets_cut_the_surface_out_of_the_text_in_pandas(sample_home: Path) -> None:
    texts = pd.read_parquet(parquet(sample_home, "documents"), columns=["document_id", "raw_text"])
    mentions = pd.read_parquet(parquet(sample_home, "mentions")).merge(texts, on="document_id")
    assert len(mentions) > 100
    assert all(row.raw_text[row.start : row.end] == row.surface for row in mentions.itertuples())


def test_pyarrow_shows_the_comments_and_filters_days_in_the_file(sample_home: Path) -> None:
    file = parquet(sample_home, "documents")
    schema = pq.read_schema(file)
    assert schema.metadata[b"comment"].endswith(b".")
    assert all(field.metadata[b"comment"] for field in schema)
    dated = pq.read_table(file, filters=[("published_date", ">=", date(2023, 6, 1))])
    assert 0 < dated.num_rows < pq.read_metadata(file).num_rows
    assert dated.schema.field("published_date").type == pa.date32()


def test_a_star_joins_alike_in_polars_and_in_duckdb(sample_home: Path) -> None:
    """Mentions by month and label, from facts and dimensions: no row is lost on a join, and both count alike."""
    days, dates, entities = (
        pl.read_parquet(parquet(sample_home, name)) for name in ("entity_days", "dates", "entities")
    )
    joined = days.join(dates, left_on="published_date", right_on="day").join(entities, on="entity_id")
    assert joined.height == days.height
    in_polars = joined.group_by("year_month", "label").agg(pl.col("mention_count").sum()).sort("year_month", "label")
    statement = """
        select year_month, label, sum(f.mention_count)::bigint as mention_count
        from '{0}/entity_days.parquet' as f
        join '{0}/dates.parquet' as d on f.published_date = d.day
        join '{0}/entities.parquet' as e using (entity_id)
        group by all order by all
    """
    in_duckdb = duckdb.sql(statement.format(sample_home / "exports" / "current")).fetchall()
    assert in_polars.rows() == in_duckdb
    assert len(in_duckdb) > 5


def test_superset_lists_schemas_tables_and_views(engine: sa.Engine) -> None:
    inspector = sa.inspect(engine)
    assert {"warehouse.core", "warehouse.marts", "warehouse.main"} <= set(inspector.get_schema_names())
    listed = {*inspector.get_table_names(schema="core"), *inspector.get_table_names(schema="marts")}
    assert listed == set(PUBLISHED)
    assert set(inspector.get_view_names(schema="main")) >= set(PUBLISHED)


def test_superset_charts_query_with_bound_values_and_get_python_dates(engine: sa.Engine) -> None:
    statement = sa.text("""
        select dates.week_start, sum(entity_days.mention_count)::bigint as mention_count
        from marts.entity_days join marts.dates on entity_days.published_date = dates.day
        where entity_days.published_date between :first and :last
        group by dates.week_start order by dates.week_start
    """)
    with engine.connect() as connection:
        weeks = connection.execute(statement, {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}).all()
        with pytest.raises(sa.exc.DBAPIError):
            connection.execute(sa.text("delete from core.mentions"))
    assert len(weeks) > 3
    assert all(type(week) is date and week.weekday() == 0 and count > 0 for week, count in weeks)


def test_comments_reach_a_sql_client(engine: sa.Engine) -> None:
    statement = (
        "select column_name, comment from duckdb_columns() where schema_name = 'core' and table_name = 'mentions'"
    )
    with engine.connect() as connection:
        found = dict(connection.execute(sa.text(statement)).tuples().all())
    assert found == {c.name: c.description for c in TABLES["mentions"].columns}
