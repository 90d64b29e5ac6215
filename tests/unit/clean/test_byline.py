"""Bylines: who wrote a story, and the lines that begin with "by" for another reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.byline import find_byline, names_of, read_byline

TITLE = "Harbour board votes to reopen the quay"
STORY = "The harbour board voted late on Monday to reopen the northern quay, ending a dispute of eleven months."


@pytest.mark.parametrize(
    ("line", "text", "names"),
    [
        ("By Ada Moreau and Lin Wei", "Ada Moreau and Lin Wei", ("Ada Moreau", "Lin Wei")),
        ("by Staff", "Staff", ()),
        ("avatar by Quayside Staff", "Quayside Staff", ()),
        ("By Ada Moreau, Harbour Gazette", "Ada Moreau, Harbour Gazette", ("Ada Moreau",)),
        (
            "By ADA MOREAU, LIN WEI and TOM HALE",
            "ADA MOREAU, LIN WEI and TOM HALE",
            ("ADA MOREAU", "LIN WEI", "TOM HALE"),
        ),
        ("By Tom Hale Health reporter, Coast News", "Tom Hale Health reporter, Coast News", ("Tom Hale",)),
        ("Posted by Tom Hale on November 19, 2019, 6:21 AM EST", "Tom Hale", ("Tom Hale",)),
        ("By Tom Hale | 3:00 PM on December 21, 2023", "Tom Hale", ("Tom Hale",)),
        ("(Reporting by Ada Moreau; Editing by Tom Hale)", "Ada Moreau", ("Ada Moreau",)),
        (
            "By Omar al-Tayeb and Greta van Loon",
            "Omar al-Tayeb and Greta van Loon",
            ("Omar al-Tayeb", "Greta van Loon"),
        ),
        ("By Our Correspondent", "Our Correspondent", ()),
        ("By The Associated Press", "The Associated Press", ()),
        ("By Ann Lee, National Institute of Tides and Currents", None, ("Ann Lee",)),
    ],
)
def test_byline(line, text, names):
    found = read_byline(line)
    assert found.names == names
    assert line[found.start : found.end] == found.text == (text or found.text)


@pytest.mark.parametrize(
    "line",
    [
        "By the time the ferry came in, the quay was empty",
        "By choosing Accept, you consent to our use of cookies",
        "By 2050 the quay will be under water",
        "By Wednesday 14 Dec 2011 6:17 pm",
        "By",
        "Standby Ferry Service",
        "By Monday evening the board had heard from every union on the quay and was ready to vote.",
    ],
)
def test_no_byline(line):
    assert read_byline(line) is None


def test_name_on_the_line_after_by():
    found = find_byline([TITLE, "By", "Ada Moreau", STORY], 0, (3, 3))
    assert (found.line, found.text) == (2, "Ada Moreau")


def test_name_without_by_needs_a_job_or_a_date_beside_it():
    assert find_byline([TITLE, "Ada Moreau, Senior Correspondent", STORY], 0, (2, 2)).names == ("Ada Moreau",)
    assert find_byline([TITLE, "Ada Moreau", "March 9, 2021", STORY], 0, (3, 3)).names == ("Ada Moreau",)
    assert find_byline([TITLE, "Ada Moreau 4:00 PM on March 9, 2021", STORY], 0, (2, 2)).names == ("Ada Moreau",)
    assert find_byline([TITLE, "Northern Quay", STORY], 0, (2, 2)) is None
    assert find_byline([TITLE, "Published On 9 March 2021", STORY], 0, (2, 2)) is None


def test_credit_at_the_end_of_the_story():
    lines = [TITLE, STORY, STORY, "(Reporting by Ada Moreau; editing by Tom Hale)"]
    assert find_byline(lines, 0, (1, 3)).names == ("Ada Moreau",)


def test_comment_by_a_reader_is_no_byline():
    assert find_byline([TITLE, STORY, STORY, "Reply", "By Harbour Cat"], 0, (1, 2)) is None


def test_outlets_are_not_people():
    assert names_of("Ada Moreau, Lin Wei and Tom Hale, Harbour Gazette") == ("Ada Moreau", "Lin Wei", "Tom Hale")
    assert names_of("Harbour Gazette") == ()


@settings(max_examples=200)
@given(st.text(alphabet="By abAB,.&|-19\u00e9\n", max_size=120))
def test_any_line_is_read_and_the_span_is_exact(rest):
    line = "By " + rest
    found = read_byline(line)
    assert found is None or line[found.start : found.end] == found.text
