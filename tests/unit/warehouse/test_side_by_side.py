"""Statements that share a session two at a time."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.warehouse.session import side_by_side

ENDLESS = "SELECT max(hash(a.range, b.range)) FROM range(1000000000) a, range(1000000000) b"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        opened.execute("ATTACH ':memory:' AS second; USE second; CREATE TABLE numbers AS SELECT 7 AS n")
        yield opened


def value(con: duckdb.DuckDBPyConnection, statement: str) -> object:
    return con.execute(statement).fetchall()[0][0]


def test_answers_come_in_the_order_of_the_items_from_the_catalog_of_the_session(con: duckdb.DuckDBPyConnection) -> None:
    slow = "SELECT count(DISTINCT hash(range)) FROM range(2000000)"
    assert side_by_side(con, value, [slow, "SELECT n FROM numbers", "SELECT 3", "SELECT 4"]) == [2_000_000, 7, 3, 4]
    assert side_by_side(con, value, []) == []


def test_one_that_fails_ends_the_others(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.CatalogException, match="absent"):
        side_by_side(con, value, ["FROM absent", ENDLESS, "SELECT 1"])
    assert value(con, "SELECT n FROM numbers") == 7  # the session goes on
