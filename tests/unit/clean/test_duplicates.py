"""The same story under another banner is one story; a page that quotes it, or reports the same event, is another."""

import random
from datetime import date

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.duplicates import find_duplicates, shingles, similarity

WORDS = [
    a + b
    for a in ("quay", "tide", "gull", "mast", "reef", "buoy", "hull")
    for b in ("er", "ing", "ed", "s", "age", "o")
]
DAY = date(2021, 3, 9)


def story(seed, length=240):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def table(documents):
    """documents: (id, text) or (id, text, published, ingested)."""
    rows = [(*d, None, DAY)[:4] if len(d) == 2 else d for d in documents]
    ids, texts, published, ingested = zip(*rows, strict=True)
    return pa.table(
        {
            "document_id": list(ids),
            "clean_text": list(texts),
            "published_date": pa.array(published, pa.date32()),
            "ingest_date": pa.array(ingested, pa.date32()),
        }
    )


def duplicates(documents):
    return {row["document_id"]: row["duplicate_of"] for row in find_duplicates(table(documents)).to_pylist()}


def test_wire_copy_with_a_new_first_paragraph():
    wire = story(1)
    local = "Ferries were back at the northern quay this morning, to the relief of the islanders. " + wire
    assert duplicates([("a", wire), ("b", local), ("c", story(2))]) == {"b": "a"}


def test_case_and_punctuation_do_not_hide_a_copy():
    wire = story(3)
    assert duplicates([("a", wire), ("b", wire.upper().replace(" ", ", ", 40).replace("o ", "o — "))]) == {"b": "a"}


def test_a_copy_cut_to_half_is_found_a_quoted_paragraph_is_not():
    wire = story(4)
    words = wire.split()
    quoting = story(5) + " " + " ".join(words[:60])
    assert duplicates([("a", wire), ("b", " ".join(words[:130])), ("c", quoting)]) == {"b": "a"}


def test_a_page_that_holds_several_stories_repeats_none():
    digest = " ".join(story(seed) for seed in range(6, 12))
    assert duplicates([("a", story(6)), ("b", digest)]) == {}


def test_the_earliest_published_is_the_original():
    text = story(13)
    documents = [
        ("a", text, date(2021, 3, 9), DAY),
        ("b", text, date(2021, 3, 8), date(2021, 3, 20)),
        ("c", text, None, date(2021, 3, 12)),  # no date stated: the day it came in counts
    ]
    assert duplicates(documents) == {"a": "b", "c": "b"}


def test_every_copy_points_to_the_original_never_to_another_copy():
    text = story(14)
    copies = [(f"copy-{i:03d}", f"{story(100 + i, 12)} {text}") for i in range(120)]
    found = duplicates([("a-original", text), *copies])
    assert found == {name: "a-original" for name, _ in copies}


def test_short_texts_must_be_the_same_word_for_word():
    assert duplicates([("a", "Quay closed until noon today."), ("b", "QUAY closed until noon today")]) == {"b": "a"}
    assert duplicates([("a", "Quay closed until noon today."), ("b", "Quay closed until four today.")]) == {}
    assert duplicates([("a", ""), ("b", "")]) == {}


def test_figures_count_as_words():
    report = (
        "The index closed at {} points after {} trades while the crown stood at {} to the mark in the port town on {}"
    )
    first = " ".join(report.format(*random.Random(i).sample(range(10_000), 4)) for i in range(6))
    second = " ".join(report.format(*random.Random(i).sample(range(10_000), 4)) for i in range(20, 26))
    assert duplicates([("a", first), ("b", second)]) == {}


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(8)))
def test_order_of_arrival_does_not_matter(order):
    wire, other = story(15), story(16)
    documents = [(f"d{i}", (wire if i % 2 else other) + f" {story(50 + i, 10)}") for i in range(8)]
    assert duplicates([documents[i] for i in order]) == duplicates(documents)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_shingles_of_a_text_do_not_depend_on_its_batch(texts):
    together = shingles(texts)
    assert len(together) == len(texts)
    for text, found in zip(texts, together, strict=True):
        assert similarity(found, shingles([text])[0]) == (1.0 if len(found) else 0.0)
        assert found.tolist() == sorted(set(found.tolist()))
