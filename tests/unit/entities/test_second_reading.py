"""The shipped weights fit the features that the code computes, and the second reading is deterministic."""

import numpy as np
import pytest

from pipeline.entities import annotate, model_identity
from pipeline.entities.context import Rereading, document_features
from pipeline.entities.correct import correct
from pipeline.entities.document import document_of_text
from pipeline.entities.model import load_model
from pipeline.entities.network import CLASSES, weights_for
from pipeline.entities.outputs import DEFAULT_SETTINGS, Reading, read_texts
from pipeline.entities.token_evidence import token_features

TEXT = "Gen. Omar Lassad of the Larkfield Bank met Ana Dorin in Oslo.\nLassad left Oslo on Tuesday."


def test_the_weights_belong_to_the_default_model_and_fit_its_features():
    known = weights_for(model_identity())
    assert known is not None
    document = document_of_text(TEXT)
    (reading,) = read_texts([document.inputs()[0]], DEFAULT_SETTINGS)
    doc = load_model()(document.inputs()[0])
    features, candidates, _ = token_features([doc])
    assert features.shape == (len(candidates), len(known.token.members[0].mean))
    assert len(reading.tokens) == len(candidates)
    values = document_features(document, reading.tokens)
    assert values.shape == (len(candidates), len(known.document.members[0].mean))


def test_probabilities_are_thousandths_over_the_classes():
    (reading,) = read_texts([TEXT.split("\n")[0]], DEFAULT_SETTINGS)
    for start, end, *thousandths in reading.tokens.tolist():
        assert 0 <= start < end <= len(TEXT)
        assert len(thousandths) == len(CLASSES) - 1
        assert 0 <= sum(thousandths) <= 1003


def test_two_readings_agree_whatever_stands_around():
    alone = annotate([TEXT])[0]
    among = annotate(["Another page about Kampala.", TEXT, "A third one about the Larkfield Bank."])[1]
    assert alone == among
    assert [TEXT[m.start : m.end] for m in alone] == [
        "Omar Lassad",
        "Larkfield Bank",
        "Ana Dorin",
        "Oslo",
        "Lassad",
        "Oslo",
    ]


def test_tokens_of_a_batch_are_judged_as_if_alone():
    lines = ["Omar Lassad left.", "Oslo", "The Larkfield Bank of Oslo said so."]
    together = list(read_texts(lines, DEFAULT_SETTINGS))
    for line, reading in zip(lines, together, strict=True):
        (alone,) = read_texts([line], DEFAULT_SETTINGS)
        assert reading.spans == alone.spans
        assert abs(reading.tokens - alone.tokens).max() <= 1


@pytest.mark.parametrize(
    ("text", "label"), [("Brimla – The pier is closed.", "GPE"), ("Brimla has closed the pier.", "ORG")]
)
def test_a_place_that_opens_a_story_stays_the_place_that_the_model_read(text: str, label: str):
    document = document_of_text(text)
    second = Rereading(document, np.array([[0, 6]]), np.eye(len(CLASSES))[[CLASSES.index("B-ORG")]])
    (mention,) = correct(document, Reading([(0, 6, "GPE")]), second)
    assert mention.label == label


def test_a_word_without_end_is_passed_over_and_moves_no_offset():
    text = "Omar Lassad left. " + "ab(" * 100_000 + " Ana Dorin stayed in Oslo."
    found = [text[m.start : m.end] for m in annotate([text])[0]]
    assert found == ["Omar Lassad", "Ana Dorin", "Oslo"]
