"""The commands as a person types them, on a home that holds the samples."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assets.cli import main
from assets.review import doubtful_pairs, review
from assets.settings import Settings
from pipeline.resolve import load_overrides
from pipeline.schema import data_dictionary
from tests.conftest import SAMPLES

PAGE = (
    "Harbour strike enters second week\n\nThe union met Mayor Leyla Haddadi on Monday, officials said.\n\nSubscribe\n"
)


def dramatis(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_explain_shows_spellings_by_outlet_and_the_reason_of_each_join(sample_home: Path) -> None:
    shown = dramatis("explain", "Vyrubkin", "--home", str(sample_home))
    assert shown.exit_code == 0
    assert "PERSON" in shown.output
    assert "Vyroubkine" in shown.output  # how the paper from the north spells him
    assert "joined because" in shown.output and "sound alike" in shown.output


def test_explain_of_nobody_says_so(sample_home: Path) -> None:
    shown = dramatis("explain", "Zzyzx Qwerty", "--home", str(sample_home))
    assert shown.exit_code == 1
    assert "No entity is called" in shown.output


def test_review_lists_what_is_doubtful_with_the_words_around_it(sample_home: Path) -> None:
    shown = dramatis("review", "--home", str(sample_home), "--json", "--limit", "5")
    assert shown.exit_code == 0
    rows = [json.loads(line) for line in shown.output.splitlines()]
    assert len(rows) == 5
    assert all(row["context_a"]["surface"] == row["alias_a"] for row in rows if row["context_a"])
    assert any(row["context_a"] and row["context_b"] for row in rows)


def test_review_writes_answers_down(sample_home: Path, tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").symlink_to((sample_home / "warehouse.duckdb").resolve())
    settings, answers = Settings(None, tmp_path), iter(["y", "s", "n", "q"])
    assert review(settings, 10, False, lambda _: next(answers))
    written = load_overrides(settings.overrides)
    first, _, third, *_ = doubtful_pairs(tmp_path, 10)
    assert written.merge == ((first["alias_a"], first["alias_b"]),)
    assert written.forbid == ((third["alias_a"], third["alias_b"]),)


def test_sql_answers_a_statement(sample_home: Path) -> None:
    shown = dramatis("sql", "SELECT count(*) AS pages FROM documents", "--home", str(sample_home))
    assert shown.exit_code == 0
    assert "pages" in shown.output and "60" in shown.output


def test_sql_answers_a_named_question(sample_home: Path) -> None:
    shown = dramatis("sql", "spellings_by_outlet", "--home", str(sample_home))
    assert shown.exit_code == 0 and "rows" in shown.output


@pytest.mark.parametrize(
    "statement",
    ["SELEC 1", "DELETE FROM documents", "SELECT * FROM read_csv('/etc/passwd')", "SET enable_external_access = true"],
)
def test_sql_refuses_in_one_line_what_it_cannot_or_must_not_do(sample_home: Path, statement: str) -> None:
    shown = dramatis("sql", statement, "--home", str(sample_home))
    assert shown.exit_code == 1
    assert "Traceback" not in shown.output and shown.output.strip()


def test_csv_defuses_what_a_spreadsheet_would_run(sample_home: Path) -> None:
    shown = dramatis("sql", "SELECT '=1+1' AS cell", "--csv", "--home", str(sample_home))
    assert list(csv.reader(io.StringIO(shown.output))) == [["cell"], ["'=1+1"]]


def test_check_passes_on_a_sound_home(sample_home: Path) -> None:
    shown = dramatis("check", "--home", str(sample_home))
    assert shown.exit_code == 0, shown.output
    assert "0 that stop a release failed" in shown.output


def test_status_says_that_nothing_is_left_to_do(sample_home: Path) -> None:
    shown = dramatis("status", str(SAMPLES), "--home", str(sample_home))
    assert "nothing to do" in shown.output and "no run is working on it" in shown.output


def test_status_of_an_empty_home_says_how_to_start(tmp_path: Path) -> None:
    shown = dramatis("status", "--home", str(tmp_path / "none"))
    assert "dramatis run LANDING" in shown.output


def test_strip_shows_what_is_cut_and_why(page: Path) -> None:
    shown = dramatis("strip", str(page))
    assert shown.exit_code == 0, shown.output
    kept, cut = [next(x for x in shown.output.splitlines() if w in x) for w in ("Leyla Haddadi", "Subscribe")]
    assert kept.startswith("body")
    assert cut.startswith("subscribe") and "invitation to subscribe" in cut


def test_strip_for_machines_gives_spans_that_tile_the_page(page: Path) -> None:
    shown = dramatis("strip", str(page), "--json")
    blocks = [json.loads(line) for line in shown.output.splitlines()]
    assert [b["text"] for b in blocks] == [line for line in PAGE.split("\n") if line]
    assert all(PAGE[b["start"] : b["end"]] == b["text"] for b in blocks)


def test_dictionary_prints_the_schema() -> None:
    assert dramatis("dictionary").output == data_dictionary()


def test_run_on_a_model_that_is_not_installed_says_the_command_that_installs_it(tmp_path: Path) -> None:
    shown = dramatis("run", str(SAMPLES), "--home", str(tmp_path / "home"), "--model", "xx_no_such_model")
    assert shown.exit_code == 1
    assert "pip install" in shown.output or "spacy download" in shown.output
    assert "Traceback" not in shown.output
