"""What a second run reads, and which deliveries are one document."""

import os

import pyarrow as pa

from pipeline.ingest import IngestBatch, KnownInputs, Limits, document_id, list_landing, read_landing
from tests.unit.ingest import landing_folder
from tests.unit.ingest.landing_folder import DAY, STORY, gz, jsonl, known_after, read, reasons, write


def opened_names(monkeypatch) -> list[str]:
    """Names of the files that are opened from here on."""
    names: list[str] = []
    real = os.open

    def spy(path, *args, **kwargs):
        names.append(os.path.basename(path))  # noqa: PTH119
        return real(path, *args, **kwargs)

    monkeypatch.setattr("pipeline.ingest.landing.os.open", spy)
    return names


def test_a_second_run_opens_nothing_and_yields_nothing(tmp_path, monkeypatch):
    files = {"quay/a.txt": STORY, "quay/empty.txt": b"", "b.bin": b"x", "c.jsonl": b"{}\n"}
    write(tmp_path, files)
    (tmp_path / "link.txt").symlink_to(tmp_path / "quay" / "a.txt")
    documents, rejected, ledger = read(tmp_path)
    assert (len(documents), len(rejected), len(ledger)) == (1, 4, 5)
    opened = opened_names(monkeypatch)
    assert list(read_landing(tmp_path, DAY, known_after(documents, ledger))) == []
    assert opened == []


