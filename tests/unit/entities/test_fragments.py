"""A name that was cut before its last capitalised words is made whole."""

import pytest

from pipeline.entities.document import document_of_text
from pipeline.entities.fragments import complete_fragments
from pipeline.entities.mention import Mention


def completed(text: str, cut: str, label: str, *first: tuple[str, str], others: tuple[str, ...] = ()) -> list[tuple]:
    """The names after completion: `cut` and `others` are what the second reading found, `first` what the model did."""
    names = [_found(text, cut, label), *(_found(text, other, "PERSON") for other in others)]
    spans = sorted((text.find(words), text.find(words) + len(words), of) for words, of in first)
    found = complete_fragments(document_of_text(text), names, spans)
    return [(text[m.start : m.end], m.label, m.method) for m in found]


def _found(text: str, words: str, label: str) -> Mention:
    return Mention(text.find(words), text.find(words) + len(words), label, "learned:document")


@pytest.mark.parametrize(
    "cut, label, whole, first_label, expected",
    [
        ("Riverton", "ORG", "the Riverton Broadcasting Union", "ORG", "ORG"),
        ("Riverton", "GPE", "the Riverton Broadcasting Union", "ORG", "ORG"),
        ("Riverton", "ORG", "Riverton Broadcasting Union", "WORK_OF_ART", "ORG"),
        ("Riverton", "GPE", "Riverton Broadcasting Union", "PERSON", "GPE"),
    ],
)
def test_the_models_longer_name_stands(cut: str, label: str, whole: str, first_label: str, expected: str):
    text = "He heard it from the Riverton Broadcasting Union. Riverton is small."
    (name,) = completed(text, cut, label, (whole, first_label))
    assert name == ("Riverton Broadcasting Union", expected, "model")


def test_a_longer_name_over_two_names_does_not():
    text = "A letter to the Larkfield Omar Lassad fund."
    found = completed(text, "Larkfield", "GPE", ("the Larkfield Omar Lassad", "ORG"), others=("Omar Lassad",))
    assert [words for words, *_ in found] == ["Larkfield", "Omar Lassad"]


def test_a_name_never_written_alone_takes_in_what_follows():
    text = "They met at the Brimla Monastery. Of the Brimla Monastery little stands."
    assert completed(text, "Brimla", "GPE") == [("Brimla Monastery", "GPE", "join:fragment")]


@pytest.mark.parametrize(
    "text",
    [
        "They met at the Brimla Monastery. In Brimla little stands.",
        "They met at Brimla on Tuesday.",
        "They met the Brimla Minister.",
        "The sign read Brimla Mill House Barn Wharf Store Yard Lock Bridge Tower to us, and we went home.",
    ],
)
def test_else_it_stays(text: str):
    assert completed(text, "Brimla", "GPE") == [("Brimla", "GPE", "learned:document")]
