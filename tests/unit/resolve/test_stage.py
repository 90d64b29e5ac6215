"""The stage function: tables, evidence, lasting ids, overrides obeyed."""

from itertools import product

import pytest

from pipeline.resolve import NameMemory, resolve_mentions
from pipeline.resolve.overrides import Overrides, parse_overrides
from pipeline.resolve.stage import Resolution, ResolutionState
from tests.unit.resolve.corpus_tables import tables

PAGES = {
    "post-1": "Minister [Qasim Behruzi|PERSON] met [Edith Tallow|PERSON]. [Behruzi|PERSON] left.",
    "sun-1": "[Kassem Behrouzi|PERSON] was in [Tehran|GPE], an [Iranian|NORP] city.",
    "sun-2": "[Qasim Behruzi|PERSON] again, in [Iran|GPE].",
}


def run(
    pages: dict[str, str], previous: ResolutionState | None = None, overrides: Overrides | None = None
) -> Resolution:
    mentions, documents = tables(pages)
    return resolve_mentions(mentions, documents, previous, overrides, run_id="r")


def id_of(resolution: Resolution, alias: str) -> str:
    [found] = {r["entity_id"] for r in resolution.aliases.to_pylist() if r["alias"] == alias}
    return found


def row_of(resolution: Resolution, alias: str) -> dict:
    wanted = id_of(resolution, alias)
    return next(r for r in resolution.entities.to_pylist() if r["entity_id"] == wanted)


def test_counts_name_and_days_of_an_entity() -> None:
    entity = row_of(run(PAGES), "Kassem Behrouzi")
    assert (entity["name"], entity["label"]) == ("Qasim Behruzi", "PERSON")
    assert (entity["mention_count"], entity["document_count"], entity["outlet_count"]) == (4, 3, 2)
    assert entity["first_seen"] is not None


def test_the_name_is_that_most_written_whatever_its_hyphens_and_accents() -> None:
    pages = {
        "post-1": "[Seo-jin Baek|PERSON] spoke. [Seo-jin Baek|PERSON] left.",
        "sun-1": "[Baek Seo Jin|PERSON] spoke. [Baek Seo Jin|PERSON] left. [Baek Seo-jin|PERSON] was tired.",
    }
    assert row_of(run(pages), "Seo-jin Baek")["name"] == "Baek Seo Jin"


def test_every_mention_has_one_entity_and_every_alias_a_count() -> None:
    mentions, _ = tables(PAGES)
    resolution = run(PAGES)
    assert sorted(resolution.mention_entities["mention_id"].to_pylist()) == sorted(mentions["mention_id"].to_pylist())
    assert sum(resolution.aliases["mention_count"].to_pylist()) == mentions.num_rows
    canonical = [r["entity_id"] for r in resolution.aliases.to_pylist() if r["is_canonical"]]
    assert sorted(canonical) == sorted(resolution.entities["entity_id"].to_pylist())


def test_each_join_is_explained_with_an_example_document() -> None:
    rows = {(r["alias_a"], r["alias_b"]): r for r in run(PAGES).alias_evidence.to_pylist()}
    spelled = rows["Kassem Behrouzi", "Qasim Behruzi"]
    assert spelled["rule"] == "spelling"
    assert "behrouzi" in spelled["explanation"]
    short = rows["Behruzi", "Qasim Behruzi"]
    assert short["document_id"] == "post-1"


def test_nationality_capital_and_country_are_three_with_one_code() -> None:
    resolution = run(PAGES)
    assert len({id_of(resolution, a) for a in ("Tehran", "Iranian", "Iran")}) == 3
    assert row_of(resolution, "Iranian")["country_code"] == row_of(resolution, "Iran")["country_code"] == "IR"


def test_a_second_run_over_the_same_pages_is_the_same_byte_for_byte() -> None:
    first = run(PAGES)
    second = run(PAGES, first.state)
    assert first.entities.equals(second.entities)
    assert first.alias_evidence.equals(second.alias_evidence)
    assert second.entity_redirects.num_rows == 0


def test_a_forbidden_pair_is_split_and_the_larger_part_keeps_the_id() -> None:
    first = run(PAGES)
    forbid = parse_overrides("forbid:\n  - [Qasim Behruzi, Kassem Behrouzi]\n")
    second = run(PAGES, first.state, forbid)
    assert id_of(second, "Qasim Behruzi") == id_of(first, "Qasim Behruzi")
    assert id_of(second, "Kassem Behrouzi") != id_of(first, "Kassem Behrouzi")
    third = run(PAGES, second.state)
    assert id_of(third, "Kassem Behrouzi") == id_of(first, "Qasim Behruzi")
    [redirect] = third.entity_redirects.to_pylist()
    assert redirect["old_entity_id"] == id_of(second, "Kassem Behrouzi")
    assert redirect["entity_id"] == id_of(first, "Qasim Behruzi")


