"""A published column does not go away, or change its type, unless the change log says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.schema.snapshot import (
    CHANGELOG,
    declared_columns,
    read_snapshot,
    unannounced,
    write_snapshot,
)

BOATS = {("boats", "name", "VARCHAR"), ("boats", "length", "BIGINT")}


def test_every_declared_column_is_in_the_snapshot() -> None:
    missing = sorted(declared_columns() - read_snapshot())
    assert not missing, "run: python -m pipeline.schema.snapshot"


def test_the_change_log_names_every_column_that_is_gone_or_of_another_type() -> None:
    assert unannounced(read_snapshot(), declared_columns(), CHANGELOG.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("declared", "told", "expected"),
    [
        (BOATS, "", []),
        (BOATS | {("boats", "flag", "VARCHAR")}, "", []),
        ({("boats", "name", "VARCHAR")}, "", ["boats.length"]),
        ({("boats", "name", "VARCHAR"), ("boats", "length", "DOUBLE")}, "", ["boats.length"]),
        (set(), "", ["boats.length", "boats.name"]),
        ({("boats", "name", "VARCHAR"), ("boats", "length", "DOUBLE")}, "- `boats.length` is in metres now.", []),
        ({("boats", "name", "VARCHAR")}, "- `boats.length_m` is new.", ["boats.length"]),
    ],
)
def test_only_what_readers_would_miss_needs_a_word(
    declared: set[tuple[str, str, str]], told: str, expected: list[str]
) -> None:
    assert unannounced(BOATS, declared, told) == expected


def test_the_snapshot_reads_back_and_grows_by_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "columns.tsv"
    write_snapshot(BOATS, path)
    before = path.read_text(encoding="utf-8").splitlines()
    write_snapshot(BOATS | {("boats", "flag", "VARCHAR")}, path)
    assert set(before) < set(path.read_text(encoding="utf-8").splitlines())
    assert read_snapshot(path) == BOATS | {("boats", "flag", "VARCHAR")}
