"""What an outlet repeats is counted once a page, adds up over days, and judges its other pages."""

import numpy as np
import pyarrow as pa

from pipeline.clean import count_outlet_lines, strip_corpus
from pipeline.clean.batch import Batch
from pipeline.clean.repetition import PAGES_KEY, OutletLines, site_of
from tests.unit.clean.halden_pages import PARAGRAPHS, TITLE


def documents(*rows):
    return pa.table({"outlet_id": [r[0] for r in rows], "raw_text": [r[1] for r in rows]})


def shares(tables, outlet, text):
    batch = Batch.of([text], [None])
    share, seen = OutletLines(tables).shares(outlet, batch.keys, batch.pages.end - batch.pages.start)
    return share.round(3).tolist(), seen


PAGES = [
    ("post", "Read 12 more\nThe ferry sank."),
    ("post", "Read 7 more\nRead 9 more\nThe mayor spoke."),
    ("post", "Weather\nThe court ruled."),
    ("globe", "Read 3 more"),
    (None, "Read 3 more"),
]


def test_a_line_counts_once_a_page_digits_masked():
    share, seen = shares([count_outlet_lines(documents(*PAGES))], "post", "READ 15 more!\nThe ferry sank.")
    assert seen == 2
    assert share == [0.5, 0.0]


def test_counts_of_two_days_are_those_of_one():
    whole = OutletLines([count_outlet_lines(documents(*PAGES))])
    parts = OutletLines([count_outlet_lines(documents(*PAGES[:2])), count_outlet_lines(documents(*PAGES[2:]))])
    assert whole.table.equals(parts.table)


def test_an_outlet_with_one_page_or_none_says_nothing():
    table = count_outlet_lines(documents(*PAGES))
    for outlet in ("globe", "unknown", None):
        assert shares([table], outlet, "Read 4 more") == ([-1.0], 0)


def test_marks_without_words_are_never_repeated_lines():
    table = count_outlet_lines(documents(("post", "|"), ("post", "|"), ("post", "×")))
    assert set(table["line_key"].to_pylist()) == {PAGES_KEY}
    assert shares([table], "post", "|") == ([0.0], 2)


def test_no_documents_give_an_empty_table_that_adds_up():
    empty = count_outlet_lines(documents())
    assert empty.num_rows == 0
    assert OutletLines([empty]).table.num_rows == 0


def test_site_of_an_address():
    assert site_of("https://www.harbour-post.example/news/1") == "harbour-post.example"
    assert site_of("http://m.harbour-post.example:8080/") == "harbour-post.example"
    for nothing in (None, "", "not an address", "http://[broken"):
        assert site_of(nothing) is None


def test_line_keys_tell_lines_apart():
    batch = Batch.of(["\n".join(f"{a} {b}" for a in "abcdefgh" for b in "abcdefgh")], [None])
    assert len(np.unique(batch.keys)) == 64


def test_a_story_fetched_twice_is_not_what_the_outlet_repeats():
    story = "\n".join(PARAGRAPHS)
    pages = [
        f"Monday\n{story}\n2 comments",
        f"Tuesday\n{story}\nGreat pier!\n3 comments",
        "Wednesday\nThe mayor spoke.",
    ]
    tables = [count_outlet_lines(documents(*(("post", page) for page in pages)))]
    share, seen = shares(tables, "post", pages[0])
    assert seen == 1  # the mayor's page: the other copy of the story is no other page
    assert share == [0.0] * 8


def test_a_story_fetched_twice_is_kept_both_times():
    story = "\n".join([TITLE, *PARAGRAPHS])
    pages = [
        (f"Menu\n{story}\nLeave a Reply", "https://post.example/a"),
        (f"Menu\n{story}\nOlder posts", "https://post.example/a"),
    ]
    for (text, _), blocks in zip(pages, strip_corpus(pages), strict=True):
        kept = {text[b.start : b.end] for b in blocks if b.is_kept}
        assert set(PARAGRAPHS) <= kept
