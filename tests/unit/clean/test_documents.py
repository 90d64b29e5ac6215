"""The clean stage: a raw document's row becomes a described document and its blocks."""

from datetime import date, datetime

import pytest

from pipeline.clean import clean_documents, count_outlet_lines
from pipeline.schema import arrow_schema, table_from_rows

STORY = [
    "OSLO, Norway (AP) — The harbour board voted late on Monday to reopen the northern quay, ending a long dispute.",
    "Dock workers had asked for the vote since the spring, when the quay was shut after an inspection found rust.",
    "“We could have had this in May,” said Ada Moreau, who speaks for the union. The board's chair declined to comment.",
    "صوّت مجلس الميناء مساء الاثنين على إعادة فتح الرصيف الشمالي",
    "The first ship is expected on Thursday. It carries timber from Riga, the port's operator said in a statement.",
]
HEADER = ["Harbour board votes to reopen the northern quay", "By Tom Hale and Lin Wei", "March 9, 2021 6:56 pm GMT+2"]
PAGE = "\r\n\r\n".join(["Skip to content", *HEADER, *STORY, "Leave a Reply", "Save my name and email in this browser"])


def cleaned(**columns):
    row = {
        "document_id": "d1",
        "source_path": "gazette/quay.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "ingest_date": date(2021, 3, 20),
        "content_sha256": "0" * 64,
        "raw_text": PAGE,
        **columns,
    }
    raw = table_from_rows("raw_documents", [row])
    return clean_documents(raw, count_outlet_lines(raw))


@pytest.fixture(scope="module")
def page():
    return cleaned()


def test_tables_have_the_declared_form(page):
    assert page.documents.schema == arrow_schema("documents")
    assert page.blocks.schema == arrow_schema("blocks")


def test_metadata_of_a_page(page):
    (document,) = page.documents.to_pylist()
    assert document["title"] == HEADER[0]
    assert document["byline"] == "Tom Hale and Lin Wei"
    assert document["dateline"] == "OSLO, Norway (AP)"
    assert document["published_date"] == date(2021, 3, 9)
    assert document["published_at"] == datetime(2021, 3, 9, 16, 56)
    assert document["published_text"] == HEADER[2]
    assert (document["published_precision"], document["published_basis"]) == ("minute", "text")
    assert document["language"] == "en"
    assert document["duplicate_of"] is None


def test_blocks_are_spans_of_the_untouched_text(page):
    (document,) = page.documents.to_pylist()
    assert document["raw_text"] == PAGE
    blocks = page.blocks.to_pylist()
    assert [b["block_no"] for b in blocks] == list(range(len(blocks)))
    assert all(PAGE[b["start"] : b["end"]] == b["text"] for b in blocks)
    assert "".join("".join(b["text"].split()) for b in blocks) == "".join(PAGE.split())


def test_clean_text_is_the_kept_blocks_a_paragraph_each(page):
    (document,) = page.documents.to_pylist()
    kept = [b["text"] for b in page.blocks.to_pylist() if b["is_kept"]]
    assert document["clean_text"] == "\n\n".join(kept)
    assert document["kept_chars"] == sum(map(len, kept))
    assert document["raw_chars"] == len(PAGE)


def test_another_script_is_tagged(page):
    languages = {b["text"]: b["language"] for b in page.blocks.to_pylist()}
    assert languages[STORY[3]] == "ar"
    assert languages[STORY[1]] == languages["Skip to content"] == "en"


def test_what_the_markup_states_comes_first():
    (document,) = cleaned(
        stated_title="Quay to reopen - Harbour Gazette",
        stated_byline="By Ann Lee",
        stated_published="2021-03-08T23:00:00Z",
        stated_published_basis="markup:json-ld:datePublished",
        outlet_id="gazette",
        outlet_name="The Harbour Gazette",
        outlet_basis="record",
    ).documents.to_pylist()
    assert document["title"] == "Quay to reopen"
    assert document["byline"] == "Ann Lee"
    assert document["published_at"] == datetime(2021, 3, 8, 23)
    assert document["published_basis"] == "markup:json-ld:datePublished"
    assert (document["outlet_id"], document["outlet_basis"], document["outlet_score"]) == ("gazette", "record", 1.0)


def test_markup_that_states_no_usable_date_gives_way_to_the_text():
    (document,) = cleaned(
        stated_published="yesterday",
        stated_published_basis="markup:meta:date",
        stated_byline="https://gazette.example/ann",
    ).documents.to_pylist()
    assert document["published_basis"] == "text"
    assert document["byline"] == "Tom Hale and Lin Wei"


def test_outlet_read_from_the_rights_notice_is_marked_less_certain():
    (document,) = cleaned(raw_text=PAGE + "\n\n© 2021 Harbour Gazette. All rights reserved.").documents.to_pylist()
    assert (document["outlet_id"], document["outlet_basis"]) == ("harbour-gazette", "text")
    assert document["outlet_score"] < 0.9


def test_no_documents():
    empty = table_from_rows("raw_documents", [])
    result = clean_documents(empty, count_outlet_lines(empty))
    assert (result.documents.num_rows, result.blocks.num_rows) == (0, 0)
