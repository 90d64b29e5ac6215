"""Sentences: where they start, how a long text is cut at them, and the numbers that mentions carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities import annotate, extract_mentions
from pipeline.entities.sentences import cut_long, sentence_starts
from tests.unit.entities.test_extract import nothing_known, tables


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Omar Lassad left. | “Why?” | He shrugged.",
        "Arlen J. Quill spoke… | Nobody heard him!",
        "It cost 3.5 million. | That was in Oslo.",
        "One sentence alone",
    ],
)
def test_a_sentence_ends_at_its_stop_but_not_at_a_title_or_an_initial(text: str):
    assert sentences(text.replace(" | ", " ")) == text.split(" | ")


@given(st.text(alphabet="ab .!\nÄ", max_size=200), st.integers(1, 40))
def test_the_pieces_of_a_long_text_tile_it_within_the_limit(text: str, limit: int):
    pieces = cut_long(text, limit)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end - start <= limit for start, end in pieces)


def test_a_long_text_is_cut_between_sentences():
    text = "Omar Lassad left. Ana Dorin stayed. The quay is closed."
    assert [text[start:end] for start, end in cut_long(text, 40)] == [text[:36], text[36:]]


def test_names_of_a_text_past_the_models_limit_are_found_where_they_stand(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.entities.outputs.MAX_UNIT_CHARS", 100)
    text = " ".join(f"On day {number} Ingrid Halvorsen met Karim Benyoussef in Oslo." for number in range(20))
    (mentions,) = annotate([text])
    persons = [text[m.start : m.end] for m in mentions if m.label == "PERSON"]
    assert persons == 20 * ["Ingrid Halvorsen", "Karim Benyoussef"]


def test_a_mention_knows_its_block_and_its_sentence():
    text = "Nothing happened.\n\nIngrid Halvorsen spoke. Later Karim Benyoussef left Tunis."
    mentions = extract_mentions(*tables(text, cut=()), nothing_known).mentions.to_pylist()
    found = {m["surface"]: (m["block_no"], m["sentence_no"]) for m in mentions}
    assert found == {"Ingrid Halvorsen": (1, 0), "Karim Benyoussef": (1, 1), "Tunis": (1, 1)}
