"""`dramatis release` and `dramatis diff` as a person types them, on a home with two small releases."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from assets.cli import main
from pipeline.warehouse.lock import home_lock
from pipeline.warehouse.release import list_releases
from tests.sql.released import two_releases


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_releases(tmp_path_factory.mktemp("releases") / "home")


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    """A copy that the test may change."""
    return Path(shutil.copytree(made_home, tmp_path / "home", symlinks=True))


def dramatis(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def names(home: Path) -> set[str]:
    """The entities a reader of the published file sees."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        return {name for (name,) in con.execute("select name from entities").fetchall()}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_list_tells_what_each_release_holds_and_which_readers_see(made_home: Path) -> None:
    first, second = dramatis("release", "list", "--home", made_home).output.splitlines()
    old, new = list_releases(made_home)
    assert first.startswith(f"  {old.id}  1 documents, 8 mentions, 7 entities")
    assert second.startswith(f"* {new.id}  2 documents, 9 mentions, 7 entities")
    assert "(run run-1, 2031-05-01 06:00 UTC)" in first and "(run run-2," in second


def test_rollback_shows_readers_the_older_release_and_leaves_the_lake(home: Path) -> None:
    lake = files(home / "lake")
    assert "Pia Sundling" in names(home)
    done = dramatis("release", "rollback", "previous", "--home", home)
    assert done.exit_code == 0, done.output
    assert "next run publishes anew" in done.output
    assert "Pia Sundling" not in names(home) and "Lower Quay" in names(home)
    assert files(home / "lake") == lake
    assert [r.is_current for r in list_releases(home)] == [True, False]


def test_rollback_goes_forth_again_by_the_number_of_a_release(home: Path) -> None:
    dramatis("release", "rollback", "000001", "--home", home)
    assert dramatis("release", "rollback", "000002", "--home", home).exit_code == 0
    assert "Pia Sundling" in names(home)


def test_rollback_while_a_run_is_at_work_changes_nothing_and_says_who_holds_the_home(home: Path) -> None:
    with home_lock(home):
        refused = dramatis("release", "rollback", "previous", "--home", home)
    assert refused.exit_code == 1
    assert "is in use by process" in refused.output
    assert "Pia Sundling" in names(home)


@pytest.mark.parametrize("reference", ["000009", "../../lake", "", "0000", "run-3"])
def test_a_release_that_is_not_kept_or_not_the_only_one_meant_is_refused(home: Path, reference: str) -> None:
    refused = dramatis("release", "rollback", reference, "--home", home)
    assert refused.exit_code == 1
    assert all(release.id in refused.output for release in list_releases(home))
    assert "Pia Sundling" in names(home)


def test_there_is_nothing_before_the_first_release(home: Path) -> None:
    dramatis("release", "rollback", "previous", "--home", home)
    assert dramatis("release", "rollback", "previous", "--home", home).exit_code == 1


def test_a_folder_that_is_no_home_does_not_become_one(tmp_path: Path) -> None:
    for words in (("release", "list"), ("release", "rollback", "previous"), ("diff", "previous", "current")):
        assert dramatis(*words, "--home", tmp_path / "none").exit_code == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("words", [("diff", "previous", "current"), ("release", "diff", "run-1", "run-2")])
def test_diff_names_every_change(made_home: Path, words: tuple[str, ...]) -> None:
    shown = dramatis(*words, "--home", made_home)
    assert shown.exit_code == 0, shown.output
    told = [line.split("  ")[1] for line in shown.output.splitlines() if line.startswith("  ")]
    assert told == ["O. Vell", "Ostrup the Younger", "Ilsa Marendt-Roo", "Lower Quay", "Pia Sundling"]
    for heading in ("merged 1", "split 1", "renamed 1", "gone 1", "born 1"):
        assert heading in shown.output


def test_diff_of_a_release_with_itself_says_that_nothing_changed(made_home: Path) -> None:
    assert "the same entities" in dramatis("diff", "current", "current", "--home", made_home).output


def test_diff_for_a_spreadsheet(made_home: Path) -> None:
    shown = dramatis("diff", "previous", "current", "--csv", "--home", made_home)
    rows = list(csv.DictReader(io.StringIO(shown.output)))
    assert [row["change"] for row in rows] == ["merged", "split", "renamed", "gone", "born"]
    assert rows[0] == {
        "change": "merged",
        "entity_id": "e-vell-2",
        "name": "O. Vell",
        "detail": "into Oksana Vell (e-vell)",
    }
