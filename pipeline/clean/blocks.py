"""Blocks: the lines of a page, what each is, and why it was kept or cut."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a block is. The first group is the article and its metadata, the second is cut."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE_LINE = "dateline_line"
    TIMESTAMP = "timestamp"
    BODY = "body"
    SUBHEADING = "subheading"
    CAPTION = "caption"
    QUOTE = "quote"
    LIST_ITEM = "list_item"

    DUPLICATE = "duplicate"
    NAVIGATION = "navigation"
    SUBSCRIBE = "subscribe"
    SHARE = "share"
    COMMENT_FORM = "comment_form"
    RELATED = "related"
    ADVERT = "advert"
    LEGAL = "legal"
    SOCIAL_EMBED = "social_embed"
    ERROR = "error"
    COUNTER = "counter"
    OTHER_BOILERPLATE = "other_boilerplate"


class Block(NamedTuple):
    """A line of a page: text[start:end], offsets in code points, no blank at either end.

    rule: short id of what decided, `phrase:<class>`, `repetition:<where>`, `title`, `model` ...; see `explain`
    score: certainty that the block belongs to the article, 0 to 1
    """

    start: int
    end: int
    kind: str
    is_kept: bool
    rule: str
    score: float