def test_a_redirect_goes_with_the_last_page_of_its_entity() -> None:
    apart = run(PAGES, None, parse_overrides("forbid:\n  - [Qasim Behruzi, Kassem Behrouzi]\n"))
    merged = run(PAGES, apart.state)
    assert merged.entity_redirects.num_rows == 1
    gone = run({"post-9": "[Wanda Ystrom|PERSON] slept."}, merged.state)
    assert gone.entity_redirects.num_rows == 0


def test_a_merge_is_obeyed_and_is_its_own_evidence() -> None:
    merge = parse_overrides("merge:\n  - [Edith Tallow, Qasim Behruzi]\n")
    resolution = run(PAGES, None, merge)
    assert id_of(resolution, "Edith Tallow") == id_of(resolution, "Qasim Behruzi")
    assert "override" in resolution.alias_evidence["rule"].to_pylist()


def test_a_rename_changes_the_name_alone() -> None:
    renamed = run(PAGES, None, parse_overrides("rename:\n  - {name: Edith Tallow, to: Dame Edith}\n"))
    assert row_of(renamed, "Edith Tallow")["name"] == "Dame Edith"
    assert id_of(renamed, "Edith Tallow") == id_of(run(PAGES), "Edith Tallow")


def test_a_split_makes_one_outlets_use_of_a_name_another_entity() -> None:
    split = parse_overrides("split:\n  - {name: Qasim Behruzi, outlet: sun}\n")
    resolution = run(PAGES, None, split)
    owner = dict(zip(*(resolution.mention_entities[c].to_pylist() for c in ("mention_id", "entity_id")), strict=True))
    assert owner["sun-2:0"] not in {owner["post-1:9"]}
    assert owner["post-1:9"] == owner["sun-1:0"]


STORY = ", then ".join(f"[{name}|PERSON]" for name in ("Ulla Renswick", "Osk Quillfeather", "Wanda Ystrom"))
STRANGERS = {f"gale-{i}": f"[{a}el {b}ort|PERSON] slept." for i, (a, b) in enumerate(product("BCDFGHK", "LMNPRSTV"))}


def test_who_is_named_with_both_is_a_reason() -> None:
    pages = {
        "post-1": f"[Muntadhar al-Zubaydawi|PERSON] left. {STORY}.", "sun-1": f"[Montazer Zubeidawi|PERSON] went. {STORY}."
    }  # fmt: skip
    [row] = run(pages | STRANGERS).alias_evidence.to_pylist()
    assert row["explanation"].endswith(
        "both are named with Osk Quillfeather, Ulla Renswick and Wanda Ystrom, in different documents"
    )


def test_an_acronym_has_its_meaning_in_other_documents_of_like_company() -> None:
    pages = {"post-1": f"The [Harbour Canals Bureau|ORG] ([HCB|ORG]) met. {STORY}."}
    near = run(pages | {"sun-1": f"[HCB|ORG] slept. {STORY}."} | STRANGERS)
    assert id_of(near, "HCB") == id_of(near, "Harbour Canals Bureau")
    far = run(pages | {"sun-1": "[HCB|ORG] slept."} | STRANGERS)
    owners = dict(zip(*(far.mention_entities[c].to_pylist() for c in ("mention_id", "entity_id")), strict=True))
    assert owners["sun-1:0"] != id_of(far, "Harbour Canals Bureau")


def test_that_nobody_is_named_with_both_is_said_of_those_who_stay_apart() -> None:
    pages = {"post-1": "[Muntadhar al-Zubaydawi|PERSON] left.", "sun-1": "[Montazer Zubeidawi|PERSON] went."}
    asked = run(pages | STRANGERS).review_pairs.to_pylist()
    [row] = [r for r in asked if {r["alias_a"], r["alias_b"]} == {"Muntadhar al-Zubaydawi", "Montazer Zubeidawi"}]
    assert not row["is_joined"]
    assert row["explanation"].endswith("nobody is named with both")


def test_that_a_text_means_two_is_said_of_those_who_stay_apart() -> None:
    asked = run(
        {"post-1": "[Jarvan Tallow|PERSON] won, then [Jarven Tallow|PERSON] lost. " * 2}
    ).review_pairs.to_pylist()
    [row] = [r for r in asked if {r["alias_a"], r["alias_b"]} == {"Jarvan Tallow", "Jarven Tallow"}]
    assert not row["is_joined"]
    assert row["explanation"].endswith("a document names both and means two")


