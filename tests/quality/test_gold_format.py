"""The gold parser: what a person writes is what the scorer and the landing files get."""

import pytest

from tests.quality.gold import GoldError, parse_gold

PAGE = """# outlet: the-lamp
# language: en
---
navigation\tHome {not|a|name}

title\t{Ada Quill|PERSON|quill-ada} leaves
blank\t\\u00a0
body\tIn {Oslo|GPE|oslo} {{ it }} rained.
"""


@pytest.fixture
def page():
    return parse_gold(PAGE, "the-lamp/quill")


def test_the_text_is_the_lines_without_their_marks(page):
    assert page.text == "Home {not|a|name}\n\nAda Quill leaves\n\u00a0\nIn Oslo {{ it }} rained.\n"


def test_lines_and_names_stand_at_their_offsets(page):
    assert [page.text[line.start : line.end] for line in page.lines] == [line.text for line in page.lines]
    assert [(page.text[m.start : m.end], m.label, m.entity) for m in page.mentions] == [
        ("Ada Quill", "PERSON", "quill-ada"),
        ("Oslo", "GPE", "oslo"),
    ]


def test_blank_lines_are_no_lines_to_judge(page):
    assert [line.kind for line in page.lines] == ["navigation", "title", "body"]


def test_the_title_is_the_title_line_unless_the_header_says_otherwise(page):
    assert page.title == "Ada Quill leaves"
    assert parse_gold("# title: From the record\n---\nbody\tText.\n", "p").title == "From the record"
    assert parse_gold("# outlet: x\n---\nbody\tText.\n", "p").title is None


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# outlet: x\nbody\tno dashes\n", "three dashes"),
        ("outlet: x\n---\nbody\ttext\n", "p:1"),
        ("# outlet: x\n# outlet: y\n---\nbody\ttext\n", "p:2"),
        ("# outlet: x\n---\nbodice\ttext\n", "p:3: no kind is called 'bodice'"),
        ("# outlet: x\n---\nbody\tok\nbody text\n", "p:4: no tab"),
        ("# outlet: x\n---\nbody\t{Rex|DOG|rex}\n", "no label is called 'DOG'"),
        ("# outlet: x\n---\nbody\t \n", "without text"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_its_place(source, words):
    with pytest.raises(GoldError, match=words):
        parse_gold(source, "p")
