"""Full dates in a line: what is read, and what is left alone."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.date_expressions import _patterns, _readings, _written_dates, find_dates, in_us_summer_time


@pytest.mark.parametrize(
    ("line", "day", "instant", "precision"),
    [
        ("March 9, 2021 6:05 pm", date(2021, 3, 9), None, "minute"),
        ("9 Mar 2021", date(2021, 3, 9), None, "day"),
        ("Tuesday, 9th March, 2021", date(2021, 3, 9), None, "day"),
        ("9. März 2021, 10:15 Uhr", date(2021, 3, 9), None, "minute"),
        ("9 de marzo de 2021", date(2021, 3, 9), None, "day"),
        ("9 марта 2021, 18:30 MSK", date(2021, 3, 9), datetime(2021, 3, 9, 15, 30), "minute"),
        ("2021年3月9日", date(2021, 3, 9), None, "day"),
        ("09.03.2021 18.56", date(2021, 3, 9), None, "minute"),
        ("2021-03-09T18:56:07Z", date(2021, 3, 9), datetime(2021, 3, 9, 18, 56, 7), "second"),
        ("2021-03-09T18:56:07.250+03:30", date(2021, 3, 9), datetime(2021, 3, 9, 15, 26, 7), "second"),
        ("10:02 AM EST Feb 9, 2021", date(2021, 2, 9), datetime(2021, 2, 9, 15, 2), "minute"),
        ("0339 GMT (1139 HKT) March 9, 2021", date(2021, 3, 9), datetime(2021, 3, 9, 3, 39), "minute"),
        ("July 5, 2021 at 5:10 p.m. PT", date(2021, 7, 5), datetime(2021, 7, 6, 0, 10), "minute"),
        ("March 9, 2021, 12:20 a.m. UTC", date(2021, 3, 9), datetime(2021, 3, 9, 0, 20), "minute"),
        ("March 9, 2021, 7 pm GMT+3", date(2021, 3, 9), datetime(2021, 3, 9, 16, 0), "hour"),
        ("Ann Lee, Harbour GazetteMar 9, 2021", date(2021, 3, 9), None, "day"),
    ],
)
def test_reads_a_full_date(line, day, instant, precision):
    (found,) = find_dates(line)
    assert found.readings == (day,)
    assert found.instant(day) == instant
    assert found.precision == precision


@pytest.mark.parametrize(
    "line",
    [
        "Monday, March 18th | 9 Adar II 5784",
        "in March 2021 and again on 9 March",
        "31 February 2021",
        "version 3.4.20211",
        "Monday, 9 March 2021",  # it was a Tuesday
        "call 020-2021-9988",
    ],
)
def test_reads_no_date_where_none_is_whole(line):
    assert find_dates(line) == []


def test_order_of_day_and_month_stays_open_without_evidence():
    (found,) = find_dates("03/04/2021")
    assert set(found.readings) == {date(2021, 4, 3), date(2021, 3, 4)}


@pytest.mark.parametrize(
    ("line", "domain", "day"),
    [
        ("23/04/2021", "", date(2021, 4, 23)),
        ("04/23/2021", "", date(2021, 4, 23)),
        ("Saturday 03/04/2021", "", date(2021, 4, 3)),  # the weekday decides
        ("03/04/2021 12:15 PM PT", "", date(2021, 3, 4)),  # so does a time zone of the United States
        ("03/04/2021", "harbour-gazette.co.uk", date(2021, 4, 3)),  # and the outlet's country
    ],
)
def test_order_of_day_and_month_is_settled_by_evidence(line, domain, day):
    (found,) = find_dates(line, domain)
    assert found.readings == (day,)


@pytest.mark.parametrize(
    ("line", "domain", "offset"),
    [
        ("9 March 2021, 18:56 IST", "", None),
        ("9 March 2021, 18:56 IST", "coastdaily.in", 330),
        ("9 March 2021, 18:56 IST", "coastdaily.co.il", 120),
        ("5 July 2021, 18:56 EST", "", None),  # no such time in summer
        ("5 July 2021, 18:56 EDT", "", -240),
    ],
)
def test_a_zone_counts_only_where_its_name_is_clear(line, domain, offset):
    (found,) = find_dates(line, domain)
    assert found.offset == offset


def test_several_dates_of_a_line_come_in_order():
    found = find_dates("Published March 9, 2021 10:00 | Updated March 10, 2021 11:30")
    assert [(d.readings[0].day, d.hour, d.minute) for d in found] == [(9, 10, 0), (10, 11, 30)]


def test_summer_time_begins_and_ends_on_the_lawful_sundays():
    assert not in_us_summer_time(date(2021, 3, 13))
    assert in_us_summer_time(date(2021, 3, 14))
    assert in_us_summer_time(date(2021, 11, 6))
    assert not in_us_summer_time(date(2021, 11, 7))
    assert not in_us_summer_time(date(2006, 3, 20))


@given(
    st.dates(date(1985, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%a %d %b %Y"]),
)
def test_every_day_survives_writing_and_reading(day, form):
    line = f"Posted {day.strftime(form)} by the desk"
    (found,) = find_dates(line)
    assert found.readings == (day,)
    assert find_dates(line[found.start : found.end])[0].readings == (day,)


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(line):
    for found in find_dates(line):
        assert 0 <= found.start < found.end <= len(line)


PIECES = [
    "12",
    "3rd",
    "March",
    "Dec.",
    "mars",
    "Monday,",
    "2021",
    "1987",
    "2021-03-04",
    "04/03/2021",
    "10:45",
    "GMT",
    "said",
]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", ", ", " | ", ""])), max_size=40))
@settings(max_examples=300, deadline=None)
def test_looking_around_years_alone_misses_no_date(pieces):
    line = "".join(word + gap for word, gap in pieces)
    whole = [m.span() for m in _patterns()[0].finditer(line) if _readings(m)]
    assert [m.span() for m in _written_dates(line) if _readings(m)] == whole