def test_a_bodys_first_word_is_joined_only_where_one_outlet_writes_both() -> None:
    full, short = "[Quillfeather Bulk Carriers|ORG] lost.", "[Quillfeather|ORG] appealed."
    one = run({"post-1": full, "post-2": short})
    assert id_of(one, "Quillfeather") == id_of(one, "Quillfeather Bulk Carriers")
    [evidence] = one.alias_evidence.to_pylist()
    assert evidence["rule"] == "only body whose name begins so"
    two = run({"post-1": full, "sun-1": short})
    assert id_of(two, "Quillfeather") != id_of(two, "Quillfeather Bulk Carriers")


def test_a_surname_is_his_who_holds_its_office() -> None:
    sisters = "[Edith Tallow|PERSON|Mayor] and [Wanda Tallow|PERSON] met."
    found = run({"post-1": sisters, "sun-1": "Mayor [Tallow|PERSON|Mayor] slept.", "sun-2": "[Tallow|PERSON] woke."})
    assert id_of(found, "Edith Tallow") == id_of(found, "Tallow") != id_of(found, "Wanda Tallow")
    without = run({"post-1": sisters, "sun-2": "[Tallow|PERSON] woke."})
    assert id_of(without, "Tallow") not in {id_of(without, "Edith Tallow"), id_of(without, "Wanda Tallow")}


def test_an_office_of_several_words_stands_for_company_and_is_a_reason() -> None:
    page = "[Edith Tallow|PERSON|health minister] left."
    alone = run({"post-1": page, "sun-1": "[Tallow|PERSON] slept."} | STRANGERS)
    assert id_of(alone, "Edith Tallow") != id_of(alone, "Tallow")
    both = run({"post-1": page, "sun-1": "Health Minister [Tallow|PERSON|Health Minister] slept."} | STRANGERS)
    assert id_of(both, "Edith Tallow") == id_of(both, "Tallow")
    [row] = both.alias_evidence.to_pylist()
    assert row["explanation"].endswith("both are called health minister")


def test_a_surname_taken_for_a_body_does_not_name_the_person() -> None:
    pages = {f"post-{i}": "[Edith Tallow|PERSON] won. [Tallow|PERSON] slept. [Tallow|PERSON] woke." for i in range(3)}
    pages |= {"sun-1": "[Tallow|ORG] fell.", "sun-2": "[Tallow|PERSON] ran. " * 3}
    found = run(pages)
    assert row_of(found, "Edith Tallow")["name"] == "Edith Tallow"
    assert {r["entity_id"] for r in found.aliases.to_pylist()} == {id_of(found, "Edith Tallow")}


def test_a_body_named_alone_first_is_no_short_form_of_its_product() -> None:
    one = run({"post-1": "[Quillfeather|ORG] grew. It sells the [Quillfeather Bulk|ORG]."})
    assert id_of(one, "Quillfeather") != id_of(one, "Quillfeather Bulk")
    two = run({"post-1": "[Quillfeather Bulk|ORG] grew. [Quillfeather|ORG] sells more."})
    assert id_of(two, "Quillfeather") == id_of(two, "Quillfeather Bulk")
    three = run({"post-1": "[Quillfeather X2|ORG] grew. [Quillfeather|ORG] sells more."})
    assert id_of(three, "Quillfeather") != id_of(three, "Quillfeather X2")


def test_mentions_of_a_document_that_is_not_given_are_an_error() -> None:
    mentions, documents = tables(PAGES)
    with pytest.raises(KeyError, match="sun-2"):
        resolve_mentions(mentions, documents.slice(0, 2))


def test_no_mentions_give_empty_tables() -> None:
    mentions, documents = tables({"post-1": "Nothing."})
    assert resolve_mentions(mentions, documents).entities.num_rows == 0


def test_what_was_compared_before_changes_nothing_and_survives_its_tables() -> None:
    few = run({document: PAGES[document] for document in list(PAGES)[:2]})
    memory = NameMemory.from_tables(*few.compared.tables().values())
    mentions, documents = tables(PAGES)
    after = resolve_mentions(mentions, documents, few.state, run_id="r", compared=memory)
    anew = resolve_mentions(mentions, documents, few.state, run_id="r")
    for name in ("mention_entities", "entities", "aliases", "alias_evidence"):
        assert getattr(after, name).equals(getattr(anew, name)), name
    assert after.compared.tables()["name_pairs"].equals(anew.compared.tables()["name_pairs"])


def test_documents_may_come_in_parts() -> None:
    mentions, documents = tables(PAGES)
    parts = (documents.slice(i, 1) for i in range(len(documents)))
    assert resolve_mentions(mentions, parts, run_id="r").entities.equals(run(PAGES).entities)
