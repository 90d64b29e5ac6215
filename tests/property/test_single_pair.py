"""A pair compared by itself has the features and the score that it has among many."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve import compare, compare_many
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import parse_name
from pipeline.resolve.pair_features import FEATURES, pair_features
from pipeline.resolve.single_pair import features_of_pair

PERSONS = (
    "Qasim Kassem Behruzi Behrouzi Edith Eddie O. Q. bin van der al-Harashi Harrashi Abd al-Karim Abdulkarim Ali Akbar "
    "Aliakbar Sergei Sergey Malinovsky Malinovskiy Bill William Jr. III Pak Yong-jin Yongjin Dr. Tallow Tallo"
)
BODIES = (
    "Harbour Harbor Canals Bureau Office National Ltd. of the and North South Fisheries Bank 17 2nd HCB NHB Tallow "
    "Tallo Group Union UN Sundby-Ostra Ministry for"
)
LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "NORP"])


def names(words: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words.split()), min_size=1, max_size=9).map(" ".join)


NAMES = st.one_of(names(PERSONS), names(BODIES), st.text(max_size=25))


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20), LABELS)
@settings(max_examples=120, deadline=None)
def test_features_of_a_single_pair_are_those_of_the_same_pair_among_many(pairs, label) -> None:
    parsed = [sorted((parse_name(a, label), parse_name(b, label)), key=lambda n: (n.key, n.surface)) for a, b in pairs]
    at = np.arange(0, 2 * len(parsed), 2)
    many = pair_features(name_table([n for pair in parsed for n in pair]), at, at + 1)
    for row, (a, b) in zip(many, parsed, strict=True):
        one = dict(zip(FEATURES, features_of_pair(a, b), strict=True))
        assert one == pytest.approx(dict(zip(FEATURES, map(float, row), strict=True)), abs=2e-5)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20), LABELS)
@settings(max_examples=60, deadline=None)
def test_a_pair_scores_the_same_by_itself_and_among_many(pairs, label) -> None:
    for (a, b), among in zip(pairs, compare_many(pairs, label), strict=True):
        alone = compare(a, b, label)
        assert alone.score == pytest.approx(among.score, abs=1e-5)
        assert alone.is_match == among.is_match
