"""What a page says twice: measured on the page itself, whatever the model makes of it."""

import numpy as np

from pipeline.clean.batch import Batch
from pipeline.clean.model import line_features
from tests.unit.clean.halden_pages import PARAGRAPHS


def features(*pages):
    batch = Batch.of(["\n".join(page) for page in pages], [None] * len(pages))
    nothing_seen = np.full(len(batch), -1.0), np.zeros(len(batch))
    return line_features(batch, *nothing_seen, np.zeros(len(batch), np.float32))


LATER = "The board met again in May, and " + PARAGRAPHS[0][0].lower() + PARAGRAPHS[0][1:]


def test_a_sentence_said_again_in_other_company_is_seen_from_both_sides():
    found = features([PARAGRAPHS[0], PARAGRAPHS[1], LATER])
    assert found["said_after"][0] == 1 and found["said_before"][0] == 0
    assert 0.5 < found["said_before"][2] < 1 and found["said_after"][2] == 0
    assert found["said_before"][1] == found["said_after"][1] == 0


def test_what_another_page_says_is_no_repetition():
    found = features([PARAGRAPHS[0]], [PARAGRAPHS[0]])
    assert not found["said_before"].any() and not found["said_after"].any() and not found["copies"].any()


def test_lines_that_end_alike_are_counted():
    found = features(["The quay at noon (Image: Halden Archive)", PARAGRAPHS[0], "Two tugs (Image: Halden Archive)"])
    assert found["same_ending"].tolist() == [1, 0, 1]


def test_pages_of_less_than_three_words_have_no_echoes():
    for page in (["Tide"], ["Tide", "Tide"], ["...", "!"]):
        assert not features(page)["said_before"].any()
