"""The SQL models, case by case: given rows of the lake, expect rows of a published table (cases/*.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.warehouse.build import build_tables
from pipeline.warehouse.models import Model, load_models
from pipeline.warehouse.session import warehouse_session
from tests.sql.world import World

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def models() -> list[Model]:
    return load_models()


@pytest.mark.parametrize("case", CASES)
def test_given_expect(case: dict[str, Any], models: list[Model], tmp_path: Path) -> None:
    lake = World(case["given"]).write(tmp_path)
    with warehouse_session(tmp_path / "warehouse.duckdb", lake) as con:
        build_tables(con, models)
        for name, expected in case["expect"].items():
            columns = list(expected[0]) if expected else ["count(*)"]
            found = con.execute(f"select {', '.join(columns)} from {name}").fetchall()
            assert found == ([tuple(row.values()) for row in expected] or [(0,)])
