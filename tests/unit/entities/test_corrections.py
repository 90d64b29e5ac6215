"""What the document corrects in the model's answer: one sample a rule, invented people and outlets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.acronyms import is_acronym_of
from pipeline.entities.correct import correct
from pipeline.entities.document import document_of_text
from pipeline.entities.edges import clean_range
from pipeline.entities.gazetteer import country_code
from pipeline.entities.mention import Mention
from pipeline.entities.outputs import Reading


def corrected(text: str, *found: tuple[str, str]) -> list[Mention]:
    """The mentions of a text after the model found the given (surface, label), each at its next place."""
    spans, at = [], 0
    for surface, label in found:
        start = text.index(surface, at)
        at = start + len(surface)
        spans.append((start, at, label))
    return correct(document_of_text(text), Reading(spans))


def as_pairs(text: str, mentions: list[Mention]) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.label) for m in mentions]


def test_part_of_a_full_name_is_that_person():
    text = "Tariq al-Masudi arrived. Officials said al-Masudi would stay."
    found = corrected(text, ("Tariq al-Masudi", "PERSON"), ("al-Masudi", "ORG"))
    assert as_pairs(text, found) == [("Tariq al-Masudi", "PERSON"), ("al-Masudi", "PERSON")]
    assert found[1].method == "inherit:full_name"


def test_surname_without_its_article_is_that_person():
    text = "Tariq al-Masudi arrived. Later Masudi left."
    found = corrected(text, ("Tariq al-Masudi", "PERSON"), ("Masudi", "GPE"))
    assert as_pairs(text, found)[1] == ("Masudi", "PERSON")


def test_a_country_is_no_part_of_a_person():
    text = "Michael Jordan flew home. He had never seen Jordan."
    found = corrected(text, ("Michael Jordan", "PERSON"), ("Jordan", "GPE"))
    assert as_pairs(text, found)[1] == ("Jordan", "GPE")


def test_missed_repeat_of_a_name_is_filled():
    text = "Ingrid Halvorsen spoke first. Then Ingrid Halvorsen sat down, and Halvorsen smiled."
    found = corrected(text, ("Ingrid Halvorsen", "PERSON"))
    assert as_pairs(text, found) == [
        ("Ingrid Halvorsen", "PERSON"),
        ("Ingrid Halvorsen", "PERSON"),
        ("Halvorsen", "PERSON"),
    ]
    assert [m.method for m in found[1:]] == ["fill:repeat", "fill:surname"]


def test_an_unread_first_name_belongs_to_the_surname_behind_it():
    text = "Ingrid Halvorsen spoke first. Then Olav Halvorsen sat down, and Judge Halvorsen smiled."
    found = corrected(text, ("Ingrid Halvorsen", "PERSON"))
    assert [surface for surface, _ in as_pairs(text, found)] == ["Ingrid Halvorsen", "Olav Halvorsen", "Halvorsen"]


def test_a_name_is_not_filled_inside_a_longer_one():
    text = "Quill denied it. The Old Quill Bridge was closed."
    assert as_pairs(text, corrected(text, ("Quill", "ORG"))) == [("Quill", "ORG")]


def test_repeat_inside_a_longer_word_is_not_filled():
    text = "Orla Fen spoke. The Fenland Trust and the Fen-Marsh line were quiet."
    found = corrected(text, ("Orla Fen", "PERSON"))
    assert as_pairs(text, found) == [("Orla Fen", "PERSON")]


@pytest.mark.parametrize(
    ("text", "surface", "name", "role"),
    [
        ("We met Gen. Pavel Dorin there.", "Gen. Pavel Dorin", "Pavel Dorin", "Gen"),
        ("We met Foreign Minister Pavel Dorin.", "Pavel Dorin", "Pavel Dorin", "Foreign Minister"),
        ("Then Sheikh Omar Lassad spoke.", "Omar Lassad", "Omar Lassad", "Sheikh"),
    ],
)
def test_role_stays_outside_and_is_kept(text: str, surface: str, name: str, role: str):
    (mention,) = corrected(text, (surface, "PERSON"))
    assert text[mention.start : mention.end] == name
    assert mention.role == role


def test_role_makes_a_person():
    text = "Prime Minister Dorin resigned."
    (mention,) = corrected(text, ("Dorin", "ORG"))
    assert (mention.label, mention.method) == ("PERSON", "role:title")


def test_particle_and_hyphen_join_a_split_name():
    text = "Omar bin Lassad and Jean-Marc Toure met."
    found = corrected(text, ("Omar", "PERSON"), ("Lassad", "GPE"), ("Jean", "PERSON"), ("Marc Toure", "PERSON"))
    assert as_pairs(text, found) == [("Omar bin Lassad", "PERSON"), ("Jean-Marc Toure", "PERSON")]


def test_possessives_quotes_and_determiners_stay_outside():
    text = "The Larkfield Bank’s offer and “Dorin’s” answer."
    found = corrected(text, ("The Larkfield Bank’s", "ORG"), ("“Dorin’s”", "PERSON"))
    assert as_pairs(text, found) == [("Larkfield Bank", "ORG"), ("Dorin", "PERSON")]


def test_initials_keep_their_full_stop():
    text = "Signed by Dorin P. yesterday."
    (mention,) = corrected(text, ("Dorin P.", "PERSON"))
    assert text[mention.start : mention.end] == "Dorin P."


def test_acronym_has_the_label_of_its_long_form():
    text = "The Larkfield Rural Guard Corps (LRGC) marched. Later LRGC men came home."
    found = corrected(text, ("Larkfield Rural Guard Corps", "ORG"), ("LRGC", "PERSON"))
    assert as_pairs(text, found) == [
        ("Larkfield Rural Guard Corps", "ORG"),
        ("LRGC", "ORG"),
        ("LRGC", "ORG"),
    ]


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("LRGC", "Larkfield Rural Guard Corps", True),
        ("BoL", "Bank of Larkfield", True),
        ("UNL", "United Nations of Larkfield", True),
        ("XYZ", "Larkfield Rural Guard Corps", False),
        ("A", "Alpha", False),
    ],
)
def test_acronyms_are_initials_in_order(short: str, long: str, expected: bool):
    assert is_acronym_of(short, long) is expected


def test_nationality_is_a_group_with_its_country():
    text = "An Iranian officer met Kenyans in Iran."
    found = corrected(text, ("Iranian", "GPE"))
    assert [(text[m.start : m.end], m.label, m.country_code) for m in found] == [
        ("Iranian", "NORP", "IR"),
        ("Kenyans", "NORP", "KE"),
        ("Iran", "GPE", "IR"),
    ]


def test_nationality_of_two_countries_has_no_code():
    assert country_code("Dominican") is None
    assert country_code("U.S.") == "US"
    assert country_code("Nairobi") == "KE"


@pytest.mark.parametrize("word", ["Subscribe", "Read More", "Monday", "https://larkfield.example/a"])
def test_interface_words_are_no_names(word: str):
    assert corrected(f"{word} now and then.", (word, "ORG")) == []


def test_an_abbreviation_of_things_is_no_organisation():
    text = "The SUVs, the AI and their USB sockets are sold by AID."
    assert corrected(text, ("SUVs", "ORG"), ("AI", "ORG"), ("USB", "ORG"), ("AID", "ORG"))[0].start == text.index(
        "AID."
    )


def test_letters_after_a_name_are_no_place():
    text = "Arlen Quill, MD, and Ana Dorin, R.N., moved to Larkfield, MD, in May."
    persons = (("Arlen Quill", "PERSON"), ("MD", "GPE"), ("Ana Dorin", "PERSON"), ("R.N.", "ORG"))
    found = corrected(text, *persons, ("Larkfield", "GPE"), ("MD", "GPE"))
    assert [m.start for m in found] == [0, text.index("Ana"), text.index("Larkfield"), text.rindex("MD")]


def test_unless_the_text_makes_it_a_name():
    text = "The Alder Inspectorate (AI) has spoken. Nobody heard the AI."
    found = corrected(text, ("Alder Inspectorate", "ORG"), ("AI", "GPE"), ("AI", "GPE"))
    assert as_pairs(text, found) == [("Alder Inspectorate", "ORG"), ("AI", "ORG"), ("AI", "ORG")]


def test_the_majority_of_the_document_decides_a_label():
    text = "Brimla grew. Brimla shrank. Brimla moved. Brimla closed."
    found = corrected(text, ("Brimla", "ORG"), ("Brimla", "ORG"), ("Brimla", "ORG"), ("Brimla", "PERSON"))
    assert {m.label for m in found} == {"ORG"}


def test_a_headline_is_read_in_the_case_of_its_body():
    text = "OSLO MAYOR HALVORSEN TO VISIT\nOslo Mayor Halvorsen Plans Border Visit\nThe mayor was on a border visit."
    document = document_of_text(text)
    assert document.view.split("\n")[0] == "Oslo mayor Halvorsen to visit"
    assert document.view.split("\n")[1] == "Oslo mayor Halvorsen plans border visit"
    assert document.text == text


@given(st.text(max_size=200))
def test_the_view_keeps_every_place(text: str):
    document = document_of_text(text)
    assert len(document.view) == len(text)
    assert document.view.lower() == text.lower() or not text.isascii()


@given(st.text(alphabet="Aab. -'’“(\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_clean_range_stays_inside(text: str, a: int, b: int):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    inner_start, inner_end = clean_range(text, start, end)
    assert start <= inner_start <= inner_end <= end or inner_start >= inner_end


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(["PERSON", "ORG", "GPE"]))))
def test_mentions_never_overlap_and_stay_in_the_text(found: list[tuple[int, int, str]]):
    text = "Gen. Omar bin Lassad of the Larkfield Bank’s (LB) met Ana-Maria Dorin in Oslo."
    spans = [(s, min(s + n, len(text)), label) for s, n, label in found]
    mentions = correct(document_of_text(text), Reading(spans))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_a_place_in_capitals_opens_a_story():
    document = document_of_text("PORT LOUIS (LNA) - Ministers met.\nPORT LOUIS — Ministers met.\nABC said no.")
    assert document.view.split("\n")[:2] == ["Port Louis (LNA) - Ministers met.", "Port Louis — Ministers met."]
    assert document.view.split("\n")[2] == "ABC said no."


def test_an_organisation_does_not_swallow_the_person_after_it():
    text = "The head of the Larkfield Coastal Brigades Omar Lassad spoke."
    found = corrected(text, ("Larkfield Coastal Brigades Omar Lassad", "ORG"))
    assert as_pairs(text, found) == [("Larkfield Coastal Brigades", "ORG"), ("Omar Lassad", "PERSON")]


@pytest.mark.parametrize("text", ["The daily Brimla Tor wrote so.", "He told Brimla Tor newspaper so."])
def test_what_is_called_a_newspaper_is_no_person(text: str):
    (mention,) = corrected(text, ("Brimla Tor", "PERSON"))
    assert (mention.label, mention.method) == ("ORG", "context:outlet")


def test_a_newspaper_is_one_however_its_article_is_written():
    text = "The daily As-Sabah al-Brimli wrote so. A-Sabah al-Brimli had more."
    found = corrected(text, ("As-Sabah al-Brimli", "PERSON"), ("A-Sabah al-Brimli", "PERSON"))
    assert as_pairs(text, found) == [("As-Sabah al-Brimli", "ORG"), ("A-Sabah al-Brimli", "ORG")]


def test_where_someone_is_chief_executive_is_an_organisation():
    text = "Lotte Aerts, chief executive at Brimla Tor, smiled."
    found = corrected(text, ("Lotte Aerts", "PERSON"), ("Brimla Tor", "PERSON"))
    assert as_pairs(text, found) == [("Lotte Aerts", "PERSON"), ("Brimla Tor", "ORG")]


def test_an_acronym_of_ordinary_words_is_no_name():
    text = "Talks on rural water supply (RWS) went on. RWS is costly, said Ms Dorin."
    found = corrected(text, ("RWS", "ORG"), ("RWS", "ORG"), ("Dorin", "PERSON"))
    assert as_pairs(text, found) == [("Dorin", "PERSON")]


@pytest.mark.parametrize(("long", "short"), [("tuberculosis", "TB"), ("venous thromboembolism", "VTE")])
def test_nor_is_one_that_takes_letters_from_within_them(long: str, short: str):
    text = f"Cases of {long} ({short}) rose. The {short} wards are full."
    assert corrected(text, (short, "ORG"), (short, "ORG")) == []


@pytest.mark.parametrize("long", ["election commission", "harbour tax office"])
def test_but_that_of_a_body_in_small_letters_is(long: str):
    short = "".join(word[0] for word in long.split()).upper()
    text = f"The {long} ({short}) met. The {short} left."
    assert as_pairs(text, corrected(text, (short, "ORG"), (short, "ORG"))) == [(short, "ORG"), (short, "ORG")]


def test_a_name_that_runs_over_a_bracket_ends_before_it():
    text = "The Bank of Larkfield (BoL) closed."
    found = corrected(text, ("Bank of Larkfield (BoL", "ORG"))
    assert as_pairs(text, found) == [("Bank of Larkfield", "ORG"), ("BoL", "ORG")]


def test_an_amount_of_dollars_names_no_country():
    assert corrected("It cost US$40 and more.", ("US", "GPE")) == []


def test_the_article_that_a_hyphen_ties_to_a_name_belongs_to_it():
    text = "Officials of As-Safwan Tor and Al-Brimla met."
    found = corrected(text, ("Safwan Tor", "PERSON"), ("Al", "ORG"))
    assert as_pairs(text, found) == [("As-Safwan Tor", "PERSON"), ("Al-Brimla", "ORG")]
