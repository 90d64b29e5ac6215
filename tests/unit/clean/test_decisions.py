"""How sure a line must be on its page, checked against trying every set of lines."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.batch import Batch
from pipeline.clean.decisions import RECALL_WEIGHT, thresholds

LINES = st.lists(st.tuples(st.integers(0, 12), st.floats(0.001, 0.999)), min_size=1, max_size=7)


def measured(*pages):
    texts = ["\n".join("word " * words + "." for words, _ in page) for page in pages]
    return Batch.of(texts, [None] * len(pages)), np.array([score for page in pages for _, score in page])


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_lines_above_the_threshold_are_the_set_of_greatest_expected_f(page, neighbour):
    least = thresholds(*measured(page, neighbour))[: len(page)]
    weights, scores = np.array([words + 1 for words, _ in page]), np.array([score for _, score in page])

    def expected_f(kept):
        right = (kept * weights * scores).sum()
        return (1 + RECALL_WEIGHT) * right / ((kept * weights).sum() + RECALL_WEIGHT * (weights * scores).sum())

    best = max(expected_f(np.array(kept)) for kept in product([0, 1], repeat=len(page)))
    assert np.isclose(expected_f(scores >= least), best)


def test_a_page_of_doubtful_lines_keeps_what_a_clear_page_cuts():
    clear = [(40, 0.99), (40, 0.99), (8, 0.33)]
    doubtful = [(8, 0.5), (8, 0.45), (8, 0.33)]
    batch, scores = measured(clear, doubtful)
    assert (scores >= thresholds(batch, scores)).tolist() == [True, True, False, True, True, True]
