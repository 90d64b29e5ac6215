"""The lake: parts are whole, idempotent, versioned, and say which documents they speak for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.schema import arrow_schema, table_from_rows
from pipeline.warehouse.lake import Lake, part_key

DAY, NEXT_DAY = date(2031, 5, 20), date(2031, 5, 21)


def mentions(*ids: str, document_id: str = "d1") -> pa.Table:
    return table_from_rows("mentions", [{"mention_id": i, "document_id": document_id} for i in ids])


def outputs(**spans: str) -> pa.Table:
    return table_from_rows("model_outputs", [{"output_key": k, "spans": v, "tokens": b""} for k, v in spans.items()])


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


def ids(data: pa.Table) -> list[str]:
    return data["mention_id"].to_pylist()


def test_an_empty_lake_reads_as_empty_tables_of_the_declared_schema(lake: Lake) -> None:
    assert lake.read("mentions").schema.equals(arrow_schema("mentions"), check_metadata=True)
    assert lake.read("mentions", ["start", "label"]).column_names == ["start", "label"]
    assert lake.partitions("mentions") == []
    assert lake.document_ids("mentions", DAY, "v1") == set()
    assert lake.row_count("mentions") == 0


def test_what_is_written_is_read(lake: Lake) -> None:
    lake.write("mentions", mentions("m1", "m2"), version="v1", partition=DAY, document_ids=["d1"])
    lake.write("mentions", mentions("m3"), version="v1", partition=NEXT_DAY, document_ids=["d1"])
    assert ids(lake.read("mentions")) == ["m1", "m2", "m3"]
    assert ids(lake.read("mentions", partition=NEXT_DAY)) == ["m3"]
    assert [ids(part) for part in lake.scan("mentions", ["mention_id"])] == [["m1", "m2"], ["m3"]]
    assert lake.partitions("mentions") == [DAY, NEXT_DAY]
    assert lake.row_count("mentions") == 3


def test_the_same_batch_written_twice_is_one(lake: Lake) -> None:
    for batch in (["d1", "d2"], ["d2", "d1"]):
        lake.write("mentions", mentions("m1"), version="v1", partition=DAY, document_ids=batch)
    lake.write("model_outputs", outputs(a="[]"), version="v1")
    lake.write("model_outputs", outputs(a="[]"), version="v1")
    lake.write("model_outputs", outputs(b="[]"), version="v1")
    assert ids(lake.read("mentions")) == ["m1"]
    assert lake.read("model_outputs")["output_key"].to_pylist().count("a") == 1
    assert lake.row_count("model_outputs") == 2


def test_equal_tables_make_equal_files(tmp_path: Path) -> None:
    one, other = (
        Lake(tmp_path / home).write("mentions", mentions("m1", "m2"), version="v1", partition=DAY)
        for home in ("one", "other")
    )
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_a_document_without_a_row_is_done_all_the_same(lake: Lake) -> None:
    lake.write("mentions", mentions("m1"), version="v1", partition=DAY, document_ids=["d1", "d2"])
    assert lake.document_ids("mentions", DAY, "v1") == {"d1", "d2"}
    assert lake.document_ids("mentions", DAY, "v2") == set()
    assert lake.document_ids("mentions", NEXT_DAY, "v1") == set()


def test_without_a_statement_the_documents_of_the_rows_are_done(lake: Lake) -> None:
    lake.write("mentions", mentions("m1", document_id="d7"), version="v1", partition=DAY)
    assert lake.document_ids("mentions", DAY, "v1") == {"d7"}


def test_a_new_version_takes_over_when_the_old_one_is_retired(lake: Lake) -> None:
    lake.write("mentions", mentions("m1", "m2"), version="v1", partition=DAY)
    lake.write("mentions", mentions("n1"), version="v2", partition=DAY)
    assert ids(lake.read("mentions", version="v2")) == ["n1"]
    assert ids(lake.read("mentions")) == ["m1", "m2"], "v2 is under way: the fuller version is seen"
    assert lake.retire("mentions", partition=DAY, keep_version="v2") == 1
    assert ids(lake.read("mentions")) == ["n1"]
    assert lake.retire("mentions", partition=DAY, keep_version="v2") == 0


def test_a_partition_that_lacks_the_version_shows_the_one_it_has(lake: Lake) -> None:
    lake.write("mentions", mentions("m1"), version="v1", partition=DAY)
    lake.write("mentions", mentions("m2"), version="v2", partition=NEXT_DAY)
    assert ids(lake.read("mentions", version="v2")) == ["m1", "m2"]


def test_batches_that_a_kill_left_in_one_table_only_are_dropped(lake: Lake) -> None:
    blocks = table_from_rows("blocks", [{"document_id": "d1"}])
    documents = table_from_rows("documents", [{"document_id": "d1"}])
    for name, data in (("blocks", blocks), ("documents", documents)):
        lake.write(name, data, version="v1", partition=DAY, document_ids=["d1"])
    lake.write("blocks", blocks, version="v1", partition=DAY, document_ids=["d1", "d2"])
    assert lake.settle(["blocks", "documents"], version="v1", partition=DAY) == 1
    assert lake.document_ids("blocks", DAY, "v1") == {"d1"}
    assert lake.settle(["blocks", "documents"], version="v1", partition=DAY) == 0


def test_tables_that_belong_together_change_in_one_step(lake: Lake) -> None:
    assert lake.committed("resolution") is None
    lake.commit("resolution", "s1")
    lake.commit("resolution", "s2")
    assert lake.committed("resolution") == "s2"


def test_lookup_finds_the_wanted_rows_in_all_parts(lake: Lake) -> None:
    lake.write("model_outputs", outputs(a="1", b="2"), version="v1")
    lake.write("model_outputs", outputs(c="3"), version="v1")
    found = lake.lookup("model_outputs", "output_key", pa.array(["b", "c", "z"]))
    assert sorted(found["spans"].to_pylist()) == ["2", "3"]
    assert len(lake.lookup("model_outputs", "output_key", pa.array([], pa.string()))) == 0


def test_a_column_declared_later_reads_as_null(lake: Lake) -> None:
    path = lake.write("mentions", mentions("m1"), version="v1", partition=DAY)
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["role"]), path)
    assert lake.read("mentions")["role"].to_pylist() == [None]
    assert lake.read("mentions").schema.equals(arrow_schema("mentions"))


def test_comments_travel_with_the_files(lake: Lake) -> None:
    path = lake.write("mentions", mentions("m1"), version="v1", partition=DAY)
    assert pq.read_schema(path).field("surface").metadata[b"comment"] == b"raw_text[start:end]."


@pytest.mark.parametrize("name", ["../out", "", ".hidden", "a/b", "v 1"])
def test_no_name_leaves_the_lake(lake: Lake, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name"):
        lake.write("mentions", mentions("m1"), version=name, partition=DAY)
    with pytest.raises(ValueError, match="cannot name"):
        lake.write("mentions", mentions("m1"), version="v1", partition=DAY, key=name or "/")


def test_an_undeclared_table_is_refused(lake: Lake) -> None:
    with pytest.raises(KeyError, match="secrets"):
        lake.read("secrets")


@settings(deadline=None)
@given(st.lists(st.text(min_size=1), unique=True))
def test_a_batch_is_known_by_its_members_alone(members: list[str]) -> None:
    assert part_key(members) == part_key(reversed(members))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    batches=st.lists(
        st.tuples(st.sampled_from(["v1", "v2"]), st.sets(st.sampled_from("abcdef"), min_size=1)), max_size=8
    )
)
def test_done_documents_are_those_written(tmp_path_factory: pytest.TempPathFactory, batches: list) -> None:
    lake = Lake(tmp_path_factory.mktemp("lake"))
    for version, members in batches:
        lake.write("mentions", mentions(), version=version, partition=DAY, document_ids=members)
    for version in ("v1", "v2"):
        expected = {m for v, members in batches if v == version for m in members}
        assert lake.document_ids("mentions", DAY, version) == expected
