"""What the knowledge file spells, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.resolve.knowledge import Knowledge, KnownEntity, make_knowledge, shipped_knowledge
from pipeline.resolve.names import parse_name

KNOWN = make_knowledge(
    [
        KnownEntity("Larkfield Assembly", "ORG", None, ("L.A.", "LAX")),
        KnownEntity("Organisation of Quill States", "ORG", None, ("OQUIS",)),
    ]
)


def name_of(known: Knowledge, surface: str, label: str) -> str | None:
    number = known.find(parse_name(surface, label))
    return None if number is None else known.entities[number].name


@pytest.mark.parametrize(
    ("surface", "label", "name"),
    [
        ("L.A.", "ORG", "Larkfield Assembly"),
        ("LA", "ORG", "Larkfield Assembly"),
        ("La", "ORG", None),
        ("Lax", "PERSON", None),
        ("Oquis", "ORG", "Organisation of Quill States"),  # a long acronym may be written as a word
        ("Larkfield Assembly", "ORG", "Larkfield Assembly"),
    ],
)
def test_a_short_acronym_is_read_in_capitals_alone(surface: str, label: str, name: str | None):
    assert name_of(KNOWN, surface, label) == name


@pytest.mark.parametrize(
    ("surface", "label", "name"),
    [
        ("Quilland", "GPE", "Quilland"),
        ("Qld.", "GPE", "Quilland"),
        ("Quilland", "ORG", None),  # its team
        ("Quilland", "PERSON", None),
    ],
)
def test_of_its_own_label_alone(surface: str, label: str, name: str | None):
    known = make_knowledge([KnownEntity("Quilland", "GPE", "AU", ("Qld.",), only_label=True)])
    assert name_of(known, surface, label) == name


@pytest.mark.parametrize(("surface", "name"), [("Fla.", "Florida"), ("N.Y.", "New York"), ("Georgia", "Georgia")])
def test_states_in_datelines(surface: str, name: str):
    assert name_of(shipped_knowledge(), surface, "GPE") == name


@pytest.mark.parametrize(("surface", "name"), [("Muslims", "Muslim"), ("Shi'ite", "Shia"), ("Uighurs", "Uyghur")])
def test_groups_in_singular_and_plural(surface: str, name: str):
    assert name_of(shipped_knowledge(), surface, "NORP") == name


def test_two_universities_of_the_same_words_are_two():
    one, other = (name_of(shipped_knowledge(), n, "ORG") for n in ("University of Washington", "Washington University"))
    assert one is not None and other is not None
    assert one != other


@pytest.mark.parametrize("surface", ["ISIL terrorist group", "militant group Islamic State", "Hamas movement"])
def test_a_known_body_with_what_it_is(surface: str):
    assert name_of(shipped_knowledge(), surface, "ORG") in ("Islamic State", "Hamas")


def test_a_group_at_a_known_body_is_another():
    assert name_of(shipped_knowledge(), "UN group", "ORG") is None
    assert name_of(shipped_knowledge(), "Mumbai militia", "ORG") is None


def test_words_for_what_is_of_a_place_mean_it_where_they_are_taken_for_one():
    known = shipped_knowledge()
    assert name_of(known, "European", "GPE") == name_of(known, "Europe", "LOC") == "Europe"
    assert name_of(known, "European", "NORP") == "European"


def test_a_known_body_taken_for_a_person():
    known = make_knowledge([KnownEntity("Tallow Press", "ORG"), KnownEntity("Orrin Tallow", "ORG")])
    assert name_of(known, "Tallow Press", "PERSON") == "Tallow Press"
    assert name_of(known, "Orrin Tallow", "PERSON") is None


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("U.S. Food and Drug Administration", "Food and Drug Administration"),
        ("Russian Federal Security Service", "Federal Security Service"),
        ("United States Federal Reserve", "Federal Reserve"),
        ("Chinese Food and Drug Administration", None),
        ("Iranian New York Times", None),
    ],
)
def test_a_known_body_with_its_country_in_front(surface: str, name: str | None):
    assert name_of(shipped_knowledge(), surface, "ORG") == name
