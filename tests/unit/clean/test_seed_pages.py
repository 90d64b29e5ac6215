"""The floor on the five real pages that every delivery is checked with (beside the project, never inside it)."""

from pathlib import Path

import pytest

from pipeline.clean import strip

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} is not here: no real pages to check")
PROSE_WORDS = 15


@pytest.fixture(scope="module")
def pages():
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [(text, strip(text)) for text in texts]


def test_every_long_line_is_kept_but_the_legal_ones(pages):
    lost = [
        text[b.start : b.end]
        for text, blocks in pages
        for b in blocks
        if not b.is_kept and b.kind != "legal" and len(text[b.start : b.end].split()) >= PROSE_WORDS
    ]
    assert lost == []


def test_titles_where_the_page_has_one(pages):
    assert [sum(b.kind == "title" for b in blocks) for _, blocks in pages] == [0, 1, 1, 1, 1]


def test_all_from_the_comment_form_on_is_cut(pages):
    _, blocks = pages[1]
    form = next(i for i, b in enumerate(blocks) if b.kind == "comment_form")
    assert {(b.kind, b.is_kept) for b in blocks[form:]} == {("comment_form", False)}


def test_header_stamp_prompts_shortcode_and_legal_line_are_cut(pages):
    _, blocks = pages[3]
    kinds = [b.kind for b in blocks]
    title = kinds.index("title")
    assert not any(b.is_kept for b in blocks[:title])
    assert {"subscribe", "timestamp"} <= set(kinds[:title])
    for kind in ("error", "share", "legal"):
        assert any(b.kind == kind and not b.is_kept for b in blocks[title:]), kind
    body = [i for i, b in enumerate(blocks) if b.kind == "body"]
    assert not any(b.is_kept for b in blocks[body[-1] + 1 :])


def test_captions_are_kept_once(pages):
    captions = [[b for b in blocks if b.kind == "caption" and b.is_kept] for _, blocks in pages]
    assert [len(found) for found in captions] == [0, 2, 0, 1, 0]
    assert sum(b.kind == "duplicate" for b in pages[3][1]) == 1
