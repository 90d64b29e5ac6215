"""Pages as HTML: the text that is judged, and what the markup adds."""

from pipeline.clean import strip_html
from tests.unit.clean.halden_pages import PARAGRAPHS, TITLE

TEASER = "The southern pier may be next, engineers told the harbour board in a closed meeting on Monday evening."


def build(main, after=""):
    return f"""<!doctype html><html><head><title>{TITLE} - Halden Observer</title>
    <meta property="og:title" content="{TITLE}"></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
    <main><article><h1>{TITLE}</h1>{main}</article></main>{after}
    <footer><p>© 2031 Halden Observer. All rights reserved.</p></footer></body></html>""".encode()


def kept(page):
    text, blocks = strip_html(page, "https://halden-observer.example/ferry-pier-reopens")
    return text, [text[b.start : b.end] for b in blocks if b.is_kept], blocks


def test_article_kept_title_found_furniture_cut():
    text, lines, blocks = kept(build("".join(f"<p>{p}</p>" for p in PARAGRAPHS)))
    assert lines == [TITLE, *PARAGRAPHS]
    assert [text[b.start : b.end] for b in blocks if b.kind == "title"] == [TITLE]
    assert {text[b.start : b.end]: b.kind for b in blocks if not b.is_kept}["Home"] == "navigation"


def test_markup_lowers_a_teaser_that_reads_like_prose():
    paragraphs = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    card = f'<aside class="related recirc"><ul><li><a href="/2">{TEASER}</a></li></ul></aside>'
    inside, outside = build(paragraphs + f"<p>{TEASER}</p>"), build(paragraphs, card)
    score = {}
    for name, page in (("inside", inside), ("outside", outside)):
        text, blocks = strip_html(page)
        score[name] = next(b.score for b in blocks if text[b.start : b.end] == TEASER)
    assert score["outside"] < score["inside"]


def test_a_page_without_text_has_no_blocks():
    assert strip_html(b"<html><head><script>x()</script></head><body></body></html>") == ("", [])
