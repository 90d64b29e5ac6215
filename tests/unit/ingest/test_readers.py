"""What each format gives, read through a landing folder."""

import io
import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.unit.ingest.landing_folder import STORY, gz, jsonl, read, reasons, write

PAGE = "<html lang=en><title>Tide - Quay</title><h1>Tide</h1><p>The tide came in.</p></html>"


def warc(*responses: tuple[str, str, bytes, str], packed: bool = False) -> bytes:
    """A web archive of (url, content type, body, status line) responses, each after its request."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for url, content_type, body, status in responses:
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "quay.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
        writer.write_record(record)
    return target.getvalue()


def parquet(**columns: list) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def test_a_text_file_is_one_document_with_its_text_untouched(tmp_path):
    text = "\ufeffHarbour\r\n\r\n\tThe  harbour\u200b reopened.\u202e\r\n"
    (document,), rejected, (file,) = read(write(tmp_path, {"quay/a.txt": text.encode()}))
    assert rejected == []
    assert document["raw_text"] == text.removeprefix("\ufeff")
    assert document["flags"] == "bidi,zero_width"
    assert (document["media_type"], document["encoding"]) == ("text/plain", "utf-8")
    assert (document["source_path"], document["outlet_id"]) == ("quay/a.txt", "quay")
    assert document["markup"] is None
    assert (file["document_count"], file["new_document_count"], file["rejected_count"]) == (1, 1, 0)


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.html.gz", "saved-by-name.txt"])
def test_an_html_page_is_rendered_with_its_statements(tmp_path, name):
    content = gz(PAGE) if name.endswith(".gz") else PAGE
    (document,), _, _ = read(write(tmp_path, {name: content}))
    assert document["raw_text"] == "Tide\n\nThe tide came in."
    assert document["media_type"] == "text/html"
    assert (document["stated_title"], document["stated_language"]) == ("Tide - Quay", "en")
    assert json.loads(document["markup"])["lines"]


def test_text_named_html_keeps_its_lines(tmp_path):
    (document,), _, _ = read(write(tmp_path, {"a.html": STORY}))
    assert document["raw_text"] == STORY
    assert document["media_type"] == "text/plain"


def test_a_file_is_unpacked_by_what_it_is_not_by_its_name(tmp_path):
    documents, rejected, _ = read(write(tmp_path, {"a.txt": gz(STORY), "b.txt.gz": STORY + "More."}))
    assert [d["raw_text"] for d in documents] == [STORY, STORY + "More."]
    assert rejected == []


def test_jsonl_fields_become_columns_and_unknown_ones_are_kept(tmp_path):
    record = {
        "text": STORY,
        "url": "https://www.quay.example/harbour?x=1",
        "title": "Harbour\n reopens",
        "published_at": "2034-05-01T08:00:00Z",
        "outlet": "The Quay",
        "authors": ["Tove Aas", "Ivo Brandt"],
        "language": "en",
        "section": "Local",
        "ids": [1, 2],
    }
    (document,), _, _ = read(write(tmp_path, {"feed/a.jsonl": jsonl(record)}))
    assert document["raw_text"] == STORY
    assert document["url"] == record["url"]
    assert document["stated_title"] == "Harbour reopens"
    assert (document["stated_published"], document["stated_published_basis"]) == (
        "2034-05-01T08:00:00Z",
        "record:published_at",
    )
    assert document["stated_byline"] == "Tove Aas, Ivo Brandt"
    assert document["stated_language"] == "en"
    assert (document["outlet_id"], document["outlet_name"], document["outlet_domain"]) == (
        "the-quay",
        "The Quay",
        "quay.example",
    )
    assert document["outlet_basis"] == "record"
    assert json.loads(document["extra"]) == {"section": "Local", "ids": [1, 2]}
    assert document["source_path"] == "feed/a.jsonl#L1"


@pytest.mark.parametrize(
    ("field", "value", "column", "stated"),
    [
        ("authors", [{"name": "Tove Aas"}, {"name": "Ivo Brandt"}], "stated_byline", "Tove Aas, Ivo Brandt"),
        ("author", {"@type": "Person", "name": "Tove Aas"}, "stated_byline", "Tove Aas"),
        ("author", {"id": 7}, "stated_byline", None),
        ("published_at", 2030171400, "stated_published", "2034-05-02T08:30:00+00:00"),
        ("published_at", 2030171400000, "stated_published", "2034-05-02T08:30:00+00:00"),
        ("date", 2034, "stated_published", None),
        ("date", 20340501, "stated_published", None),
        ("date", True, "stated_published", None),
        ("date", 1e300, "stated_published", None),
        ("outlet", {"name": "The Quay"}, "outlet_id", "the-quay"),
        ("headline", " Tide\n in ", "stated_title", "Tide in"),
    ],
)
def test_fields_as_other_tools_write_them(tmp_path, field, value, column, stated):
    (document,), _, _ = read(write(tmp_path, {"a.jsonl": jsonl({"text": STORY, field: value})}))
    assert document[column] == stated
    assert bool(document["extra"]) == (stated is None), "what is not understood is kept"


def test_html_in_a_record_is_rendered_and_the_record_speaks_before_the_markup(tmp_path):
    (document,), _, _ = read(write(tmp_path, {"a.jsonl": jsonl({"html": PAGE, "text": "extract", "title": "Tide"})}))
    assert document["raw_text"] == "Tide\n\nThe tide came in."
    assert document["stated_title"] == "Tide"
    assert document["stated_language"] == "en"
    assert json.loads(document["extra"]) == {"text": "extract"}


def test_a_bad_line_costs_that_line_alone(tmp_path):
    lines = [
        json.dumps({"text": STORY}).encode(),
        b'{"text": "cut off',
        b"",
        b"[1, 2]",
        json.dumps({"title": "no text"}).encode(),
        json.dumps({"text": "  "}).encode(),
        b"\x00\x01\x02\x03",
        b"[" * 50_000,
        json.dumps({"text": STORY + "More."}).encode(),
    ]
    documents, rejected, (file,) = read(write(tmp_path, {"a.jsonl": b"\n".join(lines)}))
    assert [d["source_path"] for d in documents] == ["a.jsonl#L1", "a.jsonl#L9"]
    assert reasons(rejected) == {
        "a.jsonl#L2": "bad_json_line",
        "a.jsonl#L4": "bad_json_line",
        "a.jsonl#L5": "no_text",
        "a.jsonl#L6": "empty",
        "a.jsonl#L7": "binary",
        "a.jsonl#L8": "bad_json_line",
    }
    assert (file["document_count"], file["rejected_count"]) == (2, 6)


def test_half_a_surrogate_pair_in_json_is_flagged_not_fatal(tmp_path):
    line = b'{"text": "Tide \\ud83c\\udf0a and \\ud83c half", "url": "https://quay.example/\\ud83c"}'
    (document,), _, _ = read(write(tmp_path, {"a.jsonl": line}))
    assert document["raw_text"] == "Tide 🌊 and \ufffd half"
    assert document["flags"] == "replacement"


def test_jsonl_in_other_encodings(tmp_path):
    arabic = "قال مدير الميناء إن السفينة عادت أمس إلى المرفأ وأضاف أن الطاقم بخير"
    line = json.dumps({"text": arabic}, ensure_ascii=False) + "\n"
    files = {"a.jsonl": line.encode("utf-16"), "b.jsonl": line.replace("قال", "نفى").encode("cp1256")}
    documents, rejected, _ = read(write(tmp_path, files))
    assert rejected == []
    assert [d["raw_text"] for d in documents] == [arabic, arabic.replace("قال", "نفى")]
    assert [d["encoding"] for d in documents] == ["utf-16", "windows-1256"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages_and_only_those(tmp_path, packed):
    archive = warc(
        ("https://quay.example/tide", "text/html; charset=windows-1256", "<p>الميناء".encode("cp1256"), "200 OK"),
        ("https://quay.example/a.png", "image/png", b"\x89PNG", "200 OK"),
        ("https://quay.example/gone", "text/html", PAGE.encode(), "404 Not Found"),
        ("https://quay.example/blank", "text/html", b"<p></p>", "200 OK"),
        packed=packed,
    )
    (document,), rejected, (file,) = read(write(tmp_path, {"a.warc.gz" if packed else "a.warc": archive}))
    assert document["raw_text"] == "الميناء"
    assert (document["url"], document["encoding"]) == ("https://quay.example/tide", "windows-1256")
    assert (document["outlet_id"], document["outlet_basis"]) == ("quay.example", "url")
    assert reasons(rejected) == {f"{file['source_path']}#6": "http_status", f"{file['source_path']}#8": "no_text"}


def test_a_web_archive_cut_short_gives_what_came_before(tmp_path):
    page = PAGE.encode() * 50
    archive = warc(
        ("https://quay.example/1", "text/html", PAGE.encode(), "200 OK"),
        ("https://quay.example/2", "text/html", page, "200 OK"),
    )
    packed = warc(
        ("https://kai.example/1", "text/html", PAGE.encode(), "200 OK"),
        ("https://kai.example/2", "text/html", page, "200 OK"),
        packed=True,
    )
    documents, rejected, _ = read(write(tmp_path, {"a.warc": archive[:-900], "b.warc.gz": packed[:-30]}))
    assert [d["url"] for d in documents] == ["https://quay.example/1", "https://kai.example/1"]
    assert reasons(rejected) == dict.fromkeys(("a.warc#4", "b.warc.gz#4", "b.warc.gz"), "truncated")


def test_a_wet_archive_gives_its_texts(tmp_path):
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    record = writer.create_warc_record(
        "https://quay.example/x",
        "conversion",
        payload=io.BytesIO(STORY.encode()),
        warc_content_type="text/plain",
    )
    writer.write_record(record)
    (document,), _, _ = read(write(tmp_path, {"a.warc.wet.gz": target.getvalue()}))
    assert document["raw_text"] == STORY
    assert document["media_type"] == "text/plain"


@pytest.mark.parametrize("packed", [False, True])
def test_parquet_rows_are_records(tmp_path, packed):
    data = parquet(
        text=[STORY, None, " ", STORY + "More."],
        url=["https://quay.example/1", "https://quay.example/2", None, None],
        published_at=[datetime(2034, 5, 1, 6, tzinfo=UTC), None, None, None],
        section=["Local", None, None, None],
    )
    name = "a.parquet.gz" if packed else "a.parquet"
    documents, rejected, _ = read(write(tmp_path, {name: gz(data) if packed else data}))
    assert [d["source_path"] for d in documents] == [f"{name}#1", f"{name}#4"]
    assert documents[0]["stated_published"] == "2034-05-01T06:00:00+00:00"
    assert documents[0]["stated_published_basis"] == "record:published_at"
    assert json.loads(documents[0]["extra"]) == {"section": "Local"}
    assert documents[1]["extra"] is None
    assert reasons(rejected) == {f"{name}#2": "no_text", f"{name}#3": "empty"}
