"""Which names are compared at all."""

import pytest

from pipeline.resolve.blocking import MAX_BLOCK
from pipeline.resolve.name_pairs import compare_candidates, signature
from pipeline.resolve.names import parse_name

CROWD = [f"{a}{v}{b}{w} Behruzi" for a in "BDFGKLMN" for v in "aeo" for b in "rst" for w in "io"]


def proposed(names: list[str], label: str = "PERSON") -> set[frozenset[str]]:
    parsed = sorted((parse_name(n, label) for n in names), key=signature)
    left, right, _ = compare_candidates(parsed)
    return {
        frozenset((parsed[i].surface, parsed[j].surface)) for i, j in zip(left.tolist(), right.tolist(), strict=True)
    }


@pytest.mark.parametrize(("a", "b", "label"), [
    ("Qasim Behruzi", "Kassem Behrouzi", "PERSON"),
    ("Behruzi Qasim", "Kassem Behrouzi", "PERSON"),
    ("Q. Behruzi", "Qasim Behruzi", "PERSON"),
    ("Orrin Percival Tallow", "Orrin Tallow", "PERSON"),
    ("Abd al-Rahim Zafarani", "Abdel Raheem Zafrani", "PERSON"),
    ("Mohamed Alktranji", "Mohamad Katrangi", "PERSON"),
    ("HCBX", "Harbour Canals Bureau Xenia", "ORG"),
    ("Promtekhnologiya", "Prom Technologia", "ORG"),
])  # fmt: skip
def test_spellings_of_one_name_are_compared_whoever_else_is_there(a: str, b: str, label: str) -> None:
    assert frozenset((a, b)) in proposed([a, b, "Edith Quillfeather", "Laleh Anvari"], label)


def test_names_that_share_nothing_are_not() -> None:
    assert proposed(["Edith Quillfeather", "Laleh Anvari", "Orrin Tallow"]) == set()


def test_a_surname_that_a_crowd_bears_does_not_alone_bring_two_names_together() -> None:
    assert len(CROWD) > MAX_BLOCK
    three = ["Edith Behruzi", "Qassem Behruzi", "Kasim Behrouzi"]
    few, many = proposed(three), proposed([*three, *CROWD])
    assert frozenset(three[:2]) in few - many
    assert frozenset(three[1:]) in few & many


def test_the_order_of_names_does_not_matter() -> None:
    assert proposed(CROWD[:60]) == proposed(CROWD[:60][::-1])


def test_persons_and_bodies_are_not_compared() -> None:
    left, _, _ = compare_candidates([parse_name("Quillfeather", "ORG"), parse_name("Quillfeather", "PERSON")])
    assert len(left) == 0
