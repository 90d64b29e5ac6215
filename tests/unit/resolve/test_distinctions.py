"""Look-alikes of the news that are two."""

import pytest

from pipeline.resolve.distinctions import is_another
from pipeline.resolve.names import parse_name
from tests.unit.resolve.marked_texts import entities
from tests.unit.resolve.test_company import pile

COMPANY = ("Ulla Renswick", "Osk Quillfeather", "Wanda Ystrom", "Nils Voskuijlen", "Gerd Aumont")


def test_names_that_one_text_writes_often_are_two_people() -> None:
    twice = "[Jarvan Tallow|PERSON] won. [Jarven Tallow|PERSON] lost. "
    [found] = entities(twice * 2)
    assert len(set(found)) == 2
    [[slip, name, again]] = entities(twice + "[Jarven Tallow|PERSON] left.")
    assert slip == name == again


def test_given_names_that_begin_unlike_in_one_text_are_two_people() -> None:
    [[a, b]] = entities("[Johnny Quillfeather|PERSON] is the uncle of [Tony Quillfeather|PERSON].")
    assert a != b


def test_a_body_and_what_is_of_it_are_two() -> None:
    for body, other in (
        ("University of Sundby", "University of Sundby Medical Center"),
        ("Sundby Mail", "Sundby Mail TV"),
        ("Tallow Band GT3", "Tallow Band ST3"),
        ("Tallow Technologies", "Tallow Technologies World"),
        ("ESST Scholarships", "SST Scholarships"),
        ("Norwegian National Committee", "Norwegian National Senate Committee"),
    ):
        [[a, b]] = entities(f"[{body}|ORG] and then [{other}|ORG].")
        assert a != b, body


def test_what_is_named_after_a_person_is_not_that_person() -> None:
    [[a, b]] = entities("[Edith Tallow|PERSON] founded it. The [Edith Tallow Award|PERSON] went to a baker.")
    assert a != b


@pytest.mark.parametrize(
    ("a", "b", "label"),
    [
        ("Mick Tolvaney", "Mike Tollen", "PERSON"),
        ("Don Tallow", "John Tallow", "PERSON"),
        ("Phil Tallow", "Will Tallow", "PERSON"),
        ("Orrin Quist Barrios", "Orrin Quist Cardenal", "PERSON"),
        ("Quist Al-Ahmad Al-Tallow", "Quist Al-Osk Al-Hamad Al-Tallow", "PERSON"),
        ("Tallow Caucus", "Tallow Caucus Foundation", "ORG"),
        ("Tallow Air", "Tallow Air X", "ORG"),
    ],
)
def test_names_alike_are_two(a: str, b: str, label: str) -> None:
    assert is_another(parse_name(a, label), parse_name(b, label))


@pytest.mark.parametrize(
    ("a", "b", "label"),
    [
        ("Muntadhar al-Zubaydawi", "Montazer Al Zubeidawi", "PERSON"),
        ("Kassem Behrouzi", "Qasim Mahmoud Behruzi", "PERSON"),
        ("Antony Tallow", "Tony Tallow", "PERSON"),
        ("Bill Tallow", "William Tallow", "PERSON"),
        ("O. Tallow", "Orrin Tallow", "PERSON"),
        ("Orrin Edu Tallow", "Orrin EduTallow", "PERSON"),
        ("Park Beom-kye", "Pak Pŏm-gye", "PERSON"),
        ("Tallow Air", "Tallow Air Ltd", "ORG"),
    ],
)
def test_spellings_of_one_are_not(a: str, b: str, label: str) -> None:
    assert not is_another(parse_name(a, label), parse_name(b, label))


def test_another_consonant_is_another_name_where_each_is_written_again() -> None:
    again = pile(("Perrin Kelda", "Perrin Kelda", *COMPANY), ("Perrin Kelna", "Perrin Kelna", *COMPANY))
    assert again[0][0] != again[1][0]
    slip = pile(("Perrin Kelda", "Perrin Kelda", *COMPANY), ("Perrin Kelna", *COMPANY))
    assert slip[0][0] == slip[1][0]


def test_bodies_of_one_text_that_differ_in_a_short_word_are_two() -> None:
    [answer] = entities("[Tekai University|ORG] wrote to the [University of Tekyo|ORG].")
    assert answer[0] != answer[1]


def test_a_foundation_named_after_a_person_in_another_language_is_not_that_person() -> None:
    [[a, b, surname]] = entities(
        "[Edith Tallow|PERSON] spoke. The [Fundación Edith Tallow|PERSON] paid. [Tallow|PERSON] left."
    )
    assert a == surname != b


def test_a_couple_in_one_span_is_nobody_yet_an_arabic_or_a_double_name_is_a_person() -> None:
    [[full], [couple]] = entities("[Orrin Tallow|PERSON] sang.", "[Edith Quist-William Tallow|PERSON] sang.")
    assert full != couple
    for one, other in (
        ("Sabah Al-Quist Al-Tallow", "Sabah al-Quist al Tallow"),
        ("Osk Abdul-Karim Tallow", "Osk Abdel Karim Tallow"),
        ("Andy Young-Eon Tallow", "Andi Young-Eon Tallow"),
    ):
        [[a], [b]] = entities(f"[{one}|PERSON] sang.", f"[{other}|PERSON] sang.")
        assert a == b, one


def test_a_double_surname_does_not_make_its_bearers_one() -> None:
    [[edith], [orrin], [_surname]] = entities(
        "[Edith Quist-Tallow|PERSON] sang.", "[Orrin Quist-Tallow|PERSON] danced.", "[Quist-Tallow|PERSON] left."
    )
    assert edith != orrin
