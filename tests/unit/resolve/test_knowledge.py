"""What the knowledge file spells, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.resolve.knowledge import KnownEntity, make_knowledge
from pipeline.resolve.names import parse_name

KNOWN = make_knowledge(
    [
        KnownEntity("Larkfield Assembly", "ORG", None, ("L.A.", "LAX")),
        KnownEntity("Organisation of Quill States", "ORG", None, ("OQUIS",)),
    ]
)


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
    number = KNOWN.find(parse_name(surface, label))
    assert (None if number is None else KNOWN.entities[number].name) == name
