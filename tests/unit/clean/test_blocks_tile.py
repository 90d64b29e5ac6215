"""Whatever the text, its blocks tile it: every non-blank character in exactly one, in order, nothing moved."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.clean import Kind, strip, strip_corpus

KINDS = {str(kind) for kind in Kind}
ODD = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00\t \u00a0\u200b\u200f\u202e\ufeff"
PIECES = st.sampled_from(
    [
        "Leave a Reply", "The council met on Tuesday and agreed to rebuild the old ferry pier.", "© 2031", "0", "|",
        "وصل الوفد إلى المدينة مساء أمس", "http://example.org/a", "Photo: Ada Lind/Getty Images", "İSTANBUL", "𝔘𝔫𝔦", "ﬁ",
        "[contact-form-7 404]", "%s", "March 3, 2031",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=30), st.sampled_from(ODD)), max_size=40).map("".join)


def assert_tiles(text, blocks):
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert block.kind in KINDS
        assert 0.0 <= block.score <= 1.0
        assert block.rule
        at = block.end
    assert not text[at:].strip()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
@example("")
@example(" \n\r\n\u2028")
@example("a\r\nb\rc\x0bd\x0ce\x1cf\x85g\u2028h")
@example("\x00")
@example("\u200b\n\u200b")
@example("x" * 9000 + "\n" + "word " * 4000)
def test_blocks_tile_any_text(text):
    assert_tiles(text, strip(text))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from([None, "", "http://a.example/x-y-z", "http://[", "::"])), max_size=6))
def test_blocks_tile_every_page_of_a_corpus(pages):
    stripped = strip_corpus(pages)
    assert len(stripped) == len(pages)
    for (text, _), blocks in zip(pages, stripped, strict=True):
        assert_tiles(text, blocks)


def test_a_line_is_a_block_with_its_inner_blanks():
    text = "  First   line \r\n\n\tsecond\u00a0line\t\n"
    assert [text[b.start : b.end] for b in strip(text)] == ["First   line", "second\u00a0line"]


def test_the_work_grows_with_the_text_and_not_faster():
    """Counted in bytecodes run, not in seconds: ten times the text may take ten times the steps, and a little."""
    import sys

    def steps(text):
        count = 0

        def tick(frame, event, argument):
            nonlocal count
            count += 1
            return tick

        strip("warm up")
        sys.settrace(tick)
        try:
            strip(text)
        finally:
            sys.settrace(None)
        return count

    for unit in ("<a", "a.", "- ", "(", "sign up "):
        assert steps(unit * 20_000) < 12 * steps(unit * 2_000)
    assert steps("<a\n" * 4_000) < 12 * steps("<a\n" * 400)
