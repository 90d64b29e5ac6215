"""Look-alikes in a pile of unrelated pages are two people; those in reports of one story are one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.resolve import resolve
from pipeline.resolve.company import nearly_same
from pipeline.resolve.names import parse_name

GIVEN = ("Agna", "Belmar", "Corvin", "Dorte", "Elspet", "Fulko", "Gisla", "Hamund", "Isolt", "Jorik")
FAMILY = ("Aldervik", "Brankovel", "Cheswold", "Durrenmoor", "Estavayo", "Fennimark", "Gollanze", "Hjortrup")


def page(*names: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A text in which these are named, with something between them: persons, but for `name/LABEL`."""
    text, spans = "", []
    for name, _, label in (told.partition("/") for told in names):
        spans.append((len(text), len(text) + len(name), label or "PERSON"))
        text += f"{name} was told about the weather. "
    return text, spans


def pile(*pages: tuple[str, ...]) -> list[list[int]]:
    """The given pages first, then eighty of people whom no other page names."""
    strangers = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    return resolve([page(*names) for names in (*pages, *((name,) for name in strangers))])


def test_look_alikes_of_unrelated_pages_are_two():
    answer = pile(("Tomas Pawer", "Ulla Renswick"), ("Tommy Piver", "Osk Quillfeather"))
    assert answer[0][0] != answer[1][0]


def test_reports_of_one_story_make_them_one():
    company = ("Ulla Renswick", "Osk Quillfeather", "Perrin Zelmanov", "Wanda Ystrom", "Nils Voskuijlen")
    answer = pile(("Muntadhar al-Zubaydawi", *company), ("Montazer Al Zubeidawi", *company))
    assert answer[0][0] == answer[1][0]


def test_company_counts_however_its_names_are_spelled():
    one = ("Muntadhar al-Zubaydawi", "Gholamreza Sattarian", "Khaled al-Mansouri", "Yousef al-Qadri", "Nasser Haddadin")
    other = ("Montazer Al Zubeidawi", "Gholam-Reza Satarian", "Khalid Mansoori", "Yusuf al-Kadri", "Nasir Haddadine")
    answer = pile(one, other)
    assert answer[0] == answer[1]


def test_few_documents_are_taken_at_their_word():
    answer = resolve([page("Muntadhar al-Zubaydawi"), page("Montazer Al Zubeidawi")])
    assert answer[0] == answer[1]


def test_a_slip_of_the_pen_needs_no_company():
    answer = pile(("Perrin Zelmanov",), ("Perrin Zelmanow",), ("Perrin K. Zelmanov",))
    assert answer[0] == answer[1] == answer[2]


def test_father_and_son_are_two_in_one_story():
    company = ("Ulla Renswick", "Osk Quillfeather", "Wanda Ystrom", "Nils Voskuijlen")
    answer = pile(("Perrin Zelmanov", *company), ("Perrin Zelmanov Jr.", *company))
    assert answer[0][0] != answer[1][0]
    assert all(a == b for a, b in pairwise([answer[0][1:], answer[1][1:]]))


def test_a_lone_surname_of_an_unrelated_page_is_nobody_known():
    answer = pile(("Zelmanov", "Ulla Renswick"), ("Perrin Zelmanov", "Osk Quillfeather"))
    assert answer[0][0] != answer[1][0]


def test_a_lone_surname_is_the_well_known_bearers():
    full = [("Perrin Zelmanov", other) for other in ("Ulla Renswick", "Osk Quillfeather", "Wanda Ystrom")]
    answer = pile(("Zelmanov", "Nils Voskuijlen"), *full)
    assert answer[0][0] == answer[1][0]


def test_a_place_read_once_as_a_body_stays_the_place():
    company = ("Ulla Renswick", "Osk Quillfeather", "Wanda Ystrom", "Nils Voskuijlen")
    place = [("Larkfield/GPE", given) for given in GIVEN[:4]]
    answer = pile(("Larkfield/ORG", *company), ("Larkfield Times/ORG", *company), *place)
    assert answer[0][0] == answer[2][0] != answer[1][0]


def test_what_is_named_alone_more_often_is_no_short_form():
    answer = pile(("Quillon/ORG", "Quillon Studios/ORG"), ("Quillon/ORG",), ("Quillon/ORG",))
    assert answer[0][0] == answer[1][0] != answer[0][1]


@pytest.mark.parametrize(
    ("a", "b", "label", "same"),
    [
        ("Perrin Zelmanov", "Perrin Zelmanow", "PERSON", True),
        ("Perrin Zelmanov", "Perrin Otto Zelmanov", "PERSON", True),
        ("Perrin Zelmanov", "P. Perrin Zelmanov", "PERSON", True),
        ("Perrin Zelmanov", "Perrin Zelmanov Quist", "PERSON", False),
        ("Perrin Zelmanov", "Merrin Zelmanow", "PERSON", False),
        ("Ming Zelt", "Ping Zelt", "PERSON", False),
        ("Storm", "Stormy", "ORG", False),
        ("Larkfield Networks", "Larkfield Network", "ORG", True),
        ("Sun Belt", "Sunbelt", "LOC", True),
        ("Zeled regime", "Zelled regime", "ORG", True),
        ("Michael Martin", "Micheal Martin", "PERSON", False),
        ("Defence Ministry", "Ministry of Defense", "ORG", False),
        ("Larkfield Bank", "National Larkfield Bank", "ORG", False),
        ("Harbour Ministry of Larkfield", "Larkfield Harbour Ministry", "ORG", True),
        ("University of Larkfield", "Larkfield University", "ORG", False),
    ],
)
def test_nearly_same(a: str, b: str, label: str, same: bool):
    one, other = parse_name(a, label), parse_name(b, label)
    assert nearly_same(one, other) is nearly_same(other, one) is same
