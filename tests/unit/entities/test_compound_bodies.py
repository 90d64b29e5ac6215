"""Bodies with names of several parts, read up to a comma, an "and", a small word or a possessive. Invented throughout."""

import pytest

from tests.unit.entities.test_corrections import as_pairs, corrected


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        (
            "The Ministry of Trade and Rural Affairs said no.",
            "Ministry of Trade",
            "Ministry of Trade and Rural Affairs",
        ),
        (
            "The Department of Ports, Water and Roads said no.",
            "Department of Ports",
            "Department of Ports, Water and Roads",
        ),
        ("The Ministry of Labour & Sports said no.", "Ministry of Labour &", "Ministry of Labour & Sports"),
        ("The Office of the Harbour Registrar said no.", "Office of", "Office of the Harbour Registrar"),
        ("The Brimla Women’s Union said no.", "Brimla Women", "Brimla Women’s Union"),
        ("The Larkfield Magistrates' Court said no.", "Larkfield Magistrates", "Larkfield Magistrates' Court"),
        ("The Association of Harbour Pilots said no.", "Association of Harbour", "Association of Harbour Pilots"),
    ],
)
def test_a_compound_name_is_read_to_its_end(text: str, found: str, expected: str):
    assert as_pairs(text, corrected(text, (found, "ORG"))) == [(expected, "ORG")]


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Trade and Quill Brothers signed it.",
        "The Ministry of Trade and UNICEF signed it.",
        "The Ministry of Trade and Norway signed it.",
        "The Ministry of Trade’s Harbour Plan was signed.",
        "The Ministry of Trade, Arlen Quillon said, signed it.",
        "The Ministry of Trade Secretary signed it.",
    ],
)
def test_another_name_behind_a_body_is_not_drawn_in(text: str):
    assert ("Ministry of Trade", "ORG") in as_pairs(text, corrected(text, ("Ministry of Trade", "ORG")))


def test_a_state_and_the_country_it_is_named_for_are_one_place():
    text = "Envoys of the Republic of Norway met the Larkfield Bulk Corp of Japan."
    found = (("Republic of", "ORG"), ("Norway", "GPE"), ("Larkfield Bulk Corp of", "ORG"), ("Japan", "GPE"))
    expected = [("Republic of Norway", "GPE"), ("Larkfield Bulk Corp", "ORG"), ("Japan", "GPE")]
    assert as_pairs(text, corrected(text, *found)) == expected


def test_a_government_is_named_with_its_country():
    text = "The Government of Norway thanked the Larkfield Choir of Norway."
    found = (("Government", "ORG"), ("Norway", "GPE"), ("Larkfield Choir", "ORG"), ("Norway", "GPE"))
    expected = [("Government of Norway", "ORG"), ("Larkfield Choir", "ORG"), ("Norway", "GPE")]
    assert as_pairs(text, corrected(text, *found)) == expected


def test_an_inspectorate_is_named_without_its_country():
    text = "The Quays Inspectorate of Norway said no."
    expected = [("Quays Inspectorate", "ORG"), ("Norway", "GPE")]
    assert as_pairs(text, corrected(text, ("Quays Inspectorate", "ORG"), ("Norway", "GPE"))) == expected


def test_who_speaks_behind_a_university_of_a_city_is_no_part_of_it():
    text = "At the University of Oslo I met her; the University of Oslo Arlen Quillon knew."
    assert as_pairs(text, corrected(text, *2 * [("University of Oslo", "ORG")])) == 2 * [("University of Oslo", "ORG")]


def test_a_small_word_at_the_end_belongs_to_no_name():
    text = "The Arlen Accord for a new harbour was signed."
    assert as_pairs(text, corrected(text, ("Arlen Accord for", "ORG"))) == [("Arlen Accord", "ORG")]
