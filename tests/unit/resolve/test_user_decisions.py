"""A human's word is the last: what a merge, a forbidden pair and a split do to the entities, and to no others."""

import pytest

from pipeline.resolve import resolve_mentions
from pipeline.resolve.knowledge import KnownEntity, make_knowledge
from pipeline.resolve.overrides import parse_overrides
from pipeline.resolve.stage import Resolution, ResolutionState
from tests.unit.resolve.corpus_tables import tables

PAGES = {
    "post-1": "Judge [Bae Sun-mi|PERSON] spoke. Then [Bae|PERSON] left for [Sundby|GPE].",
    "post-2": "[Bae Sun-mi|PERSON] and [Orrin Tallow|PERSON] of the [Harbour Canals Bureau|ORG].",
    "sun-1": "[Sun-mi Bae|PERSON] again, who once met [Laleh Zafarani|PERSON].",
    "sun-2": "[Orrin P. Tallow|PERSON] wrote. [Edith Quillfeather|PERSON] read.",
    "gale-1": "[Laleh Zafarani|PERSON] was in [Sundby|GPE]. [Zafarani|PERSON] slept.",
    "gale-2": "[Zafarani|PERSON] woke up.",
    "star-1": "[Lale Zafarani|PERSON] is the same.",
}


def run(overrides: str = "", previous: ResolutionState | None = None, pages: dict[str, str] = PAGES) -> Resolution:
    return resolve_mentions(*tables(pages), previous, parse_overrides(overrides), run_id="r")


def ids(resolution: Resolution) -> dict[str, str]:
    """The entity of each mention."""
    return dict(zip(*(resolution.mention_entities[c].to_pylist() for c in ("mention_id", "entity_id")), strict=True))


def ids_of(resolution: Resolution, alias: str) -> set[str]:
    return {r["entity_id"] for r in resolution.aliases.to_pylist() if r["alias"] == alias}


def aliases(resolution: Resolution, entity: str) -> set[str]:
    return {r["alias"] for r in resolution.aliases.to_pylist() if r["entity_id"] == entity}


def names(resolution: Resolution) -> dict[str, str]:
    return {r["entity_id"]: r["name"] for r in resolution.entities.to_pylist()}


def unchanged_but_for(before: Resolution, after: Resolution, touched: set[str]) -> bool:
    """Whether every mention of an entity that is not `touched` is still that entity's, under the same name."""
    old, new = ids(before), ids(after)
    rest = {m: e for m, e in old.items() if e not in touched}
    return bool(rest) and all(new[m] == e and names(after)[e] == names(before)[e] for m, e in rest.items())


def test_the_sample_pages_give_the_entities_that_these_tests_divide_and_join() -> None:
    before = run()
    assert ids_of(before, "Bae Sun-mi") == ids_of(before, "Sun-mi Bae") == ids_of(before, "Bae")
    assert ids_of(before, "Laleh Zafarani") == ids_of(before, "Zafarani") == ids_of(before, "Lale Zafarani")
    assert len(names(before)) == 6


@pytest.mark.parametrize("name", ["Bae Sun-mi", "Sun-mi Bae", "bae sun-mi", "Judge Bae Sun-mi"])
def test_a_merge_joins_two_whole_entities(name: str) -> None:
    before = run()
    after = run(f"merge:\n  - [{name}, Edith Quillfeather]\n", before.state)
    [one] = ids_of(after, "Edith Quillfeather")
    assert aliases(after, one) == {"Bae Sun-mi", "Bae", "Sun-mi Bae", "Edith Quillfeather"}
    [old], [other] = ids_of(before, "Bae Sun-mi"), ids_of(before, "Edith Quillfeather")
    assert one in {old, other}
    assert {r["old_entity_id"] for r in after.entity_redirects.to_pylist()} == {old, other} - {one}
    assert unchanged_but_for(before, after, {old, other})
    assert [r["rule"] for r in after.alias_evidence.to_pylist() if "Edith Quillfeather" in r.values()] == ["override"]


def test_merges_with_one_name_in_common_are_one_entity() -> None:
    after = run("merge:\n  - [Bae Sun-mi, Edith Quillfeather]\n  - [Edith Quillfeather, Lale Zafarani]\n")
    [one] = ids_of(after, "Edith Quillfeather")
    assert {"Sun-mi Bae", "Bae", "Laleh Zafarani", "Zafarani"} < aliases(after, one)


def test_a_merge_beats_two_names_being_listed_side_by_side() -> None:
    after = run("merge:\n  - [Bae Sun-mi, Orrin Tallow]\n")
    [one] = ids_of(after, "Orrin Tallow")
    assert {"Bae Sun-mi", "Sun-mi Bae"} < aliases(after, one)


