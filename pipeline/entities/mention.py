"""What the room gives back: names with their place, label and the step that found or labelled them."""

from __future__ import annotations

from typing import NamedTuple

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT"})


class Mention(NamedTuple):
    """A name in a text: `text[start:end]`, offsets in code points, end-exclusive.

    `method` names the step that decided last (`model`, `fill:repeat`, ...); `role` is the title in front of
    a person's name, `country_code` the ISO 3166 alpha-2 code of a country, its city or its nationality.
    """

    start: int
    end: int
    label: str
    method: str
    role: str | None = None
    country_code: str | None = None
