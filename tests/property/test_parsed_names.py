"""A name read back is the name that was taken apart."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve import names, remember_names
from pipeline.resolve.names import parse_name
from pipeline.resolve.parsed_names import parsed_names

SPELLED = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(["Dr.", "Qasim", "J.", "al-Harashi", "Jr.", "II", "Bank", "of", "U.S.", "HCB", "-"])).map(
        " ".join
    ),
)


@given(st.lists(st.tuples(SPELLED, st.sampled_from(["PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT"])), max_size=12))
@settings(max_examples=100, deadline=None)
def test_names_read_back_are_what_taking_apart_gives(spelled: list[tuple[str, str]]) -> None:
    told = [parse_name(*pair) for pair in spelled]
    table = parsed_names(spelled)
    with patch.dict(names.REMEMBERED, clear=True):
        remember_names(table)
        assert [parse_name(*pair) for pair in spelled] == told
        assert all(name in told for name in names.REMEMBERED.values())
