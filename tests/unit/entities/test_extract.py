"""Texts and kept blocks to mentions: exact places, each paragraph read once, nothing from cut blocks."""

from datetime import date
from itertools import pairwise

import pyarrow as pa
import pytest

import pipeline.entities.outputs as outputs
from pipeline.entities import ModelMissingError, ModelSettings, annotate, extract_mentions
from pipeline.schema import empty_table, table_from_rows

TEXT = (
    "Oslo mayor Ingrid Halvorsen met Karim Benyoussef in Tunis on Tuesday.\n\n"
    "Leave a comment as Bernard Fontaine\n\n"
    "Officials of the World Bank were in Kampala."
)


def tables(text: str = TEXT, cut: tuple[int, ...] = (1,), document_id: str = "d1") -> tuple[pa.Table, pa.Table]:
    document = {
        "document_id": document_id,
        "source_path": "a.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "ingest_date": date(2024, 5, 6),
        "content_sha256": "0",
        "raw_text": text,
        "clean_text": text,
    }
    blocks, at = [], 0
    for number, part in enumerate(text.split("\n\n")):
        start = text.index(part, at)
        at = start + len(part)
        blocks.append(
            {
                "document_id": document_id,
                "block_no": number,
                "start": start,
                "end": at,
                "text": part,
                "kind": "comment_form" if number in cut else "body",
                "is_kept": number not in cut,
                "rule": "test",
                "score": 1.0,
            }
        )
    return table_from_rows("documents", [document]), table_from_rows("blocks", blocks)


def nothing_known(keys: pa.Array) -> pa.Table:
    return empty_table("model_outputs")


def test_annotate_gives_exact_places_in_order():
    (mentions,) = annotate([TEXT])
    found = [(TEXT[m.start : m.end], m.label) for m in mentions]
    assert ("Ingrid Halvorsen", "PERSON") in found
    assert ("Karim Benyoussef", "PERSON") in found
    assert ("Kampala", "GPE") in found
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_a_cut_block_names_nobody():
    mentions = extract_mentions(*tables(), nothing_known).mentions
    surfaces = mentions["surface"].to_pylist()
    assert "Ingrid Halvorsen" in surfaces
    assert "Bernard Fontaine" not in surfaces
    assert set(mentions["block_no"].to_pylist()) == {0, 2}


def test_every_surface_is_the_raw_text_at_its_offsets():
    mentions = extract_mentions(*tables(), nothing_known).mentions.to_pylist()
    assert mentions
    assert all(TEXT[m["start"] : m["end"]] == m["surface"] for m in mentions)
    assert len({m["mention_id"] for m in mentions}) == len(mentions)


def test_what_was_read_once_is_not_read_again(monkeypatch: pytest.MonkeyPatch):
    documents, blocks = tables()
    first = extract_mentions(documents, blocks, nothing_known)
    assert first.new_outputs.num_rows
    monkeypatch.setattr(outputs, "load_model", lambda model: pytest.fail("the model was asked again"))

    def known(keys: pa.Array) -> pa.Table:
        assert set(keys.to_pylist()) == set(first.new_outputs["output_key"].to_pylist())
        return first.new_outputs

    again = extract_mentions(documents, blocks, known)
    assert again.mentions == first.mentions
    assert again.new_outputs.num_rows == 0


def test_a_repeated_paragraph_is_read_once(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    read = outputs.read_texts
    monkeypatch.setattr(
        "pipeline.entities.extract.read_texts",
        lambda texts, *rest: read([asked.append(t) or t for t in texts], *rest),
    )
    same = "Ingrid Halvorsen spoke in Oslo."
    first, second = annotate([same, f"{same}\n{same}"])
    assert asked == [same]
    assert len(second) == 2 * len(first) > 0


def test_another_language_is_not_fed_to_the_model():
    documents, blocks = tables()
    spoken = pa.array(["de"] * blocks.num_rows)
    at = blocks.schema.get_field_index("language")
    foreign = blocks.set_column(at, blocks.schema.field(at), spoken)
    extracted = extract_mentions(documents, foreign, nothing_known)
    assert extracted.mentions.num_rows == extracted.new_outputs.num_rows == 0


def test_another_script_is_not_fed_to_the_model():
    (mentions,) = annotate(["قال الوزير كريم بن يوسف في تونس\nKarim Benyoussef spoke in Tunis."])
    assert mentions and all(m.start > 30 for m in mentions)


def test_two_processes_give_what_one_gives():
    names = ("Oslo", "Tunis", "Kampala", "Lima", "Quito")
    texts = [f"{TEXT}\nKarim Benyoussef left {a} for {b} on day {n}." for a in names for b in names for n in range(25)]
    assert annotate(texts, ModelSettings(processes=2)) == annotate(texts)


def test_no_text_and_no_document():
    assert annotate([]) == []
    assert annotate(["", " \n "]) == [[], []]
    nothing = extract_mentions(empty_table("documents"), empty_table("blocks"), nothing_known)
    assert nothing.mentions.num_rows == nothing.new_outputs.num_rows == 0


def test_a_missing_pipeline_says_how_to_install_it():
    with pytest.raises(ModelMissingError, match=r"python -m spacy download xx_none_md"):
        annotate(["Ingrid Halvorsen"], ModelSettings("xx_none_md"))
