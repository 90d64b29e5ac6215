"""A DuckDB session that sees the lake as `lake.<table>` beside one warehouse file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar
from uuid import uuid4

import duckdb

from pipeline.schema import TABLES, Table
from pipeline.warehouse.atomic import remove_tree, temporary_name
from pipeline.warehouse.lake import Lake

Item = TypeVar("Item")
Answer = TypeVar("Answer")
_AT_ONCE = 2
# Half as many rows as DuckDB keeps together by itself, each group written as it fills: where pages are long, five large
# groups in memory are all there is, and one thread is left to write them.
_ROW_GROUP_ROWS = 61_440


@dataclass(frozen=True)
class Limits:
    """What a session may use: memory as DuckDB words it; threads, None for one a core."""

    memory: str = "3GiB"
    threads: int | None = None

    def as_config(self) -> dict[str, Any]:
        """The limits as DuckDB's settings."""
        threads = {} if self.threads is None else {"threads": self.threads}
        return {"memory_limit": self.memory, **threads}


@contextmanager
def warehouse_session(
    warehouse: Path,
    lake: Lake,
    *,
    versions: Mapping[str, str] | None = None,
    read_only: bool = False,
    limits: Limits | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open `warehouse` with views over the lake's Parquet files attached as `lake`.

    `versions`: per lake table the version to read, where it is not the one standing there alone.
    """
    # A writer's spill lies where the next writer sweeps it away, a reader's where nobody does.
    beside = Path(tempfile.gettempdir(), f"dramatis-{uuid4().hex}") if read_only else warehouse
    spill = temporary_name(beside.with_suffix(".spill"))
    config = {**(limits or Limits()).as_config(), "temp_directory": str(spill), "write_buffer_row_group_count": 1}
    con = duckdb.connect(":memory:", config=config)
    try:
        con.execute("SET enable_progress_bar = false")  # it writes into the run's own output
        # No log: a build that is killed is built again.
        mode = "READ_ONLY" if read_only else f"RECOVERY_MODE no_wal_writes, ROW_GROUP_SIZE {_ROW_GROUP_ROWS}"
        con.execute(f"ATTACH {literal(str(warehouse))} AS warehouse ({mode})")
        con.execute("ATTACH ':memory:' AS lake")
        con.execute("USE lake")
        for declared in TABLES.values():
            paths = lake.paths(declared.name, version=(versions or {}).get(declared.name))
            _create_lake_view(con, declared, paths)
        con.execute("USE warehouse")
        yield con
    finally:
        con.close()
        remove_tree(spill)


def side_by_side(
    con: duckdb.DuckDBPyConnection, task: Callable[[duckdb.DuckDBPyConnection, Item], Answer], items: Iterable[Item]
) -> list[Answer]:
    """`task(cursor, item)` for each item, two at a time; the answers in the order of the items.

    They share the session's memory and threads: while a statement is at a part that one thread alone can do (a window
    in the stored order, the last row group of a table), the other is carried on. Raises what the first task in order
    raises; those under way are interrupted.
    """
    catalog = con.execute("SELECT current_database()").fetchall()[0][0]
    cursors = [con.cursor() for _ in range(_AT_ONCE)]
    idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
    for cursor in cursors:
        cursor.execute(f"USE {identifier(catalog)}")
        idle.put(cursor)

    def run(item: Item) -> Answer:
        cursor = idle.get()
        try:
            return task(cursor, item)
        finally:
            idle.put(cursor)

    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="warehouse")
    answers = [pool.submit(run, item) for item in items]
    try:
        return [answer.result() for answer in answers]
    except BaseException:
        for answer in answers:
            answer.cancel()
        while wait(answers, timeout=0.1).not_done:  # once more for a statement that had not begun
            for cursor in cursors:
                cursor.interrupt()
        raise
    finally:
        pool.shutdown()
        for cursor in cursors:
            cursor.close()


def identifier(name: str) -> str:
    """A name quoted as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(words: str) -> str:
    """Words quoted as an SQL string, for the statements that take no bound value (ATTACH, COMMENT)."""
    return "'" + words.replace("'", "''") + "'"


def _create_lake_view(con: duckdb.DuckDBPyConnection, declared: Table, paths: list[Path]) -> None:
    """A view with the declared columns, also when there is no part, or only parts older than a column."""
    shape = ", ".join(f"CAST(NULL AS {c.type.value}) AS {identifier(c.name)}" for c in declared.columns)
    rows = f"SELECT {shape} WHERE false"
    if paths:
        parts = con.read_parquet(
            [without_wildcards(path) for path in paths], hive_partitioning=False, union_by_name=True
        )
        parts.create_view(f"{declared.name}_parts")
        rows += f" UNION ALL BY NAME SELECT * FROM lake.{identifier(declared.name + '_parts')}"
    con.execute(f"CREATE VIEW lake.{identifier(declared.name)} AS {rows}")


def without_wildcards(path: Path) -> str:
    """The path as DuckDB must be given it: a home may be called `news [2024]`."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path.absolute()))
