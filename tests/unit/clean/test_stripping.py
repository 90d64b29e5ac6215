"""What a reader of `blocks` would notice: the article is kept whole, the furniture is cut and named for what it is."""

import pytest

from pipeline.clean import Block, count_outlet_lines, strip, strip_corpus
from pipeline.clean.explain import explain
from pipeline.clean.repetition import OutletLines
from pipeline.clean.stripping import Page, strip_pages
from tests.unit.clean.halden_pages import PARAGRAPHS, TITLE

CAPTION = "Divers inspect the old piles of the northern pier in February. (Photo: Ilse Brandt/Halden Archive)"


def verdicts(text, url=None):
    return {text[b.start : b.end]: b for b in strip(text, url)}


def page(*before_and_after, body=PARAGRAPHS):
    before, after = before_and_after
    return "\n\n".join([*before, TITLE, *body, *after])


FURNITURE = {
    "Leave a Reply": "comment_form",
    "Fill in your details below or click an icon to log in:": "comment_form",
    "You are commenting using your WordPress.com account. ( Log Out / Change )": "comment_form",
    "Connecting to %s": "comment_form",
    "Your email address will not be published. Required fields are marked *": "comment_form",
    "Share this:": "share",
    "Click to share on Facebook (Opens in new window)": "share",
    "Subscribe": "subscribe",
    "Sign up for our free newsletter": "subscribe",
    "Advertisement": "advert",
    "Related Posts": "related",
    "You may also like": "related",
    "Most Read": "related",
    "Skip to content": "navigation",
    "© 2031 Halden Observer. All rights reserved.": "legal",
    "This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.": "legal",
    '[contact-form-7 404 "Not Found"]': "error",
    "View image on Twitter": "social_embed",
}


@pytest.mark.parametrize(("line", "kind"), FURNITURE.items())
@pytest.mark.parametrize("place", ["above", "below"])
def test_furniture_is_cut_and_named(line, kind, place):
    text = page([line], []) if place == "above" else page([], [line])
    found = verdicts(text)[line]
    assert (found.is_kept, found.kind) == (False, kind), explain(found)


@pytest.mark.parametrize("line", FURNITURE)
def test_the_article_around_furniture_is_kept_whole(line):
    found = verdicts("\n\n".join([TITLE, *PARAGRAPHS[:3], line, *PARAGRAPHS[3:]]))
    assert found[TITLE].kind == "title"
    assert [p for p in PARAGRAPHS if not found[p].is_kept] == []


def test_an_article_without_any_furniture_loses_nothing():
    assert all(b.is_kept for b in strip("\n".join(PARAGRAPHS)))


def test_no_title_is_invented():
    assert "title" not in {b.kind for b in strip("\n".join(PARAGRAPHS))}


@pytest.mark.parametrize("header", [f"{TITLE} - Halden Observer", f"Halden Observer | News | {TITLE}"])
def test_the_title_with_the_sites_name_does_not_stand_in_the_article(header):
    found = verdicts(page([header, "Menu", "News"], []))
    assert found[TITLE].kind == "title"
    assert not found[header].is_kept


def test_a_page_header_with_the_day_it_was_fetched_is_cut():
    header, stamp = "Monday, April 7th | 14 Nisan 5791", "March 3, 2031 6:56 pm"
    found = verdicts(page([header, "Subscribe", stamp], []))
    assert not found[header].is_kept
    assert found[stamp].kind == "timestamp"


def test_a_doubled_caption_is_kept_once():
    text = "\n\n".join([TITLE, CAPTION, CAPTION, *PARAGRAPHS])
    captions = [b for b in strip(text) if text[b.start : b.end] == CAPTION]
    assert [(b.kind, b.is_kept) for b in captions] == [("caption", True), ("duplicate", False)]


def test_a_caption_amid_the_article_is_kept_as_a_caption():
    found = verdicts("\n\n".join([TITLE, *PARAGRAPHS[:2], CAPTION, *PARAGRAPHS[2:]]))
    assert (found[CAPTION].kind, found[CAPTION].is_kept) == ("caption", True)


def test_a_post_in_another_script_is_cut_beside_its_embed():
    post = "وصل وفد الميناء إلى المدينة http://port.example/ar/7"
    found = verdicts("\n\n".join([TITLE, *PARAGRAPHS[:3], "View image on Twitter", post, *PARAGRAPHS[3:]]))
    assert (found[post].kind, found[post].is_kept) == ("social_embed", False)


def test_other_stories_below_a_heading_take_its_kind():
    teasers = ["Council votes on harbour budget", "Lighthouse keeper retires after forty years"]
    found = verdicts(page([], ["Related Posts", *teasers]))
    assert [(found[t].kind, found[t].is_kept) for t in teasers] == [("related", False)] * 2


def test_what_an_outlet_repeats_is_cut_on_pages_it_would_be_kept_on():
    """A sentence that reads like prose is furniture once every page of the outlet ends with it."""
    motto = "The Halden Observer has told the truth to the coast since the great fire of the winter of 1871."
    bodies = [PARAGRAPHS[i:] + PARAGRAPHS[:i] for i in range(4)]
    texts = [
        "\n\n".join([f"{TITLE} {'again ' * i}", *body[:4], f"Part {i} of the report ends here.", motto])
        for i, body in enumerate(bodies)
    ]
    pages = [(text, f"https://halden-observer.example/{i}") for i, text in enumerate(texts)]
    scores = []
    for given in (pages[:1], pages):
        blocks = strip_corpus(given)[0]
        scores.append(next(b.score for b in blocks if texts[0][b.start : b.end] == motto))
    assert scores[1] < scores[0]


def test_pages_judged_by_stored_counts_are_judged_as_in_one_corpus():
    import pyarrow as pa

    texts = [page([], ["Halden Observer, Quay 4", f"Read {n} comments"]) for n in (3, 5)]
    urls = ["https://halden.example/a", "https://halden.example/b"]
    counts = count_outlet_lines(pa.table({"outlet_id": ["halden.example"] * 2, "raw_text": texts}))
    sources = [Page(text, url, "halden.example") for text, url in zip(texts, urls, strict=True)]
    assert strip_pages(sources, OutletLines([counts])) == strip_corpus(list(zip(texts, urls, strict=True)))


def test_a_page_is_judged_alike_alone_and_in_a_batch_of_strangers():
    texts = [page(["Skip to content"], ["Leave a Reply"]), "\n".join(PARAGRAPHS), "Menu\n\nHome\n\nContact us"]
    assert strip_corpus([(t, None) for t in texts]) == [strip(t) for t in texts]


def test_every_rule_is_explained():
    text = "\n\n".join(["Skip to content", TITLE, CAPTION, CAPTION, *PARAGRAPHS, "Leave a Reply", "zxcv"])
    for block in strip(text):
        words = explain(block)
        assert words.startswith("kept as" if block.is_kept else "cut as")
        assert block.kind in words
    share = explain(Block(0, 1, "share", False, "phrase:share", 0.01))
    assert share == "cut as share: a share button, by its wording"