def test_only_what_is_new_is_read(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": STORY})
    documents, _, ledger = read(tmp_path)
    write(tmp_path, {"b.txt": STORY + "More."})
    opened = opened_names(monkeypatch)
    (new,), _, (file,) = read(tmp_path, known_after(documents, ledger))
    assert (new["source_path"], file["source_path"]) == ("b.txt", "b.txt")
    assert opened == ["b.txt"]


def test_a_changed_file_is_read_again_and_only_its_new_pages_are_documents(tmp_path):
    write(tmp_path, {"a.jsonl": jsonl({"text": STORY})})
    documents, _, ledger = read(tmp_path)
    write(tmp_path, {"a.jsonl": jsonl({"text": STORY}, {"text": STORY + "More."})})
    again, rejected, (file,) = read(tmp_path, known_after(documents, ledger))
    assert [d["source_path"] for d in again] == ["a.jsonl#L2"]
    assert (file["document_count"], file["new_document_count"], rejected) == (2, 1, [])


def test_a_touched_or_renamed_file_is_entered_but_not_parsed_again(tmp_path, monkeypatch):
    write(tmp_path, {"quay/a.txt": STORY})
    documents, _, ledger = read(tmp_path)
    os.utime(tmp_path / "quay/a.txt", ns=(1, 1))
    write(tmp_path, {"quay/copy.txt": STORY})
    monkeypatch.setattr("pipeline.ingest.landing.document_row", None)
    again, rejected, files = read(tmp_path, known_after(documents, ledger))
    assert (again, rejected) == ([], [])
    assert [(f["source_path"], f["document_count"], f["new_document_count"]) for f in files] == [
        ("quay/a.txt", 1, 0),
        ("quay/copy.txt", 1, 0),
    ]


def test_the_same_bytes_from_another_outlet_are_another_document(tmp_path):
    write(tmp_path, {"quay/a.txt": STORY})
    documents, _, ledger = read(tmp_path)
    write(tmp_path, {"tide/a.txt": STORY})
    (other,), _, _ = read(tmp_path, known_after(documents, ledger))
    assert other["outlet_id"] == "tide"
    assert other["document_id"] != documents[0]["document_id"]


def test_a_file_with_rejected_lines_is_looked_at_again_where_it_is_copied_to(tmp_path):
    bad = jsonl({"text": STORY}) + b"{bad\n"
    write(tmp_path, {"a.jsonl": bad})
    documents, _, ledger = read(tmp_path)
    write(tmp_path, {"b.jsonl": bad})
    _, rejected, _ = read(tmp_path, known_after(documents, ledger))
    assert reasons(rejected) == {"b.jsonl#L2": "bad_json_line"}


def test_a_page_delivered_in_several_formats_is_one_document(tmp_path):
    paragraphs = [part.strip() for part in STORY.split("\n\n")]
    html = f"<h1>{paragraphs[0]}</h1><p>{paragraphs[1]}</p>"
    write(
        tmp_path,
        {
            "quay/1.txt": STORY,
            "quay/2.txt": STORY.replace("\n", "\r\n").encode("utf-16"),
            "quay/3.txt.gz": gz(STORY),
            "quay/4.html": html,
            "quay/5.jsonl": jsonl({"text": STORY}, {"text": STORY + "\n"}, {"html": html}),
        },
    )
    (document,), rejected, files = read(tmp_path)
    assert document["source_path"] == "quay/1.txt"
    assert rejected == []
    assert [f["new_document_count"] for f in files] == [1, 0, 0, 0, 0]
    assert sum(f["document_count"] for f in files) == 7


def test_a_document_id_depends_on_outlet_and_words_alone():
    assert document_id("quay", "Café\n\nopen") == document_id("quay", " Cafe\u0301 open\r\n")
    assert (
        len(
            {
                document_id("quay", "a b"),
                document_id("tide", "a b"),
                document_id(None, "a b"),
                document_id("quay", "ab"),
            }
        )
        == 4
    )


def test_a_word_of_endless_accents_has_an_id():
    monstrous = "a" + "\u0301\u0316" * 500_000
    assert document_id("quay", f"one {monstrous}") != document_id("quay", f"two {monstrous}")


def test_unfinished_files_wait(tmp_path):
    write(tmp_path, {"a.txt.part": STORY, "b.jsonl.tmp": "{}", "c.html.crdownload": "x", ".hidden.txt": STORY})
    assert read(tmp_path) == ([], [], [])
    assert list_landing(tmp_path).waiting == ["a.txt.part", "b.jsonl.tmp", "c.html.crdownload"]
    (tmp_path / "a.txt.part").rename(tmp_path / "a.txt")
    (document,), _, _ = read(tmp_path)
    assert document["source_path"] == "a.txt"


def test_a_file_that_grows_while_it_is_read_waits(tmp_path, monkeypatch):
    write(tmp_path, {"a.jsonl": jsonl({"text": STORY}) + b"{bad\n", "b.txt": STORY + "More."})
    real = landing_folder.read_landing.__globals__["document_row"]

    def growing(page, file_path, *rest):
        if file_path == "a.jsonl":
            with (tmp_path / file_path).open("ab") as file:
                file.write(jsonl({"text": "late"}))
        return real(page, file_path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.ingest.landing.document_row", growing)
        documents, rejected, files = read(tmp_path)
    assert [d["source_path"] for d in documents] == ["b.txt"]
    assert rejected == []
    assert [f["source_path"] for f in files] == ["b.txt"]
    later, rejected, _ = read(tmp_path, known_after(documents, files))
    assert [d["raw_text"] for d in later] == [STORY, "late"]
    assert reasons(rejected) == {"a.jsonl#L2": "bad_json_line"}


def closed(*_):
    raise PermissionError(13, "closed")


def test_a_file_that_cannot_be_opened_is_refused_once_and_read_when_it_can(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": STORY})
    (file,) = list_landing(tmp_path).files
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.ingest.scan.os.open", closed)
        documents, rejected, files = read(tmp_path)
        known = known_after(documents, files)
        assert known.is_unchanged(file), "nothing to do while it is closed"
        assert read(tmp_path, known) == ([], [], [])
    assert (documents, reasons(rejected)) == ([], {"a.txt": "unreadable"})
    assert not known.is_unchanged(file)
    (document,), rejected, later = read(tmp_path, known)
    assert (document["raw_text"], rejected) == (STORY, [])
    assert known_after([document], files + later).is_unchanged(file)


def test_a_file_that_opens_and_breaks_off_is_refused_once_however_often_it_is_tried(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": STORY})

    def broken(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pipeline.ingest.landing.hashlib.file_digest", broken)
    documents, rejected, files = read(tmp_path)
    assert reasons(rejected) == {"a.txt": "unreadable"}
    assert read(tmp_path, known_after(documents, files)) == ([], [], [])


def test_a_reading_that_was_interrupted_is_taken_up_as_if_it_had_not_been(tmp_path):
    lines = [jsonl({"text": f"{STORY}{n}"}) if n % 5 else b"{bad\n" for n in range(1, 31)]
    write(tmp_path, {"a.jsonl": b"".join(lines), "b.txt": STORY})
    limits = Limits(batch_documents=10)
    whole = list(read_landing(tmp_path, DAY, limits=limits))
    first = whole[0]
    assert first.landing_files.num_rows == 0 and first.rejected_documents.num_rows == 2
    left = KnownInputs.from_tables(first.landing_files, first.raw_documents, first.rejected_documents)
    again = list(read_landing(tmp_path, DAY, left, limits))
    for name in IngestBatch._fields:
        once = pa.concat_tables([getattr(batch, name) for batch in whole])
        twice = pa.concat_tables([getattr(batch, name) for batch in (first, *again)])
        assert twice.to_pylist() == once.to_pylist(), name


def test_batches_are_small_and_a_file_is_entered_with_its_last_document(tmp_path):
    write(tmp_path, {"a.jsonl": jsonl(*({"text": f"{STORY}{n}"} for n in range(25))), "b.txt": STORY})
    batches = list(read_landing(tmp_path, DAY, limits=Limits(batch_documents=10)))
    assert [b.raw_documents.num_rows for b in batches] == [10, 10, 6]
    assert [b.landing_files.num_rows for b in batches] == [0, 0, 2]
    by_size = list(read_landing(tmp_path, DAY, limits=Limits(batch_bytes=5 * len(STORY))))
    assert max(b.raw_documents.num_rows for b in by_size) <= 5


def test_two_readings_of_one_folder_are_equal(tmp_path):
    write(tmp_path, {"b/a.txt": STORY, "a/b.html": "<p>Tide</p>", "a.jsonl": jsonl({"text": "x", "z": 1, "a": 2})})
    first, second = (list(read_landing(tmp_path, DAY)) for _ in range(2))
    assert all(x.equals(y) for one, two in zip(first, second, strict=True) for x, y in zip(one, two, strict=True))
