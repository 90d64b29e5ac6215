"""The check of tiling against what it says, character by character, on pages at random: sound ones and damaged ones."""

from __future__ import annotations

from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline.warehouse.checks import load_checks

CHECK = next(check for check in load_checks() if check.name == "blocks_tile_documents")
PAGES = 3_000
BLANKS = ["\n", "\n", "\n", " ", "\t", "\r", "\x0b", "\x1c", "\x1f"]
WIDE_BLANKS = [*BLANKS, "\x85", "\u00a0", "\u2003", "\u3000"]
# One to four bytes a character, blanks within, what looks like an escape.
PIECES = ["a", "b", "é", "م", "ト", "🚢", " a", "\u00a0b", "\\x0A", "\x00", "\u200b"]
DAMAGE = ["text", "drop", "start", "end", "both", "slide", "number", "order", "repeat", "raw", "stated", "utf-16"]
Block = dict[str, Any]
Page = tuple[str, int, list[Block]]


def sound_page(chance: Random) -> Page:
    """Raw text, its length as stated, and its blocks in the order in which they are stored."""
    raw_text, blocks = "", []
    blanks = WIDE_BLANKS if chance.random() < 0.2 else BLANKS

    def gap() -> str:
        return "".join(chance.choices(blanks, k=chance.choice([0, 1, 1, 2])))

    for number in range(chance.randrange(5)):
        raw_text += gap()
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 4)))
        start, raw_text = len(raw_text), raw_text + text
        blocks.append({"block_no": number, "start": start, "end": len(raw_text), "text": text})
    raw_text += gap() if chance.random() < 0.5 else ""
    return raw_text, len(raw_text), blocks


def damaged(page: Page, chance: Random) -> Page:
    """A copy with one thing changed, which may by chance leave it sound."""
    raw_text, stated, blocks = page[0], page[1], [dict(block) for block in page[2]]
    damage, by = chance.choice(DAMAGE), chance.choice([-1, 1])
    if damage == "raw":
        at = chance.randrange(len(raw_text) + 1)
        raw_text = raw_text[:at] + chance.choice(["é", "a", "\n", "\u00a0"]) + raw_text[at + 1 :]
    elif damage == "stated":
        stated += by
    elif damage == "utf-16":
        for block in blocks:
            for edge in ("start", "end"):
                block[edge] = len(raw_text[: block[edge]].encode("utf-16-le")) // 2
        stated = len(raw_text.encode("utf-16-le")) // 2
    elif blocks:
        at = chance.randrange(len(blocks))
        edges = {"start": ["start"], "end": ["end"], "both": ["start", "end"]}.get(damage, [])
        for edge in edges:
            blocks[at][edge] += by
        if damage == "text":
            blocks[at]["text"] = "".join(chance.choices(PIECES, k=2))
        elif damage == "drop":
            del blocks[at]
        elif damage == "slide":
            blocks[at]["end"] += by
            for block in blocks[at + 1 :]:
                block["start"], block["end"] = block["start"] + by, block["end"] + by
            stated += by
        elif damage == "number":
            blocks[at]["block_no"] += by
        elif damage == "order":
            blocks.append(blocks.pop(at))
        elif damage == "repeat":
            blocks.insert(at, blocks[at])
    return raw_text, stated, blocks


def is_tiled(raw_text: str, stated: int, blocks: list[Block]) -> bool:
    """What the check claims, told in Python."""
    before = 0
    for number, block in enumerate(sorted(blocks, key=lambda b: (b["start"], b["end"], b["block_no"]))):
        start, end, text = block["start"], block["end"], block["text"]
        if block["block_no"] != number or not before <= start < end:
            return False
        if len(text) != end - start or raw_text[start:end] != text:
            return False
        if raw_text[before:start].strip():
            return False
        before = end
    return before <= stated == len(raw_text) and not raw_text[before:].strip()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_check_sees_what_is_not_tiled_and_nothing_else(seed: int) -> None:
    chance, documents, blocks, expected = Random(seed), [], [], set()
    for number in range(PAGES):
        page = sound_page(chance)
        if number % 2:
            page = damaged(page, chance)
        document_id = f"d{number:06d}"
        documents.append({"document_id": document_id, "raw_text": page[0], "raw_chars": page[1]})
        blocks += [{"document_id": document_id, **block} for block in page[2]]
        if not is_tiled(*page):
            expected.add(document_id)
    assert PAGES / 4 < len(expected) < PAGES / 2
    with duckdb.connect(":memory:") as con:
        con.execute("create schema core")
        for name, rows in (("documents", documents), ("blocks", blocks)):
            con.from_arrow(pa.Table.from_pylist(rows)).create(f"core.{name}")
        seen = {document_id for (document_id, *_) in con.execute(CHECK.sql).fetchall()}
    assert seen == expected
