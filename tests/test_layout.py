"""The house keeps its shape: who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A room may ask itself, the schema and those named here, never a later one.
MAY_ASK = {
    "schema": set(),
    "ingest": {"schema"},
    "clean": {"schema", "ingest"},
    "entities": {"schema"},
    "resolve": {"schema", "clean"},
    "warehouse": {"schema"},
}
MAX_LINES = 300


def imported_modules(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("room", sorted(MAY_ASK))
def test_a_room_imports_only_the_rooms_before_it(room: str) -> None:
    for path in (ROOT / "pipeline" / room).rglob("*.py"):
        for module in imported_modules(path):
            top, _, rest = module.partition(".")
            assert top not in {"dagster", "assets"}, f"{path}: {module}"
            if top == "pipeline" and rest:
                asked = rest.split(".")[0]
                assert asked == room or asked in MAY_ASK[room], f"{path}: {module}"


def test_every_folder_of_the_library_is_a_room_of_the_house() -> None:
    rooms = {p.name for p in (ROOT / "pipeline").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert rooms == set(MAY_ASK)


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    files = [
        p for folder in ("pipeline", "assets", "benchmarks", "samples", "tests") for p in (ROOT / folder).rglob("*.py")
    ]
    too_long = {str(p.relative_to(ROOT)): n for p in files if (n := len(p.read_bytes().splitlines())) > MAX_LINES}
    assert not too_long


def test_the_command_line_loads_nothing_heavy_before_it_is_asked() -> None:
    heavy = "{'dagster', 'spacy', 'duckdb', 'pandas', 'pyarrow', 'numpy'}"
    code = f"import sys, assets.cli; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"
