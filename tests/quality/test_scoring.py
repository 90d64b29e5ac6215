"""The scorer on cases small enough to count by hand."""

import pytest

from tests.quality.alignment import align
from tests.quality.gold import parse_gold
from tests.quality.scoring import (
    Score,
    found_spans,
    gold_spans,
    judge_lines,
    score_clusters,
    score_cut,
    score_duplicates,
    score_kept,
    score_kinds,
    score_mentions,
    score_metadata,
)

GOLD = """# path: lamp/quill.txt
# outlet: lamp
# language: en
# byline: Ada Quill and Bo Reed
# dateline: OSLO, Norway
# published_date: 2031-05-06
# duplicate_of: lamp/first
---
share\tShare on X
title\tRain
byline\tBy Ada Quill
body\t{Bo Reed|PERSON|reed} saw {Oslo|GPE|oslo}.
"""
TEXT = "Share on X\n\n Rain\nBy Ada Quill\n\nBo Reed  saw Oslo.\n"  # other white space than the gold's
DOCUMENT = {
    "document_id": "d1",
    "source_path": "lamp/quill.txt",
    "url": None,
    "raw_text": TEXT,
    "outlet_id": "lamp",
    "language": "en",
    "title": "Rain",
    "byline": "ada quill, Bo Reed",
    "dateline": "OSLO, Norway (Agency) –",
    "published_date": None,
    "published_at": None,
    "duplicate_of": None,
}


@pytest.fixture
def aligned():
    return align([parse_gold(GOLD, "lamp/quill")], [DOCUMENT])


def block(piece, kind, is_kept):
    start = TEXT.index(piece)
    place = {"document_id": "d1", "start": start, "end": start + len(piece)}
    return {**place, "kind": kind, "is_kept": is_kept, "rule": "test"}


def mention(piece, label):
    start = TEXT.index(piece)
    place = {"document_id": "d1", "start": start, "end": start + len(piece)}
    return {**place, "surface": piece, "label": label, "method": "test"}


def test_lines_are_judged_by_the_block_that_covers_them(aligned):
    blocks = [
        block("Share on X", "body", True),
        block("Rain", "title", True),
        block("By Ada Quill", "share", False),
        block("Bo Reed  saw Oslo.", "quote", False),
    ]
    lines = judge_lines(aligned, blocks)
    assert [(line.kind, line.found_kind, line.is_kept) for line in lines] == [
        ("share", "body", True),
        ("title", "title", True),
        ("byline", "share", False),
        ("body", "quote", False),
    ]
    kept, cut = score_kept(lines), score_cut(lines)
    assert (kept.hits, kept.extra, kept.missed) == (1, 1, 1)  # the byline counts neither way
    assert (cut.hits, cut.extra, cut.missed) == (0, 1, 1)
    assert score_kinds(lines).recall == 2 / 4  # a paragraph of speech may be called a quote


def test_a_line_that_no_block_covers_is_cut_and_of_no_kind(aligned):
    lines = judge_lines(aligned, [])
    assert {(line.found_kind, line.is_kept) for line in lines} == {(None, False)}


def test_metadata_agrees_up_to_case_agency_and_conjunction_and_a_null_is_missed(aligned):
    scores = score_metadata(aligned)
    assert [scores[name].f1 for name in ("title", "byline", "dateline", "language", "outlet_id")] == [1.0] * 5
    assert scores["published_date"].missed == 1 and scores["published_date"].extra == 0
    assert scores["published_at"].f1 == 1.0  # null as it must be


def test_an_invented_value_counts_against_precision():
    invented = {**DOCUMENT, "published_at": "2031-05-06 00:00:00"}
    score = score_metadata(align([parse_gold(GOLD, "lamp/quill")], [invented]))["published_at"]
    assert (score.hits, score.extra, score.missed) == (0, 1, 0)


def test_mentions_need_place_and_label_and_those_in_bylines_do_not_count(aligned):
    found = found_spans(aligned, [mention("Bo Reed", "PERSON"), mention("Oslo", "ORG"), mention("Ada Quill", "PERSON")])
    score = score_mentions(gold_spans(aligned), found)
    assert (score.hits, score.extra, score.missed) == (1, 1, 1)
    assert score_mentions(gold_spans(aligned), found, "PERSON").f1 == 1.0


def test_pages_in_another_language_bear_no_mentions():
    aligned = align([parse_gold(GOLD.replace("language: en", "language: fr"), "lamp/quill")], [DOCUMENT])
    assert not gold_spans(aligned) and not found_spans(aligned, [mention("Bo Reed", "PERSON")])


def test_clusters_by_hand():
    # One cluster of three split two to one: precision 1, recall (2*2/3 + 1/3) / 3; one of three pairs found.
    score = score_clusters(["a", "a", "a"], [1, 1, 2])
    assert score.b_cubed_precision == 1.0
    assert score.b_cubed_recall == pytest.approx(5 / 9)
    assert (score.pair_precision, score.pair_recall) == (1.0, pytest.approx(1 / 3))
    assert score_clusters(["a", "b"], [1, 1]).b_cubed_precision == 0.5


def test_duplicates_name_the_right_original(aligned):
    assert score_duplicates(aligned).missed == 1
    first = parse_gold("# path: lamp/first.txt\n# outlet: lamp\n---\nbody\tRain.\n", "lamp/first")
    documents = [
        {**DOCUMENT, "duplicate_of": "d0"},
        {**DOCUMENT, "document_id": "d0", "source_path": "lamp/first.txt", "raw_text": "Rain.\n"},
    ]
    assert score_duplicates(align([parse_gold(GOLD, "lamp/quill"), first], documents)).f1 == 1.0


def test_a_document_whose_text_differs_is_noticed(aligned):
    assert aligned["lamp/quill"].has_same_text
    other = align([parse_gold(GOLD, "lamp/quill")], [{**DOCUMENT, "raw_text": TEXT.replace("Rain", "Ruin")}])
    assert not other["lamp/quill"].has_same_text


def test_empty_scores_are_perfect():
    assert Score(0, 0, 0).f1 == 1.0
