"""Datelines: places and agencies that open a story, and the openings that only look like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.dateline import find_dateline, read_dateline


@pytest.mark.parametrize(
    ("paragraph", "text", "places", "agency"),
    [
        ("Nablus – The council has agreed", "Nablus", ("Nablus",), None),
        ("TEL AVIV — A marked rise in rents", "TEL AVIV", ("TEL AVIV",), None),
        ("WASHINGTON/BEIRUT (Reuters) - Envoys", "WASHINGTON/BEIRUT (Reuters)", ("WASHINGTON", "BEIRUT"), "Reuters"),
        ("GAZA CITY, Gaza Strip (AP) — Two bakers", "GAZA CITY, Gaza Strip (AP)", ("GAZA CITY",), "AP"),
        ("(Amman) – The authorities", "(Amman)", ("Amman",), None),
        ("Oslo (CNN)The minister", "Oslo (CNN)", ("Oslo",), "CNN"),
        ("ISLAMABAD: The court", "ISLAMABAD", ("ISLAMABAD",), None),
        ("BEIJING, Nov. 22 (Xinhua) -- The ferry", "BEIJING, Nov. 22 (Xinhua)", ("BEIJING",), "Xinhua"),
        (
            "LONDON, Dec. 14, 2016 /PRNewswire/ -- A firm",
            "LONDON, Dec. 14, 2016 /PRNewswire/",
            ("LONDON",),
            "PRNewswire",
        ),
        ("Cairo, MENA – The canal", "Cairo, MENA", ("Cairo",), None),
        ("SÃO PAULO (AFP) - The mayor", "SÃO PAULO (AFP)", ("SÃO PAULO",), "AFP"),
        ("UPPER QUILLAN, N.Y. — The school", "UPPER QUILLAN, N.Y.", ("UPPER QUILLAN",), None),
        ("MOSCOW and KYIV — Talks", "MOSCOW and KYIV", ("MOSCOW", "KYIV"), None),
        ("RAMALLAH, West Bank", "RAMALLAH, West Bank", ("RAMALLAH",), None),
        ("  Mumbai, Jan 17 (PTI) A team of divers", "Mumbai, Jan 17 (PTI)", ("Mumbai",), "PTI"),
    ],
)
def test_dateline(paragraph, text, places, agency):
    found = read_dateline(paragraph)
    assert (found.text, found.places, found.agency) == (text, places, agency)
    assert paragraph[found.start : found.end] == text


@pytest.mark.parametrize(
    "paragraph",
    [
        "BREAKING — The council has agreed",
        "UPDATE: The council has agreed",
        "EXCLUSIVE - The council has agreed",
        "Iran: the long road to a deal",
        "Lisbon – the city of light – is full again",
        "ADA MOREAU — The painter's last show",
        "ACME — The firm that made anvils",
        "Q: What will the council do?",
        "Ties between Oslo and Riga are – in the minister's words – “warm”",
        "The council met in Nablus – The mayor was late",
        "",
    ],
)
def test_no_dateline(paragraph):
    assert read_dateline(paragraph) is None


def test_looked_for_in_the_first_paragraphs_only():
    opening = "The quay was crowded long before the first ferry came in, people said."
    assert find_dateline([opening, "OSLO — The ferry"]).line == 1
    assert find_dateline([opening] * 9 + ["OSLO — The ferry"]) is None


@settings(max_examples=200)
@given(st.text(alphabet="ABC abc(),.-–—/:1\n\u202e", max_size=200))
def test_any_text_is_read_and_the_span_is_exact(paragraph):
    found = read_dateline(paragraph)
    assert found is None or paragraph[found.start : found.end] == found.text
