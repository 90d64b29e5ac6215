import pytest

from pipeline.ingest import markup_from_json, render_html
from pipeline.ingest.rejection import Reason, RejectedInputError


def rendered(html: str) -> str:
    return render_html(html.encode()).text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<h1>Head</h1><div>two<p>three</p>four</div>", "Head\n\ntwo\n\nthree\n\nfour"),
        ("<ul><li>one<li>two</ul>after", "one\ntwo\n\nafter"),
        ("<p>one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<p>a <b>bold</b> word, a<i>b</i>c</p>", "a bold word, abc"),
        ("<p>  spread\n   over\t\tlines  </p>", "spread over lines"),
        ("<p>a<span> </span>b</p>", "a b"),
        ("<p>&ldquo;Zo&euml;&rdquo; &amp; co&#46; &#8212; &#x20AC;5</p>", "“Zoë” & co. — €5"),
        ("<table><tr><td>port</td><td>12</td></tr></table>", "port\n12"),
        ("<pre>one\n  two\n\nthree</pre>", "one\ntwo\nthree"),
        ("<p>one &#8232; two &#11; three</p>", "one two three"),
        ("unclosed <p>one <b>two<div>three", "unclosed\n\none two\nthree"),
        ("just words", "just words"),
    ],
)
def test_text_is_laid_out_as_a_browser_lays_it_out(html, text):
    assert rendered(html) == text


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a = 'words'</script>",
        "<style>p { color: red }</style>",
        "<noscript>words</noscript>",
        "<!-- words -->",
        "<?php words ?>",
        "<div hidden>words</div>",
        '<div style="color: red; DISPLAY : none">words</div>',
        '<p style="visibility:hidden">words</p>',
        "<select><option>words</option></select>",
        "<textarea>words</textarea>",
        "<svg><title>words</title></svg>",
        "<template><p>words</p></template>",
        "<iframe>words</iframe>",
    ],
)
def test_what_a_browser_does_not_show_as_text_is_left_out_but_not_what_follows_it(unseen):
    assert rendered(f"<head><title>words</title></head><body><p>seen</p>{unseen} after</body>") == "seen\n\nafter"


def test_a_page_that_is_hidden_until_scripts_run_keeps_its_article():
    page = '<body style="visibility:hidden"><div hidden><article><h1>Head</h1><p>Story</p></article></div></body>'
    assert rendered(page) == "Head\n\nStory"


PAGE = """
<body>
 <nav class="Main-Menu"><ul><li><a href="/a">Home</a></li><li><a href="/b">World</a></li></ul></nav>
 <main><article id="post-7" class="hentry">
  <h1 class="entry-title">Harbour reopens</h1>
  <p>Full text with <a href="/x">one link</a>.<br>Second line.</p>
  <figure><figcaption>The quay at dusk.</figcaption></figure>
  <p><strong>A bold line</strong></p>
 </article></main>
 <footer role="contentinfo">All rights kept</footer>
</body>
"""


def test_each_line_carries_the_markup_around_it():
    page = render_html(PAGE.encode())
    of = {page.text[line.start : line.end]: line for line in page.lines}
    assert of["Home"].tag == "li"
    assert of["Home"].ancestors == ("ul", "nav", "body", "html")
    assert {"main", "menu"} <= set(of["Home"].hints)
    assert (of["Home"].chars, of["Home"].link_chars) == (4, 4)
    assert of["Home"].inline == ("a",)
    first = of["Full text with one link."]
    assert (first.tag, first.chars, first.link_chars) == ("p", 20, 7)
    assert first.ancestors[:2] == ("article", "main")
    assert {"hentry", "post"} <= set(first.hints)
    assert first.inline == ()
    assert of["Second line."].block == first.block
    assert of["The quay at dusk."].tag == "figcaption"
    assert of["A bold line"].inline == ("strong",)
    assert "contentinfo" in of["All rights kept"].hints
    assert of["Harbour reopens"].tag == "h1"


@pytest.mark.parametrize(
    ("html", "inline"),
    [
        ("<p><strong>all <em>of</em> it</strong></p>", ("strong",)),
        ("<p><strong>one</strong> two</p>", ()),
        ("<p>one <strong>two</strong></p>", ()),
        ("<p><a>one</a> <a>two</a></p>", ()),
        ("<p> <span><time><b>one</b></time></span> </p>", ("b", "span", "time")),
        ("<strong><p>one</p><p>two</p></strong>", ("strong",)),
    ],
)
def test_inline_elements_are_named_where_one_holds_the_whole_line(html, inline):
    assert {line.inline for line in render_html(html.encode()).lines} == {inline}


def test_the_lines_are_the_non_blank_lines_of_the_text_in_order():
    page = render_html(PAGE.encode())
    assert [page.text[line.start : line.end] for line in page.lines] == page.text.replace("\n\n", "\n").split("\n")


def test_the_evidence_survives_storage():
    page = render_html(PAGE.encode())
    assert markup_from_json(page.markup_json()) == page.lines


def test_markup_without_text_gives_an_empty_rendering():
    page = render_html(b"<html><body><img src=x></body></html>")
    assert (page.text, page.lines) == ("", [])


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(RejectedInputError):
        render_html(b"\x89PNG\r\n\x1a\n picture")


@pytest.mark.parametrize(
    "html",
    [
        "<a" * 20_000,
        "<table><tr><td>" * 600,
        "<!--" * 20_000,
        "&" * 20_000,
        '<p class="' + "x " * 50_000 + '">end</p>',
        "<p style='" + "display:" * 20_000 + "'>end</p>",
        "</p>" * 20_000,
        "<p>x" * 20_000,
    ],
    ids=lambda html: html[:12],
)
def test_markup_made_to_choke_on_is_rendered(html):
    assert len(render_html(html.encode()).lines) <= 20_000


def test_a_page_whose_text_the_parser_would_lose_in_the_depth_is_refused():
    with pytest.raises(RejectedInputError) as refused:
        render_html(b"<p>seen</p>" + b"<div>" * 5_000 + b"lost")
    assert refused.value.reason is Reason.TOO_DEEP


def test_a_page_of_more_elements_than_its_time_budget_allows_is_refused(monkeypatch):
    monkeypatch.setattr("pipeline.ingest.html_text.MAX_ELEMENTS", 100)
    assert rendered("<p>x" * 90).count("x") == 90
    with pytest.raises(RejectedInputError) as refused:
        render_html(b"<p>x" * 110)
    assert refused.value.reason is Reason.TOO_SLOW


def test_a_nul_in_markup_becomes_a_replacement_character_and_loses_no_text():
    assert rendered("<p>before\0after</p><p>more</p>") in ("before\ufffdafter\n\nmore", "beforeafter\n\nmore")


def test_the_page_is_read_in_its_own_encoding_whatever_its_prologue_says():
    html = '<?xml version="1.0" encoding="utf-16"?><html><meta charset="koi8-r"><p>Größe</p></html>'
    assert rendered(html) == "Größe"
