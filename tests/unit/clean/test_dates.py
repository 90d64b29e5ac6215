"""The publication date of a page: found where it is stated, absent where it is not."""

from datetime import date, datetime

import pytest

from pipeline.clean.dates import find_publication_date, stated_date

BODY = [
    "The harbour board voted late on Monday to reopen the northern quay, ending a dispute of eleven months.",
    "Dock workers had asked for the vote since the spring, when the cranes were shut down after an inspection.",
]
TITLE = "Harbour board votes to reopen the quay"


def published(header, tail=(), url=None, latest=None):
    """The date found on a page: the header's lines with the title among them, two body paragraphs, the tail."""
    lines = [*header, *BODY, *tail]
    title = lines.index(TITLE) if TITLE in lines else None
    first = len(header)
    return find_publication_date(lines, title, (first, first + 1), url, latest)


@pytest.mark.parametrize(
    "line",
    [
        "March 9, 2021 6:56 pm",
        "Published: 9 March 2021, 18:56",
        "By Ann Lee | March 9, 2021",
        "Posted by Ann Lee on March 9, 2021, 6:56 PM EST",
        "Harbour Gazette / 2021-03-09",
        "Tuesday, March 9, 2021 | 18:56 | Updated March 11, 2021",
    ],
)
def test_line_under_the_title(line):
    found = published([TITLE, line])
    assert (found.day, found.basis, found.line) == (date(2021, 3, 9), "text", 1)
    assert found.text in line


def test_date_and_time_just_above_the_title():
    found = published(["Subscribe", "March 9, 2021 6:56 pm", "0", TITLE])
    assert found.day == date(2021, 3, 9)
    assert found.instant is None  # no zone is stated
    assert found.precision == "minute"


def test_zone_makes_an_instant():
    found = published([TITLE, "March 9, 2021 6:56 pm GMT+2"])
    assert found.instant == datetime(2021, 3, 9, 16, 56)


def test_label_on_a_line_of_its_own():
    assert published([TITLE, "Published:", "March 9, 2021"]).day == date(2021, 3, 9)
    assert published([TITLE, "Last updated:", "March 9, 2021"]) is None


@pytest.mark.parametrize(
    "header",
    [
        ["Tuesday, March 9th | 24 Adar II 5781", "Subscribe", TITLE],
        ["Tuesday, March 9, 2021", TITLE],  # the day of the visit, on top of the page
        ["9 March 2021 / 19 Esfand 1399", TITLE],
        ["March 9, 2021", "Home", "World", "Sport", "Culture", "Weather", TITLE],
        [TITLE, "Updated March 9, 2021 6:56 pm"],
        [TITLE, "9 March 2021 Last updated at 08:35 GMT"],
        [TITLE, "Cranes on the quay, 9 March 2021. Photo: Ann Lee"],
        [TITLE, "© 2021 Harbour Gazette. 9 March 2021 edition"],
        [TITLE, "03/04/2021"],
        [TITLE, "Three hours ago"],
    ],
)
def test_what_is_no_publication_date(header):
    assert published(header) is None


def test_dates_in_running_text_are_no_publication_dates():
    lines = [TITLE, "The board was elected on March 9, 2021 and has met twice since it was sworn in, Ms Lee said."]
    assert find_publication_date(lines, 0, (1, 1)) is None


def test_dates_of_comments_and_teasers_below_are_left_alone():
    tail = ["Ann", "March 12, 2021 at 9:15 am", "Cheap berths at last!", "Ferry strike ends", "March 8, 2021"]
    assert published([TITLE], tail) is None


def test_first_published_line_after_the_story():
    assert published([TITLE], ["First published on March 9, 2021"]).day == date(2021, 3, 9)


def test_day_and_month_settled_by_the_address():
    found = published([TITLE, "03/04/2021"], url="https://harbour.example/2021/04/03/quay")
    assert found.day == date(2021, 4, 3)


def test_a_date_after_delivery_is_not_believed():
    assert published([TITLE, "March 9, 2021"], latest=date(2021, 3, 1)) is None
    assert published([TITLE, "March 9, 2021"], latest=date(2021, 3, 9)).day == date(2021, 3, 9)


def test_a_bare_date_far_from_the_one_in_the_address_is_not_believed():
    assert published([TITLE, "March 9, 2021"], url="https://harbour.example/2018/01/20/quay") is None


def test_stated_by_markup_or_record():
    found = stated_date("2021-03-09T23:30:00-05:00", "markup:json-ld:datePublished", None)
    assert (found.day, found.instant) == (date(2021, 3, 9), datetime(2021, 3, 10, 4, 30))
    assert (found.precision, found.basis) == ("second", "markup:json-ld:datePublished")
    assert stated_date("yesterday", "record:published_at", None) is None
    assert stated_date("03/04/2021", "record:published_at", None) is None
