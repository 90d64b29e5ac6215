"""Hostile and broken input: a row with its reason, and the run goes on."""

import gzip
import io
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import Limits, Reason
from tests.unit.ingest.landing_folder import STORY, gz, jsonl, known_after, read, reasons, write

SMALL = Limits(document_bytes=2_000, unpacked_bytes=100_000, ratio=20, ratio_from=5_000, records=3, gzip_layers=2)


def nested_gzip(layers: int) -> bytes:
    content = STORY.encode()
    for _ in range(layers):
        content = gz(content)
    return content


def parquet_of_repeats() -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"text": ["x" * 1000] * 50_000}), target, use_dictionary=False, compression="gzip")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\n \n", "empty"),
        ("a.html", b"<html><script>x()</script></html>", "no_text"),
        ("a.txt", b"%PDF-1.4 ...", "binary"),
        ("a.txt", bytes(range(256)), "binary"),
        ("a.txt", b"\xff\xfe" + b"\x00\xdc" * 99, "undecodable"),
        ("a.docx", b"PK\x03\x04", "unsupported"),
        ("no-ending", STORY, "unsupported"),
        ("a.txt", "x" * 2_001, "too_large"),
        ("a.jsonl", '{"text": "' + "x" * 2_100 + '"}', "too_large"),
        ("a.jsonl", '{"text": "' + "x" * 9_000 + '"}', "too_large"),
        ("a.txt.gz", gz(STORY)[:-12], "truncated"),
        ("a.txt.gz", gz(STORY)[:5], "truncated"),
        ("a.txt.gz", gz(STORY)[:12] + b"\xff" * 40, "corrupt"),
        ("a.txt.gz", gz(STORY) + b"trailing bytes", "corrupt"),
        ("a.jsonl.gz", gz(b"\n" * 90_000), "bomb"),
        ("a.txt.gz", nested_gzip(3), "too_deep"),
        ("a.warc", b"WARC/1.0\r\nno headers", "corrupt"),
        ("a.warc", STORY, "corrupt"),
        ("a.parquet", STORY, "corrupt"),
        ("a.parquet", b"PAR1" + b"\x00" * 40 + b"PAR1", "corrupt"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_what_cannot_be_used_is_refused_with_its_reason(tmp_path, name, content, reason):
    write(tmp_path, {name: content, "z.txt": STORY})
    documents, (rejected,), files = read(tmp_path, limits=SMALL)
    assert rejected["reason_code"] == reason
    assert rejected["source_path"].partition("#")[0] == name
    assert rejected["detail"]
    assert rejected["byte_size"] >= (0 if not content or "#" in rejected["source_path"] else 1)
    assert [d["source_path"] for d in documents] == ["z.txt"], "the run goes on"
    assert [(f["source_path"], f["rejected_count"]) for f in files] == [(name, 1), ("z.txt", 0)]


def test_two_layers_of_gzip_are_still_read(tmp_path):
    (document,), rejected, _ = read(write(tmp_path, {"a.txt.gz": nested_gzip(2)}), limits=SMALL)
    assert document["raw_text"] == STORY
    assert rejected == []


def test_gzip_members_one_after_another_are_one_stream(tmp_path):
    content = gz(STORY[:20]) + b"\0\0" + gz(STORY[20:])
    (document,), rejected, _ = read(write(tmp_path, {"a.txt.gz": content}))
    assert document["raw_text"] == STORY
    assert rejected == []


def test_a_bomb_is_found_while_it_unpacks(tmp_path):
    """Long blank lines that pack a thousandfold: refused long before they have been unpacked."""
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as packed:
        for _ in range(32):
            packed.write(b" " * 2**20 + b"\n")
    _, (rejected,), _ = read(write(tmp_path, {"a.jsonl.gz": target.getvalue()}))
    assert rejected["reason_code"] == "bomb"
    assert int(rejected["detail"].split()[-3]) < 16 * 2**20


def test_a_parquet_row_group_that_unpacks_to_too_much_is_a_bomb(tmp_path):
    write(tmp_path, {"a.parquet": parquet_of_repeats()})
    documents, (rejected,), _ = read(tmp_path, limits=Limits(in_memory_bytes=10**6))
    assert documents == []
    assert rejected["reason_code"] == "bomb"


def test_records_over_the_limit_are_refused_as_one_and_those_before_it_read(tmp_path):
    write(tmp_path, {"a.jsonl": jsonl(*({"text": f"{STORY} {n}"} for n in range(9)))})
    documents, rejected, _ = read(tmp_path, limits=SMALL)
    assert len(documents) == 3
    assert reasons(rejected) == {"a.jsonl": "too_many"}


def test_a_line_too_long_does_not_swallow_the_next(tmp_path):
    long_line = json.dumps({"text": "x" * 50_000}).encode()
    write(tmp_path, {"a.jsonl": long_line + b"\n" + jsonl({"text": STORY})})
    (document,), rejected, _ = read(tmp_path, limits=SMALL)
    assert document["source_path"] == "a.jsonl#L2"
    assert reasons(rejected) == {"a.jsonl#L1": "too_large"}


def test_links_are_refused_not_followed(tmp_path):
    outside = write(tmp_path / "outside", {"secret.txt": STORY, "deep/page.txt": STORY})
    landing = write(tmp_path / "landing", {"a.txt": "The tide came in."})
    (landing / "link.txt").symlink_to(outside / "secret.txt")
    (landing / "folder").symlink_to(outside / "deep")
    (landing / "loop").symlink_to(landing)
    (landing / "nowhere.txt").symlink_to(outside / "absent")
    documents, rejected, _ = read(landing)
    assert [d["source_path"] for d in documents] == ["a.txt"]
    assert reasons(rejected) == dict.fromkeys(("folder", "link.txt", "loop", "nowhere.txt"), "symlink")


def test_what_is_no_file_is_refused_without_being_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    _, rejected, _ = read(tmp_path)
    assert reasons(rejected) == {"pipe.txt": "unsupported"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xe9.txt", "caf\\xe9.txt"),
        ("café – مرفأ.txt".encode(), "café – مرفأ.txt"),
        (b"a#L3.txt", "a\\x23L3.txt"),
        (b"a\nb\x1b[31m.txt", "a\\x0ab\\x1b[31m.txt"),
        ("a\u202etxt.txt".encode(), "a\\u202etxt.txt"),
        (b"caf\\xe9.txt", "caf\\x5cxe9.txt"),
    ],
)
def test_a_file_name_is_shown_so_that_it_can_be_printed_and_is_not_taken_for_a_member(tmp_path, name, shown):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(STORY)
    (document,), rejected, _ = read(tmp_path)
    assert document["source_path"] == shown
    assert rejected == []


