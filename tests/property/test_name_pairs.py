"""Names compared in any batches, some of them gone again, end in the same pairs and scores as all at once."""

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve import name_pairs
from pipeline.resolve.clustering import UNLIKE
from pipeline.resolve.comparison import pair_evidence
from pipeline.resolve.name_pairs import NameMemory, compare_candidates, compare_names, signature
from pipeline.resolve.names import parse_name

GIVEN = ["Qasim", "Kassem", "Qassem", "Edith", "Orrin", "Laleh", "Lale", "Q."]
FAMILY = ["Behruzi", "Behrouzi", "Tallow", "al-Harashi", "al-Hrashi", "Zafarani", "Behruzi-Tallow"]
PERSONS = st.tuples(st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY)), st.just("PERSON"))
BODIES = st.tuples(
    st.builds("{} {}".format, st.sampled_from(FAMILY), st.sampled_from(["Bank", "Trust", "Bank of Sundby"])),
    st.just("ORG"),
)
CORPORA = st.lists(st.sets(st.one_of(PERSONS, BODIES), max_size=25), min_size=2, max_size=5)


def parsed(names: set[tuple[str, str]]) -> list:
    return sorted({signature(n): n for n in (parse_name(*pair) for pair in names)}.values(), key=signature)


def assert_same(one: NameMemory, other: NameMemory) -> None:
    assert one.signatures == other.signatures
    for side in ("left", "right", "score"):
        assert np.array_equal(getattr(one, side), getattr(other, side)), side
    entries = [sorted(zip(m.postings.keys.tolist(), m.postings.owners.tolist(), strict=True)) for m in (one, other)]
    assert entries[0] == entries[1]


@given(CORPORA, st.integers(2, 6))
@settings(max_examples=60, deadline=None)
def test_a_run_after_any_others_compares_to_the_same_as_the_first(corpora, largest_block: int) -> None:
    with patch.object(name_pairs, "MAX_BLOCK", largest_block):  # small blocks fill up, and empty again
        memory = None
        for names in corpora:
            memory = compare_names(parsed(names), memory)
            assert_same(memory, compare_names(parsed(names)))


@given(st.sets(st.one_of(PERSONS, BODIES), max_size=40))
@settings(max_examples=40, deadline=None)
def test_pairs_that_are_not_kept_would_have_said_nothing(names: set[tuple[str, str]]) -> None:
    known = parsed(names)
    memory, (left, right, score) = compare_names(known), compare_candidates(known)
    kept = set(zip(memory.left.tolist(), memory.right.tolist(), strict=True))
    weight = pair_evidence(known, left, score).tolist()
    telling = {
        pair for pair, w in zip(zip(left.tolist(), right.tolist(), strict=True), weight, strict=True) if w != UNLIKE
    }
    assert telling <= kept
