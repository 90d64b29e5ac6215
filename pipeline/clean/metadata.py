"""What a page says about itself: title, byline, dateline, publication date, outlet and language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from pipeline.clean.blocks import Block, Kind
from pipeline.clean.byline import find_byline
from pipeline.clean.dateline import find_dateline
from pipeline.clean.dates import PublicationDate, find_publication_date, stated_date
from pipeline.clean.language import block_languages, language_of
from pipeline.clean.outlet_name import OUTLET_SCORES, find_outlet
from pipeline.clean.title import hint_forms
from pipeline.clean.title_features import words

SAME_TITLE = 80  # similarity (0 to 100) from which a line is the stated title, perhaps reworded
STORY_KINDS = frozenset({Kind.BODY, Kind.QUOTE, Kind.LIST_ITEM, Kind.DATELINE_LINE})
LANGUAGE_SAMPLE = 4000  # characters of the kept text


class Description(NamedTuple):
    """Columns of the documents table, the language of each block, and the number of the block with the byline."""

    columns: dict[str, Any]
    block_languages: list[str | None]
    byline_block: int | None


def describe(row: Mapping[str, Any], page: Sequence[Block]) -> Description:
    """The metadata of a document, from its raw document and its blocks.

    What the record or the markup states comes first; then what the page's own lines say. Nothing is guessed: a
    column is null where neither says it.
    """
    lines = [row["raw_text"][b.start : b.end] for b in page]
    story = [i for i, b in enumerate(page) if b.is_kept and b.kind in STORY_KINDS]
    body = (story[0], story[-1]) if story else None
    title = next((i for i, block in enumerate(page) if block.is_kept and block.kind == Kind.TITLE), None)
    outlet = find_outlet(row, lines, None if title is None else lines[title])
    byline = find_byline(lines, title, body)
    dateline = find_dateline([lines[i] for i in story[:4]])
    kept = " ".join(lines[i] for i in story)[:LANGUAGE_SAMPLE]
    language = language_of(kept) or language_of(" ".join(lines)[:LANGUAGE_SAMPLE]) or _code(row["stated_language"])
    columns = {
        "outlet_id": outlet.outlet_id,
        "outlet_basis": outlet.basis,
        "outlet_score": outlet.basis and OUTLET_SCORES[outlet.basis],
        "title": _title(row, None if title is None else lines[title]),
        "byline": _stated_author(row["stated_byline"]) or (byline and byline.text),
        "dateline": dateline.dateline.text if dateline and dateline.dateline.places else None,
        "language": language,
        **_date_columns(_published(row, lines, title, body)),
    }
    return Description(columns, block_languages(lines, language), byline.line if byline else None)


def _published(
    row: Mapping[str, Any], lines: Sequence[str], title: int | None, body: tuple[int, int] | None
) -> PublicationDate | None:
    stated = stated_date(row["stated_published"], row["stated_published_basis"], row["url"], row["ingest_date"])
    return stated or find_publication_date(lines, title, body, row["url"], row["ingest_date"])


def _date_columns(published: PublicationDate | None) -> dict[str, Any]:
    if published is None:
        return {}
    return {
        "published_at": published.instant,
        "published_date": published.day,
        "published_text": published.text,
        "published_precision": published.precision,
        "published_basis": published.basis,
    }


def _title(row: Mapping[str, Any], line: str | None) -> str | None:
    """The title as the page's line words it, without the outlet's name; as the record or the markup states it where
    that says something else, or the page has no such line."""
    stated, line = row["stated_title"], line and " ".join(line.split())
    if not stated:
        return without_outlet(line, row) if line else None
    if line and any(_are_alike(form, line) for form in hint_forms(stated)):
        return without_outlet(line, row)
    return without_outlet(stated, row)


def _are_alike(a: str, b: str) -> bool:
    return fuzz.token_sort_ratio(" ".join(words(a)), " ".join(words(b))) >= SAME_TITLE


def without_outlet(title: str, row: Mapping[str, Any]) -> str:
    """A title without the outlet's name before or after it ("Grain talks resume - The Morning Ledger")."""
    domain = (row["outlet_domain"] or "").rpartition(".")[0]
    outlet = {"".join(words(name)) for name in (row["outlet_name"] or "", domain, row["outlet_domain"] or "")} - {""}
    bare = {name.removeprefix("the") for name in outlet}
    for form in hint_forms(title)[1:]:
        rest = "".join(words(title.replace(form, "", 1))).removeprefix("the")
        if rest in bare:
            return form
    return title.strip()


def _stated_author(stated: str | None) -> str | None:
    """The author that the markup or the record states; an address in its place is none."""
    if not stated or re.search(r"https?://|www\.|@", stated):
        return None
    return re.sub(r"^by\s+", "", stated.strip(), flags=re.IGNORECASE) or None


def _code(stated: str | None) -> str | None:
    """The language of a tag such as en-GB."""
    code = (stated or "").strip()[:2].casefold()
    return code if len(code) == 2 and code.isalpha() else None
