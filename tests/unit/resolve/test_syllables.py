"""East Asian names in syllables."""

import pytest

from pipeline.resolve.names import parse_name
from pipeline.resolve.syllables import syllables, syllables_alike, syllables_clash


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kwak Jong-chul", "Kwak Chong-ch'ol"),
        ("Rhee Myung-sok", "Lee Myong-sok"),
        ("Tseng Hsiao-p'ing", "Zeng Xiaoping"),
        ("Chul-soo Kim", "Kim Chul Soo"),
        ("Thae Kim", "Kim Tae"),
    ],
)
def test_romanisations_of_one_name(a: str, b: str) -> None:
    assert not syllables_clash(parse_name(a, "PERSON"), parse_name(b, "PERSON"))
    assert syllables_alike(parse_name(a, "PERSON"), parse_name(b, "PERSON")) > 0.8


@pytest.mark.parametrize(("a", "b"), [("Kwak Hyong-su", "Kwak Yong-su"), ("Tseng Linfu", "Tseng Linhua")])
def test_another_consonant_is_another_name(a: str, b: str) -> None:
    assert syllables_clash(parse_name(a, "PERSON"), parse_name(b, "PERSON"))


@pytest.mark.parametrize("name", ["Orrin Tallow", "Kim", "Lee Harbour Quillfeather", "Sergei Malinovsky"])
def test_other_names_have_no_syllables(name: str) -> None:
    assert syllables(parse_name(name, "PERSON")) == ()
