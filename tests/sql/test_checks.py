"""Every data check lets sound data pass and sees the damage it is there for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.checks import CheckResult, check_warehouse, load_checks, run_check
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.session import warehouse_session
from pipeline.warehouse.sqlfile import SqlFileError

CHECKS = {file.name: file for file in load_checks()}


def six_days(column: str, value: str) -> str:
    """Twenty more pages like d1 on each of six days; `value` is what `column` holds, by `day` from 0 to 5."""
    return (
        "insert into core.documents by name select documents.* replace (document_id || '-' || day || '-' || copy as document_id,"
        f" date '2031-06-01' + day::integer as ingest_date, {value} as {column})"
        " from core.documents as documents, range(6) as days (day), range(20) as copies (copy) where document_id = 'd1'"
    )


NAMED_BEFORE = (
    "insert into core.mentions by name select mentions.* replace (documents.document_id as document_id)"
    " from (from core.mentions where document_id = 'd1') as mentions cross join core.documents as documents"
    " where documents.ingest_date between date '2031-06-01' and date '2031-06-05'"
)
REFUSED_AFTER = (
    "insert into core.rejected_documents by name select 'late-' || number as source_path, 'empty' as reason_code,"
    " date '2031-06-06' as ingest_date, 0 as byte_size from range(20) as refused (number)"
)
# For each check, ways to damage a sound warehouse that it must see.
DAMAGE = {
    "blocks_tile_documents": [
        "update core.blocks set text = text || '!' where document_id = 'd1' and block_no = 1",
        'update core.blocks set start = start + 1, "end" = "end" + 1 where document_id = \'d1\' and block_no = 1',
        "update core.blocks set \"end\" = start where document_id = 'd2' and block_no = 0",
        "update core.documents set raw_text = 'é' || raw_text where document_id = 'd1'",
        "update core.documents set raw_text = raw_text || chr(10) where document_id = 'd1'",
        "update core.documents set raw_chars = raw_chars - 1 where document_id = 'd1'",
        "delete from core.blocks where document_id = 'd1' and block_no = 0",
        "delete from core.blocks where document_id = 'd1' and block_no = 2",
        "delete from core.blocks where document_id = 'd1' and block_no = 3",
        "delete from core.blocks where document_id = 'd4'",
        "update core.blocks set block_no = block_no + 1 where document_id = 'd2'",
        "update core.blocks set start = start - 5 where document_id = 'd2' and block_no = 1",
        "insert into core.blocks select * from core.blocks where document_id = 'd1' and block_no = 1",
    ],
    "counts_reconcile": [
        "update core.entities set mention_count = mention_count + 1 where entity_id = 'e-bay'",
        "delete from core.aliases where alias = 'Okvel'",
        "delete from marts.outlet_spellings where alias = 'Okvel'",
        "delete from marts.entity_days where entity_id = 'e-aske'",
    ],
    "dates_plausible": [
        "update core.documents set published_date = date '2031-06-20' where document_id = 'd1'",
        "update core.documents set published_date = date '1070-01-01' where document_id = 'd1'",
    ],
    "dates_stated": [
        "update core.documents set published_date = date '2031-05-05' where document_id = 'd3'",
        "update core.documents set published_basis = null where document_id = 'd1'",
        "update core.documents set published_at = timestamp '2031-05-09 10:00' where document_id = 'd1'",
        "update core.documents set published_at = timestamp '2031-05-09 10:00' where document_id = 'd3'",
    ],
    "day_drift": [
        six_days("kept_chars", "if(day = 5, kept_chars // 2, kept_chars)"),
        six_days("raw_chars", "raw_chars") + "; " + NAMED_BEFORE,
        six_days("raw_chars", "raw_chars") + "; " + REFUSED_AFTER,
    ],
    "documents_reconcile": [
        "delete from core.documents where document_id = 'd4'",
        "update core.documents set document_id = 'd9' where document_id = 'd4'",
    ],
    "documents_were_read": ["update core.documents set document_id = 'd9' where document_id = 'd4'"],
    "duplicates_point_to_first": [
        "update core.documents set duplicate_of = 'd3' where document_id = 'd4'",
    ],
    "entities_have_mentions": ["delete from core.mentions where entity_id = 'e-aske'"],
    "keys_unique": [
        "insert into core.documents select * from core.documents where document_id = 'd1'",
        "insert into marts.entity_pairs select * from marts.entity_pairs limit 1",
        "insert into core.aliases select * from core.aliases limit 1",
        "insert into marts.dates select * from marts.dates limit 1",
    ],
    "known_values": [
        "update core.blocks set kind = 'banner' where kind = 'body'",
        "update core.blocks set is_kept = true where kind = 'share'",
        "update core.mentions set label = 'MISC' where document_id = 'd1'",
        "update core.entities set label = 'MISC' where entity_id = 'e-bay'",
    ],
    "landing_reconciles": ["delete from core.rejected_documents"],
    "mention_offsets_exact": [
        "update core.mentions set surface = 'Someone Else' where surface = 'Okvel'",
        'update core.mentions set start = start - 1, "end" = "end" - 1 where surface = \'Okvel\'',
        "update core.mentions set block_no = 3 where document_id = 'd1'",
        "update core.blocks set is_kept = false where document_id = 'd1' and kind = 'body'",
    ],
    "mentions_do_not_overlap": [
        "insert into core.mentions by name select 'copy' as mention_id, * exclude (mention_id)"
        " from core.mentions where surface = 'Okvel'",
        'update core.mentions set "end" = "end" + 100',
    ],
    "pairs_ordered": [
        "update marts.entity_pairs set entity_id_b = entity_id_a where entity_id_a = 'e-aske'",
        "update marts.entity_pairs set paragraph_count = 0",
    ],
    "redirects_end": [
        "update core.entity_redirects set entity_id = 'e-nobody'",
        "update core.entity_redirects set entity_id = 'e-old'",
        "insert into core.entity_redirects values ('e-bay', 'e-port', 'merged', 'r1')",
        "insert into core.entity_redirects values ('e-a', 'e-b', 'merged', 'r1'), ('e-b', 'e-a', 'merged', 'r1')",
    ],
    "references_resolve": [
        "update core.mentions set entity_id = null where surface = 'Okvel'",
        "update core.mentions set document_id = 'd9' where surface = 'Okvel'",
        "update core.documents set duplicate_of = 'd9' where document_id = 'd3'",
        "update core.documents set outlet_id = 'nowhere' where document_id = 'd1'",
        "delete from core.outlets where outlet_id = 'unknown'",
        "delete from marts.dates where day = date '2031-05-07'",
        "delete from marts.dates where day = date '2031-05-20'",
        "delete from core.entities where entity_id = 'e-bay'",
    ],
    "run_drift": [
        "update core.runs set kept_chars = 40 where run_id = 'r3'",
        "update core.runs set mention_count = 2 where run_id = 'r3'",
        "update core.runs set rejected_count = 9 where run_id = 'r3'",
    ],
    "text_counts_agree": [
        "update core.documents set kept_chars = kept_chars + 1 where document_id = 'd1'",
    ],
    "types_flat": ["alter table core.outlets add column regions varchar[]"],
}


def test_sound_data_passes_every_check(harbor: tuple[Path, list[CheckResult]]) -> None:
    _, results = harbor
    assert [r for r in results if not r.passed] == []
    assert {r.name for r in results} == set(CHECKS)


def test_the_guide_lists_every_check() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "warehouse.md").read_text(encoding="utf-8")
    for name, check in CHECKS.items():
        assert f"| `{name}` | {check.values('severity')[0]} | {check.description} |" in guide


def test_every_check_has_damage_to_see() -> None:
    assert set(DAMAGE) == set(CHECKS)


@pytest.fixture(scope="module")
def damageable(
    harbor: tuple[Path, list[CheckResult]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session on a copy of the warehouse; each test rolls its damage back."""
    home, _ = harbor
    copy = tmp_path_factory.mktemp("damaged") / "warehouse.duckdb"
    shutil.copy(home / "build" / "warehouse.duckdb", copy)
    with warehouse_session(copy, Lake(home)) as con:
        yield con


