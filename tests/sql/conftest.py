"""The small world, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.warehouse.checks import CheckResult
from tests.sql.world import harbor_world


@pytest.fixture(scope="session")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[CheckResult]]:
    """A home with the small world's lake, its warehouse in build/, and what the checks found there."""
    home = tmp_path_factory.mktemp("harbor")
    _, results = harbor_world().build(home)
    return home, results
