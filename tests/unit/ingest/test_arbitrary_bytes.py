"""Whatever the bytes are: no reader raises, and every file is accounted for."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest import Limits, markup_from_json, render_html
from pipeline.ingest.decoding import decode_text
from pipeline.ingest.rejection import Reason, RejectedInputError
from tests.unit.ingest.landing_folder import read, write
from tests.unit.ingest.test_readers import parquet, warc

LIMITS = Limits(document_bytes=4_000, unpacked_bytes=50_000, ratio_from=20_000, records=20, in_memory_bytes=200_000)
WARC = warc(("https://quay.example/a", "text/html", b"<p>Tide</p>" * 20, "200 OK"))
SEEDS = {
    "a.txt": "Tide – “high”\n\nبحر".encode(),
    "a.html": b'<html lang="en"><script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'
    b"<body><table><tr><td>Tide<br>in</table><pre>a\nb</pre>",
    "a.jsonl": b'{"text": "Tide", "url": "http://a.example", "title": ["x"]}\n{"html": "<p>x"}\n',
    "a.warc": WARC,
    "a.parquet": parquet(text=["Tide", "x"], title=["a", None]),
}


@st.composite
def damaged(draw, seed: bytes) -> bytes:
    """Bytes at random, or the seed with pieces cut, doubled or overwritten."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=300))
    content = bytearray(seed)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        to = min(len(content), at + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.binary(max_size=20), st.just(bytes(content[at:to]) * 3), st.just(b"")))
        content[at:to] = piece
    return bytes(content)


@pytest.mark.parametrize("name", sorted(SEEDS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_input_is_a_document_or_a_rejection(name, data):
    content = data.draw(damaged(SEEDS[name]))
    if data.draw(st.booleans()):
        name, content = name + ".gz", data.draw(damaged(gzip.compress(content, mtime=0)))
    with tempfile.TemporaryDirectory() as folder:
        documents, rejected, (file,) = read(write(Path(folder), {name: content}), limits=LIMITS)
    assert documents or rejected
    assert file["document_count"] >= file["new_document_count"] == len(documents)
    assert file["rejected_count"] == len(rejected)
    assert {row["reason_code"] for row in rejected} <= {reason.value for reason in Reason}
    for row in documents:
        assert row["raw_text"].strip()
        lines = markup_from_json(row["markup"]) if row["markup"] else []
        assert all(row["raw_text"][line.start : line.end].strip() for line in lines)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-8", "cp1256", "big5"]))
)
def test_decoding_gives_text_that_can_be_written_or_refuses(data, declared):
    try:
        text, encoding = decode_text(data, declared)
    except RejectedInputError:
        return
    text.encode("utf-8")
    assert text.strip()
    assert encoding == encoding.lower()


MARKUP = """<p> </p> <div> </div> <br> <a> </a> <b> </b> <li> <ul> </ul> <table> <td> </table> <pre> </pre> <h1> </h1>
<script> </script> <!-- --> <style> <span hidden> </span> &amp; &#0; &nbsp; <article> <html> <body> </body> <title>
</title> <svg> <math> <template> <select> <option> <textarea>"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(MARKUP.split()) | st.text(max_size=8), max_size=60))
def test_the_lines_of_any_rendering_cover_its_text(pieces):
    html = "".join(pieces)
    try:
        page = render_html(html.encode("utf-8", "replace"))
    except RejectedInputError:
        return
    at = 0
    for line in page.lines:
        assert not page.text[at : line.start].strip()
        assert page.text[line.start : line.end].strip() == page.text[line.start : line.end]
        assert len(page.text[line.start : line.end].splitlines()) == 1
        assert 0 <= line.link_chars <= line.chars
        at = line.end
    assert not page.text[at:].strip()
