"""What a person is asked, and what the answers do."""

import pytest

from pipeline.resolve import OverrideError, resolve_mentions
from pipeline.resolve.decisions import with_decisions
from pipeline.resolve.overrides import parse_overrides
from pipeline.resolve.stage import Resolution
from tests.unit.resolve.corpus_tables import tables

PAGES = {
    "post-1": "[Laleh Zafarani|PERSON] was in [Sundby|GPE].",
    "sun-1": "[Zafarani|PERSON] slept.",
    "gale-1": "Here [Edmund Tallow-Quist|PERSON] spoke; [Edith Quillfeather|PERSON] did not.",
    "gale-2": "Here [Edwin Tallow-Qvist|PERSON] wrote.",
}


def run(overrides: str = "") -> Resolution:
    return resolve_mentions(*tables(PAGES), None, parse_overrides(overrides), run_id="r")


def asked(resolution: Resolution) -> dict[frozenset[str], bool]:
    return {frozenset((r["alias_a"], r["alias_b"])): r["is_joined"] for r in resolution.review_pairs.to_pylist()}


def entities_of(resolution: Resolution, *aliases: str) -> set[str]:
    return {r["entity_id"] for r in resolution.aliases.to_pylist() if r["alias"] in aliases}


WEAK = ("Laleh Zafarani", "Zafarani")  # a surname alone, in another document
NEAR = ("Edmund Tallow-Quist", "Edwin Tallow-Qvist")


def test_a_weak_join_and_a_near_miss_are_asked_about_and_a_name_of_its_own_is_not() -> None:
    pairs = asked(run())
    assert pairs[frozenset(WEAK)]
    assert frozenset(NEAR) in pairs
    assert not any("Edith Quillfeather" in pair for pair in pairs)


@pytest.mark.parametrize("pair", [WEAK, NEAR])
@pytest.mark.parametrize("same", [True, False])
def test_an_answer_is_obeyed_and_not_asked_for_again(pair: tuple[str, str], same: bool) -> None:
    after = run(with_decisions("", [pair] if same else [], [] if same else [pair]))
    assert len(entities_of(after, *pair)) == (1 if same else 2)
    assert frozenset(pair) not in asked(after)


def test_both_documents_of_a_pair_are_named() -> None:
    rows = {frozenset((r["alias_a"], r["alias_b"])): r for r in run().review_pairs.to_pylist()}
    near = rows[frozenset(NEAR)]
    assert {near["document_id_a"], near["document_id_b"]} == {"gale-1", "gale-2"}
    assert "tallow" in near["explanation"]


def test_a_spelling_read_as_of_two_kinds_is_asked_about_once() -> None:
    pages = {
        "sun-1": "[SUNDBY GUILD|PERSON] spoke. [SUNDBY GUILD|FAC] stood.",
        "gale-1": "[Sundby Guild|ORG] met.",
    }
    pairs = resolve_mentions(*tables(pages), None, run_id="r").review_pairs.to_pylist()
    questions = [frozenset(((r["entity_id_a"], r["alias_a"]), (r["entity_id_b"], r["alias_b"]))) for r in pairs]
    assert questions and len(questions) == len(set(questions))


HAND = """# kept
rename:
  - {name: Laleh Zafarani, to: Dr Zafarani}   # asked for it
merge:
- [Edith Quillfeather, E. Q.]

# the end
"""


def test_answers_join_what_stands_in_the_file() -> None:
    text = with_decisions(HAND, [('A "Ace" B', "C: D"), ("E", "F")], [("G", "H")])
    read = parse_overrides(text)
    assert read.merge == (("Edith Quillfeather", "E. Q."), ('A "Ace" B', "C: D"), ("E", "F"))
    assert read.forbid == (("G", "H"),)
    assert read.rename == (("Laleh Zafarani", "Dr Zafarani"),)
    assert all(line in text for line in HAND.splitlines())


@pytest.mark.parametrize(
    "text", ["", "# only a comment\n", "merge:\n", "merge:\nforbid:\n  - [X, Y]\n", "merge:\n  - [X, Y]"]
)
def test_a_file_of_any_shape_takes_an_answer(text: str) -> None:
    assert ("A", "B") in parse_overrides(with_decisions(text, [("A", "B")], [])).merge


@pytest.mark.parametrize(
    "text", ["merge: [[A, B]]\n", "forbid:\n  - [A, C]\nmerge:\n  - [C, D]\n  - [D, B]\n", "merge: 3\n"]
)
def test_what_cannot_be_written_down_is_an_error(text: str) -> None:
    with pytest.raises(OverrideError):
        with_decisions(text, [("A", "B")], [])
