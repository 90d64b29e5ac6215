"""Phrases of page furniture are found whatever their case, quotes and numbers, and only where they may stand."""

import pytest

from pipeline.clean.batch import Batch
from pipeline.clean.blocks import Kind
from pipeline.clean.phrases import PhraseBook, Strength, phrase_book

BOOK = PhraseBook(
    {
        "reply": {
            "kind": "comment_form", "decides": "whole", "reason": "-",
            "phrases": ["^leave a reply$", "^don't miss", "^0 comments", "powered by$", "all rights reserved"],
        },
        "newsletter": {
            "kind": "subscribe", "decides": "never", "reason": "-", "phrases": ["^x$"],
            "both": [["sign up", "join"], ["newsletter", "inbox"]],
        },
    }
)  # fmt: skip


def strengths(line):
    return BOOK.match(Batch.of([line], [None]).words)[0].tolist()


@pytest.mark.parametrize(
    ("line", "strength"),
    [
        ("Leave a Reply", Strength.WHOLE),
        ("» LEAVE A REPLY «", Strength.WHOLE),
        ("Leave a reply below", Strength.NONE),
        ("He said to leave a reply", Strength.NONE),
        ("Don’t miss our Friday edition", Strength.START),
        ("1,204 comments", Strength.NONE),
        ("1204 Comments", Strength.WHOLE),
        ("7 comments on this", Strength.START),
        ("A site powered by", Strength.ANYWHERE),
        ("powered by steam", Strength.NONE),
        ("© 2031 Harbour Post. All rights reserved.", Strength.ANYWHERE),
        ("", Strength.NONE),
    ],
)
def test_where_a_phrase_may_stand(line, strength):
    assert strengths(line or ".")[0] == strength


def test_a_pair_needs_both_sides_in_one_line():
    assert strengths("Sign up for the evening newsletter")[1] == Strength.ANYWHERE
    assert strengths("Sign up today")[1] == Strength.NONE
    together = BOOK.match(Batch.of(["Sign up today\nThe newsletter"], [None]).words)
    assert together[:, 1].tolist() == [Strength.NONE, Strength.NONE]


def test_a_phrase_does_not_run_over_a_line_end():
    assert BOOK.match(Batch.of(["Leave a\nReply"], [None]).words).max() == Strength.NONE


def test_every_class_that_ships_names_a_declared_kind_and_a_reason():
    kinds = {str(kind) for kind in Kind}
    for phrase_class in phrase_book().classes:
        assert phrase_class.kind in kinds
        assert phrase_class.reason


def test_a_phrase_without_words_is_refused():
    with pytest.raises(ValueError, match="without words"):
        PhraseBook({"a": {"kind": "share", "decides": "never", "reason": "-", "phrases": ["^…$"]}})
