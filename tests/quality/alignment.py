"""Gold pages and the pipeline's documents brought together, whatever white space their texts differ in.

A gold page and the document read from it hold the same characters, but an HTML rendering breaks its lines
in its own way. So places are compared as counts of the non-blank characters before them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from tests.quality.gold import GoldPage, deliveries

Row = Mapping[str, Any]


def non_blank_before(text: str) -> list[int]:
    """For each offset 0..len(text), how many non-blank characters come before it."""
    return [0, *accumulate(not char.isspace() for char in text)]


@dataclass(frozen=True)
class Aligned:
    """A gold page and its document; `gold_at[offset]` and `document_at[offset]` count non-blank characters."""

    page: GoldPage
    document: Row
    gold_at: list[int]
    document_at: list[int]

    @property
    def has_same_text(self) -> bool:
        """Whether the two texts are equal up to white space: without it no offset can be compared."""
        return "".join(self.page.text.split()) == "".join(self.document["raw_text"].split())


def align(pages: Iterable[GoldPage], documents: Iterable[Row]) -> dict[str, Aligned]:
    """Page id -> the page with its document, found by landing file or, in a file of many pages, by url.

    Pages that no document was read from are absent. `documents` are rows with source_path, url, raw_text.
    """
    by_path, by_url = {}, {}
    for document in documents:
        by_path[document["source_path"]] = document
        by_url[document["url"]] = document
    found = {}
    for page in pages:
        single = (path for path, record in deliveries(page) if record is None)
        document = next((by_path[path] for path in single if path in by_path), None)
        if document is None and page.get("url"):
            document = by_url.get(page.get("url"))
        if document is not None:
            at = non_blank_before(page.text), non_blank_before(document["raw_text"])
            found[page.page_id] = Aligned(page, document, *at)
    return found