@pytest.mark.parametrize(
    ("name", "statement"), [(name, damage) for name, statements in DAMAGE.items() for damage in statements]
)
def test_damage_is_seen(damageable: duckdb.DuckDBPyConnection, name: str, statement: str) -> None:
    damageable.execute("begin")
    try:
        damageable.execute(statement)
        result = run_check(damageable, CHECKS[name])
    finally:
        damageable.execute("rollback")
    assert not result.passed
    assert result.offending_count >= 1
    assert len(result.sample) == min(result.offending_count, 5)


def test_the_order_of_rows_is_no_damage(damageable: duckdb.DuckDBPyConnection) -> None:
    damageable.execute("begin")
    try:
        for name in ("documents", "blocks", "mentions"):
            damageable.execute(f"create temp table turned as from core.{name}; delete from core.{name}")
            damageable.execute(f"insert into core.{name} from turned order by rowid desc; drop table turned")
        results = [run_check(damageable, check) for check in CHECKS.values()]
    finally:
        damageable.execute("rollback")
    assert [result for result in results if not result.passed] == []


def test_results_stand_in_the_warehouse(harbor: tuple[Path, list[CheckResult]]) -> None:
    home, results = harbor
    with warehouse_session(home / "build" / "warehouse.duckdb", Lake(home), read_only=True) as con:
        recorded = con.execute("select check_name, passed from core.check_results order by 1").fetchall()
    assert recorded == [(r.name, r.passed) for r in results]


def test_a_standing_warehouse_can_be_checked_again(harbor: tuple[Path, list[CheckResult]]) -> None:
    home, results = harbor
    assert check_warehouse(home / "build" / "warehouse.duckdb", Lake(home)) == results


@pytest.mark.parametrize(
    "header", ["-- No severity.", "-- Odd.\n-- severity: fatal", "-- Odd.\n-- severity: error\n-- lake: as is"]
)
def test_a_check_whose_header_says_something_unknown_is_refused(tmp_path: Path, header: str) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "odd.sql").write_text(f"{header}\nselect 1 where false\n")
    with pytest.raises(SqlFileError, match=r"odd\.sql"):
        load_checks(tmp_path)
