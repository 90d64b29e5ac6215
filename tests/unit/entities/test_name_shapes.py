"""What words in and beside a name say of it: datelines, closing words, ships, names cut short. Invented throughout."""

import pytest

from pipeline.entities.document import document_of_text
from tests.unit.entities.test_corrections import as_pairs, corrected

STORY = "the council of elders met on the quay and decided to mend the harbour wall."


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("LARKFIELD, Norway (Quill) — ", [("LARKFIELD", "GPE"), ("Norway", "GPE"), ("Quill", "ORG")]),
        ("LARKFIELD/BRIMLA — ", [("LARKFIELD", "GPE"), ("BRIMLA", "GPE")]),
        ("PORT LARK, May 3 - ", [("PORT LARK", "GPE")]),
    ],
)
def test_a_dateline_names_its_places_and_its_agency(dateline: str, expected: list[tuple[str, str]]):
    text = dateline + STORY
    assert as_pairs(text, corrected(text, (dateline.split("/")[0].split(",")[0].split(" — ")[0], "PERSON"))) == expected


def test_a_rubric_in_capitals_is_no_dateline():
    text = "ANALYSIS — " + STORY
    assert corrected(text) == []


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("The fine was paid by Brimla Bulk Carriers late.", ("Brimla Bulk", "PERSON"), ("Brimla Bulk Carriers", "ORG")),
        ("She told Larkfield Courier that it rained.", ("Larkfield Courier", "PERSON"), ("Larkfield Courier", "ORG")),
        ("A chief of the Larkfield First Nation spoke.", ("Larkfield", "GPE"), ("Larkfield First Nation", "ORG")),
        ("Then Maryam bint Saif al-Masudi spoke.", ("Maryam", "PERSON"), ("Maryam bint Saif al-Masudi", "PERSON")),
        ("Then Leyla Karam-zadeh spoke.", ("Leyla Karam", "PERSON"), ("Leyla Karam-zadeh", "PERSON")),
        ("Then Bolat Serik uly spoke.", ("Bolat Serik", "PERSON"), ("Bolat Serik uly", "PERSON")),
        ("Then Lark-Adeyemi spoke.", ("Adeyemi", "PERSON"), ("Lark-Adeyemi", "PERSON")),
        ("A student, Park Tae-ul, swam.", ("Park Tae-ul", "FAC"), ("Park Tae-ul", "PERSON")),
    ],
)
def test_a_name_cut_short_is_completed(text: str, found: tuple[str, str], expected: tuple[str, str]):
    if found[0] == "Maryam":
        mentions = corrected(text, ("Maryam bint", "PERSON"), ("Saif al-Masudi", "PERSON"))
    else:
        mentions = corrected(text, found)
    assert as_pairs(text, mentions) == [expected]


def test_an_outlet_with_its_article_is_no_person_nor_is_its_staff():
    text = "Photo by Brimler Staff. It was said in The Brimler that Brimler readers are many. The Quill left."
    found = corrected(text, ("Brimler Staff", "PERSON"), ("Brimler", "GPE"), ("Brimler", "ORG"), ("Quill", "PERSON"))
    assert [label for _, label in as_pairs(text, found)] == ["ORG", "ORG", "ORG", "PERSON"]


def test_the_first_word_of_a_firm_is_the_firm():
    text = "Brimla Bulk Carriers denied it. Brimla paid nothing."
    found = corrected(text, ("Brimla Bulk Carriers", "ORG"), ("Brimla", "PERSON"))
    assert as_pairs(text, found) == [("Brimla Bulk Carriers", "ORG"), ("Brimla", "ORG")]


def test_a_place_read_more_often_than_the_firm_named_after_it_stays_a_place():
    text = "Brimla is dry. Rain fell on Brimla. Brimla Bulk Carriers waits."
    found = corrected(text, ("Brimla", "GPE"), ("Brimla", "GPE"), ("Brimla Bulk Carriers", "ORG"))
    assert as_pairs(text, found)[0] == ("Brimla", "GPE")


def test_a_ship_is_no_organisation_wherever_it_is_named():
    text = "The ferry Larkspur sank. The Larkspur had been repaired by Larkspur Engineering."
    found = corrected(text, ("Larkspur", "ORG"), ("Larkspur", "FAC"), ("Larkspur Engineering", "ORG"))
    assert as_pairs(text, found) == [("Larkspur Engineering", "ORG")]


def test_the_long_form_of_an_acronym_is_found_whole():
    text = "A fine by the Ports and Quays Inspectorate, or PQI, was paid. The PQI said so."
    found = corrected(text, ("Quays Inspectorate", "ORG"))
    assert as_pairs(text, found) == [("Ports and Quays Inspectorate", "ORG"), ("PQI", "ORG"), ("PQI", "ORG")]


def test_a_nationality_after_an_article_or_before_an_office_is_found():
    text = "The Omani mediator smiled. Belgian State Secretary Lotte Aerts left."
    assert ("Omani", "NORP") in as_pairs(text, corrected(text))
    assert ("Belgian", "NORP") in as_pairs(text, corrected(text, ("Lotte Aerts", "PERSON")))


def test_who_speaks_in_a_transcript_is_read_as_a_name():
    assert document_of_text("ANNA LARK: We never looked.").inputs() == ["Anna Lark: We never looked."]


def test_a_ship_is_known_by_its_crew_and_read_in_part():
    text = "Eleven sailors of the Lark Moon came home. The Lark Moon stays."
    assert corrected(text, ("Lark", "ORG"), ("Lark Moon", "GPE")) == []


def test_the_city_of_a_court_is_a_place_and_a_team_is_not():
    court, team = "An Oslo court ruled.", "Then Oslo beat Larkfield."
    assert as_pairs(court, corrected(court, ("Oslo", "ORG"))) == [("Oslo", "GPE")]
    assert as_pairs(team, corrected(team, ("Oslo", "ORG"))) == [("Oslo", "ORG")]


def test_a_kind_of_state_alone_is_no_person():
    assert corrected("The Sultanate sent a doctor.", ("Sultanate", "PERSON")) == []


def test_a_firm_is_not_its_country():
    text = "It was built by Larkspur Railways of Russia in May."
    found = corrected(text, ("Larkspur Railways of Russia", "ORG"))
    assert as_pairs(text, found) == [("Larkspur Railways", "ORG"), ("Russia", "GPE")]


def test_a_city_that_reads_like_a_person_is_a_place_after_a_preposition():
    ship, dateline = "The ship lay off Bandar Abbas.", "Bandar Abbas \u2013 " + STORY
    assert as_pairs(ship, corrected(ship, ("Bandar Abbas", "PERSON"))) == [("Bandar Abbas", "GPE")]
    assert as_pairs(dateline, corrected(dateline, ("Bandar Abbas", "PERSON"))) == [("Bandar Abbas", "GPE")]


def test_a_person_with_a_firm_of_the_same_name_stays_a_person():
    text = "Larkspur left. Larkspur returned. Larkspur Engineering sent flowers."
    found = corrected(text, ("Larkspur", "PERSON"), ("Larkspur", "PERSON"), ("Larkspur Engineering", "ORG"))
    assert [label for _, label in as_pairs(text, found)] == ["PERSON", "PERSON", "ORG"]