@pytest.mark.parametrize("content", [b"[1, 2]", b"name: [", b"other: x", b"\xff\xfe\x00", b""])
def test_a_sidecar_that_says_nothing_is_refused_once_and_ignored(tmp_path, content):
    documents, rejected, files = read(write(tmp_path, {"quay/outlet.yml": content, "quay/a.txt": STORY}))
    assert documents[0]["outlet_basis"] == "path"
    assert reasons(rejected) == {"quay/outlet.yml": "bad_sidecar"}
    assert {f["source_path"] for f in files} == {"quay/outlet.yml", "quay/a.txt"}


def test_a_landing_folder_that_is_none_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "absent")


def test_every_reason_says_in_words_what_it_means():
    assert all(reason.description.endswith(".") for reason in Reason)


def test_the_guide_lists_every_reason():
    guide = (Path(__file__).parents[3] / "docs" / "ingest.md").read_text("utf-8")
    for reason in Reason:
        assert f"| `{reason.value}` | {reason.description} |" in guide


def test_a_folder_that_cannot_be_listed_is_refused_and_tried_again(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": STORY, "closed/b.txt": STORY + "More."})
    real = os.scandir

    def closed(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.ingest.scan.os.scandir", closed)
        documents, rejected, files = read(tmp_path)
        assert read(tmp_path, known_after(documents, files)) == ([], [], []), "said once"
    assert [d["source_path"] for d in documents] == ["a.txt"]
    assert reasons(rejected) == {"closed": "unreadable"}
    assert [f["source_path"] for f in files] == ["a.txt", "closed"]
    documents, rejected, _ = read(tmp_path, known_after(documents, files))
    assert ([d["source_path"] for d in documents], rejected) == (["closed/b.txt"], [])
