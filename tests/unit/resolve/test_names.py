"""Names taken apart: scripts, titles, articles, order."""

import pytest

from pipeline.resolve.names import fold, parse_name
from pipeline.resolve.phonetics import skeleton


@pytest.mark.parametrize(
    ("surface", "parts"),
    [
        ("Dr. Idris al-Qasabi", ("idris", "qasabi")),
        ("Deputy Foreign Minister Idris al-Qasabi", ("idris", "qasabi")),
        ("Qasabi, Idris", ("idris", "qasabi")),
        ("Abd al-Karim Zafarani", ("abdkarim", "zafarani")),
        ("Abdulkarim Zafarani", ("abdkarim", "zafarani")),
        ("Nur al-Din Zafarani", ("nurdin", "zafarani")),
        ("Prime Minister-designate, Idris al-Qasabi", ("idris", "qasabi")),
        ("Secretary of Defense Idris Qasabi", ("idris", "qasabi")),
        ("President Orrin B. Tallow of Freedonia", ("orrin", "b", "tallow")),
        ("Zafarani's", ("zafarani",)),
        ("Ólafía Þórsdóttir", ("olafia", "thorsdottir")),
    ],
)
def test_a_persons_name_is_its_parts_without_title_and_article(surface: str, parts: tuple[str, ...]) -> None:
    assert parse_name(surface, "PERSON").parts == parts


def test_a_name_that_is_only_a_title_keeps_it() -> None:
    assert parse_name("President", "PERSON").parts == ("president",)


def test_generation_marks_are_set_aside_and_kept() -> None:
    name = parse_name("Orrin Tallow Jr.", "PERSON")
    assert (name.parts, name.suffix) == (("orrin", "tallow"), "jr")


def test_legal_forms_do_not_make_another_company() -> None:
    keys = {parse_name(s, "ORG").key for s in ("Tallow Optics Ltd.", "Tallow Optics GmbH", "The Tallow Optics Company")}
    assert len(keys) == 1


@pytest.mark.parametrize("surface", ["U.N.", "UN"])
def test_acronyms_with_and_without_points_are_one(surface: str) -> None:
    name = parse_name(surface, "ORG")
    assert name.is_acronym
    assert name.key == "un"


def test_the_initials_of_a_body_are_known_with_and_without_function_words() -> None:
    assert {"bhc", "bohc"} <= set(parse_name("Bureau of Harbour Canals", "ORG").acronyms)


def test_the_letters_of_a_shortened_country_enter_an_acronym() -> None:
    assert "ushb" in parse_name("U.S. Harbour Bureau", "ORG").acronyms
    assert "unhb" in parse_name("United Nations Harbour Bureau", "ORG").acronyms


def test_an_acronym_may_spell_what_a_body_owns() -> None:
    assert "ohca" in parse_name("Freedonia Treasury's Office for Harbour Canal Affairs", "ORG").acronyms


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Iraqi harbour forces", "Iraq's Harbour Force"),
        ("Harbour Canals Bureau (HCB", "Harbour Canals Bureau"),
    ],
)
def test_spellings_of_a_body_with_one_key(a: str, b: str) -> None:
    assert parse_name(a, "ORG").key == parse_name(b, "ORG").key


@pytest.mark.parametrize("surface", ["Prime Minister", "Tallow Optics CEO", "President of the United States"])
def test_an_office_alone_is_told_from_a_name(surface: str) -> None:
    assert parse_name(surface, "PERSON").is_title
    assert not parse_name("President Edith Judge", "PERSON").is_title


@pytest.mark.parametrize(("surface", "folded"), [("Соколов", "sokolov"), ("Ёлкина", "elkina"), ("ʿAzīz", "aziz")])
def test_other_scripts_fold_to_latin(surface: str, folded: str) -> None:
    assert fold(surface) == folded


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("qasabi", "kasabi"),
        ("tchernov", "chernov"),
        ("khouri", "khuri"),
        ("zawiya", "zawiyah"),
        ("philippos", "filipos"),
    ],
)
def test_romanisations_of_one_sound_share_a_skeleton(a: str, b: str) -> None:
    assert skeleton(a) == skeleton(b)


def test_different_consonants_keep_names_apart() -> None:
    assert skeleton("karim") != skeleton("rahim")
