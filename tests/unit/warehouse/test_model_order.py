"""SQL files: each says what it is for, and models run after what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.schema import published_tables
from pipeline.warehouse.models import BUILT_IN, load_models, published_models
from pipeline.warehouse.sqlfile import SQL_ROOT, SqlFileError, read_sql_file, read_sql_folder

HEADER = "-- What it is for.\n"


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    """A copy of the models that a test may break."""
    for layer in ("work", "core", "marts"):
        (tmp_path / layer).mkdir()
        for file in (SQL_ROOT / layer).glob("*.sql"):
            (tmp_path / layer / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_every_model_comes_after_those_it_reads() -> None:
    order = [model.qualified_name for model in load_models()]
    for model in load_models():
        for source in model.sources - {s for s in model.sources if s.startswith("lake.")}:
            assert order.index(source) < order.index(model.qualified_name)


def test_every_published_table_has_a_model() -> None:
    published = {f"{t.layer.value}.{t.name}" for t in published_tables()}
    assert {model.qualified_name for model in published_models()} == published - {BUILT_IN}


def test_a_published_model_names_what_it_is_made_from_through_the_steps_between() -> None:
    sources = {model.qualified_name: model.sources for model in published_models()}
    assert sources["marts.entity_days"] == {"core.documents", "core.mentions", "lake.entities"}
    assert not [source for read in sources.values() for source in read if source.startswith("work.")]


def test_a_cycle_names_the_file(sql: Path) -> None:
    (sql / "core" / "outlets.sql").write_text(HEADER + "select * from core.entities")
    (sql / "core" / "entities.sql").write_text(HEADER + "select * from core.outlets")
    with pytest.raises(SqlFileError, match=r"core/(outlets|entities)\.sql: reads itself in a circle"):
        load_models(sql)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("select * from core.nothing", "there is no model core.nothing"),
        ("select * from lake.nothing", "no table nothing is declared in the lake"),
        ("select * from blocks", "name the layer of blocks"),
        ("select * from", "does not parse"),
        ("drop table core.blocks", "exactly one SELECT"),
        ("select 1; select 2", "exactly one SELECT"),
    ],
)
def test_a_bad_model_names_its_file(sql: Path, statement: str, message: str) -> None:
    (sql / "core" / "outlets.sql").write_text(HEADER + statement)
    with pytest.raises(SqlFileError, match=rf"core/outlets\.sql: .*{message}"):
        load_models(sql)


def test_a_name_of_its_own_is_no_reference(sql: Path) -> None:
    (sql / "core" / "outlets.sql").write_text(HEADER + "with blocks as (select 1 as one) select * from blocks")
    assert {m.name: m.sources for m in load_models(sql)}["outlets"] == frozenset()


def test_a_model_without_a_declared_table_and_a_table_without_a_model_are_errors(sql: Path) -> None:
    extra = sql / "core" / "surprises.sql"
    extra.write_text(HEADER + "select 1 as one")
    with pytest.raises(SqlFileError, match=r"core/surprises\.sql: no table surprises"):
        load_models(sql)
    extra.unlink()
    (sql / "marts" / "entity_days.sql").unlink()
    with pytest.raises(SqlFileError, match=r"marts/entity_days\.sql: is missing"):
        load_models(sql)


def test_the_header_gives_description_and_fields(tmp_path: Path) -> None:
    path = tmp_path / "check.sql"
    path.write_text("-- First line\n-- and second.\n-- severity: error\nselect 1 -- not this\n")
    file = read_sql_file(path)
    assert (file.name, file.description) == ("check", "First line and second.")
    assert file.values("severity") == ["error"]


def test_a_file_that_does_not_say_what_it_is_for_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "check.sql"
    path.write_text("select 1")
    with pytest.raises(SqlFileError, match="leading comment"):
        read_sql_file(path)


@pytest.mark.parametrize("folder", ["work", "core", "marts", "checks", "queries", "queries/dashboard"])
def test_every_shipped_file_is_one_described_select(folder: str) -> None:
    files = read_sql_folder(SQL_ROOT / folder)
    assert files
    assert all(file.tree is not None for file in files)
