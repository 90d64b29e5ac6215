"""overrides.yml: what it may say, and where its mistakes are."""

from pathlib import Path

import pytest

from pipeline.resolve import KnowledgeError, OverrideError, load_knowledge, load_overrides
from pipeline.resolve.overrides import parse_overrides


def test_every_mistake_is_listed_with_its_line() -> None:
    text = (
        "merge:\n  - [Edith Tallow]\nrename:\n  - {name: Edith Tallow}\nsplice: []\nsplit:\n  - {name: Orrin Tallow}\n"
    )
    with pytest.raises(OverrideError) as failure:
        parse_overrides(text)
    lines = str(failure.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "4", "5", "7"]


def test_a_pair_both_merged_and_forbidden_is_a_contradiction() -> None:
    text = "merge:\n  - [A Tallow, B Tallow]\n  - [B Tallow, C Tallow]\nforbid:\n  - [A Tallow, C Tallow]\n"
    with pytest.raises(OverrideError, match=r"overrides\.yml:5: forbids"):
        parse_overrides(text)


def test_broken_yaml_names_its_line() -> None:
    with pytest.raises(OverrideError, match=r"overrides\.yml:3: not YAML"):
        parse_overrides("merge:\n  - [A, B\nforbid: x\n")


def test_no_file_and_an_empty_file_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "overrides.yml").write_text("# nothing yet\n")
    assert load_overrides(tmp_path / "none.yml") == load_overrides(tmp_path / "overrides.yml")


def test_a_users_entity_comes_before_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "entities.yml"
    path.write_text("- {name: Tallow Observatory, label: ORG, spellings: [TOB, IMF]}\n")
    knowledge = load_knowledge(path)
    assert knowledge.entities[knowledge.by_text["imf"]].name == "Tallow Observatory"


def test_a_wrong_entry_of_a_knowledge_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "entities.yml"
    path.write_text("- {name: Tallow Observatory, label: COMPANY}\n")
    with pytest.raises(KnowledgeError, match="entry 1"):
        load_knowledge(path)
