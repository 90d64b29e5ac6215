"""The shipped weights fit the features that the code computes, and the second reading is deterministic."""

import numpy as np

from pipeline.entities import annotate, model_identity
from pipeline.entities.context import document_features
from pipeline.entities.document import document_of_text
from pipeline.entities.model import load_model
from pipeline.entities.network import CLASSES, weights_for
from pipeline.entities.outputs import DEFAULT_SETTINGS, read_texts
from pipeline.entities.token_evidence import token_features

TEXT = "Gen. Omar Lassad of the Larkfield Bank met Ana Dorin in Oslo.\nLassad left Oslo on Tuesday."


def test_the_weights_belong_to_the_default_model_and_fit_its_features():
    known = weights_for(model_identity())
    assert known is not None
    document = document_of_text(TEXT)
    (reading,) = read_texts([document.inputs()[0]], DEFAULT_SETTINGS)
    doc = load_model()(document.inputs()[0])
    features, candidates = token_features(doc)
    assert features.shape == (len(candidates), len(known.token.members[0].mean))
    assert len(reading.tokens) == len(candidates)
    values = document_features(document, np.array(reading.tokens))
    assert values.shape == (len(candidates), len(known.document.members[0].mean))


def test_probabilities_are_thousandths_over_the_classes():
    (reading,) = read_texts([TEXT.split("\n")[0]], DEFAULT_SETTINGS)
    for start, end, *thousandths in reading.tokens:
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