def test_a_merge_leaves_behind_what_a_forbidden_pair_keeps_out() -> None:
    before = run()
    after = run(
        "merge:\n  - [Bae Sun-mi, Edith Quillfeather]\nforbid:\n  - [Edith Quillfeather, Orrin P. Tallow]\n"
        "  - [Sun-mi Bae, Edith Quillfeather]\n",
        before.state,
    )
    assert ids_of(after, "Bae Sun-mi") == ids_of(after, "Edith Quillfeather") == ids_of(after, "Bae")
    assert ids_of(after, "Sun-mi Bae").isdisjoint(ids_of(after, "Edith Quillfeather"))
    assert ids_of(after, "Orrin Tallow") == ids_of(before, "Orrin Tallow")


def test_a_forbidden_pair_holds_where_a_third_name_of_the_knowledge_file_would_join_it() -> None:
    knowledge = make_knowledge([KnownEntity("Tallow Observatory", "ORG", None, ("Hill House", "Old Dome"))])
    mentions = tables({"post-1": "[Tallow Observatory|ORG]. [Hill House|ORG]. [Old Dome|ORG]."})
    forbid = parse_overrides("forbid:\n  - [Hill House, Old Dome]\n")
    free, held = (resolve_mentions(*mentions, None, o, knowledge) for o in (None, forbid))
    assert len(names(free)) == 1
    assert len(names(held)) == 2
    assert ids_of(held, "Hill House").isdisjoint(ids_of(held, "Old Dome"))


def test_what_is_split_off_is_a_new_entity_that_nothing_else_joins() -> None:
    before = run()
    after = run("split:\n  - {name: Laleh Zafarani, outlet: gale}\n", before.state)
    [old] = ids_of(before, "Laleh Zafarani")
    new, was = ids(after), ids(before)
    moved = {m for m in new if new[m] != was[m]}
    assert moved == {m for m in was if m.startswith("gale-1") and was[m] == old}
    [entity] = {new[m] for m in moved}
    assert entity not in was.values()
    assert aliases(after, entity) == {"Laleh Zafarani", "Zafarani"}
    assert names(after)[entity] == "Laleh Zafarani"
    assert unchanged_but_for(before, after, {old})
    assert after.entity_redirects.num_rows == 0


def test_a_lone_surname_elsewhere_keeps_its_id_and_its_name_when_all_full_names_are_split_off() -> None:
    pages = {
        "gale-1": "[Laleh Zafarani|PERSON] slept.", "gale-2": "[Laleh Zafarani|PERSON] woke.",
        "post-1": "[Omar Zafarani|PERSON] sat.", "sun-1": "[Zafarani|PERSON] rose.",
    }  # fmt: skip
    before = run(pages=pages)
    after = run("split:\n  - {name: Laleh Zafarani, outlet: gale}\n", before.state, pages)
    assert ids_of(after, "Zafarani") == ids_of(before, "Zafarani")
    assert names(after)[ids(after)["sun-1:0"]] == "Zafarani"
    assert ids_of(after, "Laleh Zafarani").isdisjoint(ids(before).values())
    [redirect] = after.entity_redirects.to_pylist()
    assert {redirect["old_entity_id"]} == ids_of(before, "Laleh Zafarani")
    assert {redirect["entity_id"]} == ids_of(after, "Laleh Zafarani")


def test_a_short_form_can_be_split_off_the_name_that_its_document_gives_it() -> None:
    after = run("split:\n  - {name: Bae, document: post-1}\n")
    assert ids_of(after, "Bae").isdisjoint(ids_of(after, "Bae Sun-mi"))


def test_two_spellings_split_off_one_entity_in_one_outlet_stay_one_by_the_users_word() -> None:
    pages = PAGES | {"gale-3": "[Lale Zafarani|PERSON] too."}
    both = "split:\n  - {name: Laleh Zafarani, outlet: gale}\n  - {name: Lale Zafarani, outlet: gale}\n"
    after = run(both, pages=pages)
    entity = ids(after)["gale-3:0"]
    assert aliases(after, entity) == {"Laleh Zafarani", "Lale Zafarani", "Zafarani"}
    assert "override" in {r["rule"] for r in after.alias_evidence.to_pylist() if r["entity_id"] == entity}
    assert entity not in ids_of(after, "Bae") | {ids(after)["star-1:0"], ids(after)["sun-1:31"]}


def test_the_end_of_a_split_leads_its_id_back() -> None:
    before = run()
    split = run("split:\n  - {name: Laleh Zafarani, outlet: gale}\n", before.state)
    again = run("", split.state)
    assert ids(again) == ids(before)
    [redirect] = again.entity_redirects.to_pylist()
    assert redirect["old_entity_id"] == ids(split)["gale-1:0"]
    assert redirect["entity_id"] == ids(before)["gale-1:0"]


def test_a_rename_calls_the_rest_by_the_new_name_and_not_what_was_split_off() -> None:
    after = run(
        "split:\n  - {name: Laleh Zafarani, outlet: gale}\nrename:\n  - {name: Laleh Zafarani, to: L. Zafarani}\n"
    )
    called = names(after)
    assert called[ids(after)["star-1:0"]] == "L. Zafarani"
    assert called[ids(after)["gale-1:0"]] == "Laleh Zafarani"
