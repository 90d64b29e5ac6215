"""The hostile corpus through a whole run: every input is the row or the rejection it should be, and the checks hold."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from assets.report import RecordingReport
from assets.run import run_pipeline
from assets.settings import Settings
from tests.conftest import DAY
from tests.reliability.hostile import SQL, Case, cases

CASES = cases()


@pytest.fixture(scope="module")
def home(models: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after one run over all cases, and links, pipes and bombs of other kinds besides."""
    root = tmp_path_factory.mktemp("hostile")
    landing = root / "landing"
    for case in CASES:
        path = landing / case.path
        path.parent.mkdir(parents=True)
        path.write_bytes(case.data)
    (root / "secret.txt").write_text("The secret of Joost Verhallen.")
    (landing / "out.txt").symlink_to(root / "secret.txt")
    (landing / "folder-out").symlink_to(root)
    (landing / "loop").symlink_to(landing)
    os.mkfifo(landing / "pipe.txt")
    (landing / "folder.txt").mkdir()
    (landing / "half.txt.part").write_text("Half of a p")
    for name, content in SIDECARS.items():
        (landing / name).mkdir()
        (landing / name / "outlet.yml").write_text(content)
    report = RecordingReport()
    run_pipeline(Settings(landing, root / "home", str(models[0])), DAY, report)
    print(f"{len(CASES)} hostile inputs: " + ", ".join(f"{step.name} {step.seconds:.1f} s" for step in report.steps))
    return root / "home"


LAUGHS = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10))
SIDECARS = {
    "laughing": "l0: &l0 [lol]\n" + LAUGHS + "id: *l9\n",
    "running": "id: !!python/object/apply:os.system ['true']\n",
    "deep": "[" * 5_000,
}


def found_in(home: Path) -> dict[str, str]:
    """source_path to what became of it."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        rows = con.sql(
            "select source_path, trim('document ' || coalesce(flags, '')) from documents"
            " union all select source_path, reason_code from rejected_documents"
        ).fetchall()
    assert len(dict(rows)) == len(rows), "an input is one thing"
    return dict(rows)


@pytest.fixture(scope="module")
def found(home: Path) -> dict[str, str]:
    return found_in(home)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path[:60])
def test_each_input_is_what_it_should_be(case: Case, found: dict[str, str]) -> None:
    path = case.path.replace("#", "\\x23").replace("\\", "\\x5c")
    of_case = {name.removeprefix(path): what for name, what in found.items() if name.startswith(path)}
    assert of_case == case.expected


def test_nothing_is_followed_out_of_the_landing_folder(found: dict[str, str]) -> None:
    expected = {"out.txt": "symlink", "folder-out": "symlink", "loop": "symlink", "pipe.txt": "unsupported"}
    assert {name: found.get(name) for name in expected} == expected
    assert not any("secret" in name or name.startswith(("half", "folder.txt")) for name in found)


@pytest.mark.parametrize("name", sorted(SIDECARS))
def test_a_hostile_sidecar_is_refused(name: str, found: dict[str, str]) -> None:
    assert found[f"{name}/outlet.yml"] == "bad_sidecar"


def test_text_is_kept_verbatim_and_checks_pass(home: Path) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        (count,) = con.execute("select count(*) from documents where contains(raw_text, ?)", [SQL]).fetchall()[0]
        failed = con.sql("select check_name from check_results where not passed and severity = 'error'").fetchall()
    assert count == 1
    assert failed == []


def test_no_file_was_written_outside_of_the_home(home: Path) -> None:
    assert {path.name for path in home.parent.iterdir()} == {"home", "landing", "secret.txt"}
    assert {path.name for path in home.iterdir()} == {".lock", "lake", "exports", "warehouse.duckdb"}
