"""What a document is about, and how sure other places of a word are of it. Invented throughout."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.context import most_elsewhere
from pipeline.entities.document import document_of_text
from pipeline.entities.lexicon import lexicon_rows
from pipeline.entities.topics import topic_shares


def shares(text: str) -> dict[str, float]:
    kinds = sorted({row["kind"] for row in lexicon_rows("topic_words")})
    return dict(zip(kinds, topic_shares(document_of_text(text)).tolist(), strict=True))


def test_a_report_of_a_match_is_about_sport():
    found = shares("The striker scored twice and the coach of Brimla praised his team after the match in the league.")
    assert max(found, key=lambda kind: found[kind]) == "sport"


def test_one_word_of_a_field_tells_little_of_a_short_text():
    assert shares("He scored.")["sport"] == 2
    assert set(shares("").values()) == {0}


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.25, 0.5, 1.0])), min_size=1, max_size=12))
def test_the_strongest_of_the_other_places(tokens: list[tuple[int, float]]):
    ids = np.array([i for i, _ in tokens])
    local = np.tile(np.array([[p] for _, p in tokens], np.float32), (1, 7))
    expected = [
        max((p for other, (j, p) in enumerate(tokens) if j == i and other != at), default=0)
        for at, (i, _) in enumerate(tokens)
    ]
    assert most_elsewhere(ids, local).tolist() == [[p] * 6 for p in expected]
