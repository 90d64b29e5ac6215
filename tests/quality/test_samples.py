"""samples/landing is what samples/gold says, and ingest reads it back character by character."""

import gzip
from datetime import date

import pyarrow.parquet as pq
import pytest

from pipeline.ingest import KnownInputs, read_landing
from samples.build import build
from tests.quality.alignment import align
from tests.quality.gold import LANDING, gold_entities, gold_pages, gold_rejected, spellings_by_outlet

PAGES = gold_pages()
# The web reads ISO-8859-1 as its superset Windows-1252, and UTF-16 is recorded with its byte order.
RECORDED_AS = {"iso-8859-1": "windows-1252", "utf-16": "utf-16-le"}


@pytest.fixture(scope="module")
def ingested():
    batches = list(read_landing(LANDING, date(2024, 1, 6), KnownInputs()))
    documents = [row for batch in batches for row in batch.raw_documents.to_pylist()]
    return documents, [row for batch in batches for row in batch.rejected_documents.to_pylist()]


@pytest.fixture(scope="module")
def aligned(ingested):
    return align(PAGES, ingested[0])


def unpacked(path):
    """A file's content, apart from what a library's version may change in how it is packed."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".gz":
        try:
            return gzip.decompress(path.read_bytes())
        except EOFError:
            return "cut short"
    return path.read_bytes()


def test_the_landing_files_are_those_that_the_gold_gives(tmp_path):
    build(tmp_path)
    built = {path.relative_to(tmp_path): unpacked(path) for path in tmp_path.rglob("*") if path.is_file()}
    there = {path.relative_to(LANDING): unpacked(path) for path in LANDING.rglob("*") if path.is_file()}
    assert built == there, "run `python -m samples.build` and commit samples/landing"


def test_every_page_is_read_and_each_only_once(ingested, aligned):
    assert set(aligned) == {page.page_id for page in PAGES}
    assert len(ingested[0]) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page_id)
def test_the_gold_text_is_the_page_s_text(page, aligned):
    pair = aligned[page.page_id]
    assert pair.has_same_text
    if page.header["path"].removesuffix(".gz").endswith(".txt"):
        newline = "\r\n" if page.get("newline") == "crlf" else "\n"
        assert pair.document["raw_text"] == page.text.replace("\n", newline)
    encoding = page.get("encoding") or "utf-8"
    assert pair.document["encoding"] == RECORDED_AS.get(encoding, encoding)


def test_broken_inputs_are_rejected_for_the_stated_reason_and_nothing_else_is(ingested):
    expected = gold_rejected()
    reasons = {row["source_path"]: row["reason_code"] for row in ingested[1]}
    assert reasons == {e["source_path"]: e["reason_code"] for e in expected if "reason_code" in e}
    waiting = [e["source_path"] for e in expected if e.get("waits")]
    assert waiting and all((LANDING / path).is_file() for path in waiting)


def test_every_marked_name_is_an_entity_with_its_label_and_spellings():
    entities = gold_entities()
    assert {(m.entity, m.label) for page in PAGES for m in page.mentions} == {
        (entity.key, entity.label) for entity in entities.values()
    }
    assert {key: entity.spellings for key, entity in entities.items()} == spellings_by_outlet(PAGES)


def test_the_corpus_is_as_broad_as_it_claims():
    outlets = {page.header["outlet"] for page in PAGES}
    suffixes = {page.header["path"].partition("#")[0].partition(".")[2] for page in PAGES}
    assert len(PAGES) >= 44 and len(outlets) >= 6
    assert suffixes >= {"txt", "txt.gz", "html", "htm", "jsonl", "jsonl.gz", "warc.gz", "parquet"}
    assert {page.get("duplicate_of") for page in PAGES} - {None} <= {page.page_id for page in PAGES}
