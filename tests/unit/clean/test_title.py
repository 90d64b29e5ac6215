"""The title's line: found wherever it stands, never made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import strip
from pipeline.clean.repetition import OutletLines
from pipeline.clean.stripping import Page, strip_pages
from pipeline.clean.title import hint_forms
from pipeline.clean.title_features import prose_region, slug_words

TITLE = "Harbour board votes to reopen the northern quay"
STORY = [
    "The harbour board voted late on Monday to reopen the northern quay, ending a dispute that had kept two cranes idle.",
    "Dock workers had asked for the vote since the spring, when the quay was shut after an inspection found rust.",
    "“We could have had this in May,” said Ada Moreau, who speaks for the union. The board's chair declined to comment.",
    "The first ship is expected on Thursday. It carries timber from Riga, the port's operator said in a statement.",
]


def title_of(lines, url=None, stated=None):
    """The line of kind title, or None; there is never more than one."""
    text = "\n".join(lines)
    (blocks,) = strip_pages([Page(text, url, stated_title=stated)], OutletLines([]))
    titles = [text[b.start : b.end] for b in blocks if b.kind == "title"]
    assert len(titles) <= 1
    return titles[0] if titles else None


@pytest.mark.parametrize(
    "header",
    [
        [TITLE],
        [TITLE, "By Ada Moreau", "March 9, 2021"],
        ["Subscribe", "March 9, 2021 6:56 pm", "0", TITLE, "By Ada Moreau"],
        ["Home | News | Sport | Weather", "Harbour Gazette", TITLE, "9 March 2021", "Share"],
        ["Skip to content", "News", "Sport", "Culture", "Log in", TITLE, "", "By Ada Moreau", "3 min read"],
    ],
)
def test_title_of_a_page(header):
    lines = [*header, *STORY]
    assert title_of(lines) == TITLE


def test_address_tells_the_title_from_another_headline():
    teaser = "Ferry captain admits he never read the log"
    lines = [teaser, TITLE, "By Ada Moreau", *STORY]
    assert title_of(lines, "https://gazette.example/2021/harbour-board-reopen-northern-quay.html") == TITLE


def test_title_that_recurs_in_a_list_of_stories_below():
    lines = [TITLE, "By Ada Moreau", *STORY, "Most read", TITLE, "Ferry captain admits he never read the log"]
    text = "\n".join(lines)
    assert [b.start for b in strip(text) if b.kind == "title"] == [0]


def test_title_said_in_the_header_and_again_below_a_standfirst():
    standfirst = "The northern quay has been shut since an inspection in the spring found rust under two of its cranes."
    text = "\n".join([TITLE, "Harbour Gazette", standfirst, TITLE, "By Ada Moreau", *STORY, *STORY[::-1]])
    assert [b.start for b in strip(text) if b.kind == "title"] == [text.rindex(TITLE)]


@pytest.mark.parametrize(
    "lines",
    [
        STORY,
        ["Riga – " + STORY[0], *STORY[1:]],  # a dateline opens a paragraph, it is no title
        ["", "  "],
        ["0"],
        [],
    ],
)
def test_no_title_where_there_is_none(lines):
    assert title_of(lines) is None


def test_what_the_markup_states_is_looked_for_first():
    lines = ["Ferry captain admits he never read the log", TITLE, *STORY]
    assert title_of(lines, stated=f"{TITLE} | Harbour Gazette") == TITLE
    assert title_of(lines, stated=TITLE.upper()) == TITLE


def test_site_name_is_taken_off_a_stated_title():
    assert hint_forms("Quay reopens - Harbour Gazette")[:2] == ["Quay reopens - Harbour Gazette", "Harbour Gazette"]
    assert "Quay reopens" in hint_forms("Quay reopens - Harbour Gazette")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://gazette.example/news/2021/quay-reopens-after-vote_7731.html", {"quay", "reopens", "after", "vote"}),
        ("https://gazette.example/", set()),
        ("https://gazette.example/?p=7731", set()),
        ("http://[broken", set()),
        (None, set()),
    ],
)
def test_words_of_an_address(url, words):
    assert slug_words(url) == words


def test_densest_run_of_prose():
    assert prose_region(["Home", "News", *STORY, "Share", "Tweet"]) == (2, 5)
    assert prose_region(["Home", "News"]) == (2, 2)


@pytest.mark.parametrize("furniture", ["GZ-PORT-QUAY", "GZ-FEA-PORT-QUAY (adv for weekend use)", "A A A", "A- A A+"])
def test_slugs_and_switches_are_no_titles(furniture):
    assert title_of([furniture, TITLE, "By Ada Moreau", *STORY]) == TITLE
    assert title_of([furniture, *STORY]) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=30), st.one_of(st.none(), st.text(max_size=60)))
def test_any_page_gets_at_most_one_title(lines, url):
    title_of(lines, url)
