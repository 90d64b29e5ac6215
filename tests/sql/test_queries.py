"""The analyst questions, asked of the small world: answers worked out by hand from its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.schema import TABLES
from pipeline.warehouse.checks import CheckResult
from pipeline.warehouse.models import references
from pipeline.warehouse.query import load_queries, open_warehouse, query_parameters, run_query
from tests.sql.dashboard_answers import DASHBOARD_ANSWERS

QUERIES = load_queries()
Rows = list[tuple[Any, ...]]

# Question, its settings, columns to look at, the rows expected.
ANSWERS: list[tuple[str, dict[str, Any], list[str], Rows]] = [
    (
        "companions",
        {"entity": "tomas okvel"},
        ["name", "companion", "paragraph_count", "document_count", "outlet_count"],
        [
            ("Tomáš Okvel", "Ilsa Marendt", 4, 3, 2),
            ("Tomáš Okvel", "Sorrel Bay Port Authority", 3, 3, 2),
        ],
    ),
    ("companions", {"entity": "nobody at all"}, ["companion"], []),
    (
        "companions",
        {},
        ["name", "companion", "paragraph_count"],
        [
            ("Ilsa Marendt", "Tomáš Okvel", 4),
            ("Ilsa Marendt", "Sorrel Bay Port Authority", 3),
            ("Ilsa Marendt", "Brunhild Aske", 1),
            ("Ilsa Marendt", "Sorrel Bay", 1),
        ],
    ),
    (
        "spellings_by_outlet",
        {"entity": "I. Marendt"},
        ["name", "outlet", "alias", "mention_count", "share"],
        [
            ("Ilsa Marendt", "Norwick Post", "I. Marendt", 1, 1.0),
            ("Ilsa Marendt", "The Harbor Ledger", "Ilsa Marendt", 2, 0.67),
            ("Ilsa Marendt", "The Harbor Ledger", "Marendt", 1, 0.33),
            ("Ilsa Marendt", "unknown", "I. Marendt", 1, 1.0),
        ],
    ),
    ("newcomers", {"days": 7}, ["name", "first_seen"], [("Brunhild Aske", date(2031, 5, 14))]),
    ("newcomers", {"days": "7"}, ["name"], [("Brunhild Aske",)]),  # as the command line gives it
    (
        "rising_names",
        {"days": 8},
        ["name", "documents_now", "documents_before", "rise"],
        [("Brunhild Aske", 1, 0, 1), ("Ilsa Marendt", 2, 1, 1)],
    ),
    (
        "same_story",
        {"shared_names": 3},
        ["outlet_a", "outlet_b", "title_a", "title_b", "shared_names"],
        [
            (
                "ledger",
                "post",
                "Dockers walk out in Sorrel Bay",
                "Talks resume",
                "Ilsa Marendt, Sorrel Bay Port Authority, Tomáš Okvel",
            )
        ],
    ),
    ("same_story", {"shared_names": 3, "days": 1}, ["shared_names"], []),
    (
        "outlet_overlap",
        {},
        ["outlet_a", "outlet_b", "shared_count", "overlap"],
        [("post", "unknown", 3, 1.0), ("ledger", "post", 3, 0.75), ("ledger", "unknown", 3, 0.75)],
    ),
    (
        "spellings_and_reasons",
        {"entity": "port authority"},
        ["alias", "mention_count", "joined_to", "rule", "score"],
        [
            ("Port Authority", 2, "Sorrel Bay Port Authority", "tail", 0.85),
            ("Sorrel Bay Port Authority", 1, "Port Authority", "tail", 0.85),
        ],
    ),
    (
        "doubtful_merges",
        {},
        ["name", "alias_b", "score", "mentions_at_stake"],
        [
            ("Ilsa Marendt", "I. Marendt", 0.81, 2),
            ("Sorrel Bay Port Authority", "Port Authority", 0.85, 1),
        ],
    ),
    ("doubtful_merges", {"below": 0.82}, ["alias_b"], [("I. Marendt",)]),
    ("doubtful_merges", {"below": "0.82"}, ["alias_b"], [("I. Marendt",)]),
    ("doubtful_merges", {"below": "0"}, ["alias_b"], []),
    (
        "cut_text",
        {},
        ["outlet_id", "kind", "block_count", "chars"],
        [
            ("ledger", "share", 1, 15),
            ("post", "comment_form", 1, 13),
            ("post", "share", 1, 5),
            ("unknown", "share", 1, 5),
        ],
    ),
    (
        "rejections",
        {},
        ["reason_code", "rejected_count", "example", "detail"],
        [("bad_json", 1, "broken.jsonl#L3", "line 3 ends inside a string")],
    ),
    (
        "entities_by_country",
        {},
        ["country_code", "label", "entity_count", "mention_count", "most_named"],
        [("NZ", "GPE", 1, 2, "Sorrel Bay")],
    ),
    (
        "first_mention",
        {"entity": "Okvel"},
        ["published_date", "outlet_id", "surface", "words_before", "words_after"],
        [
            (
                date(2031, 5, 5),
                "ledger",
                "Tomáš Okvel",
                "Ilsa Marendt of the Sorrel Bay Port Authority met ",
                " 🚢 on Monday.",
            ),
            (date(2031, 5, 5), "ledger", "Okvel", "Marendt said that ", " had left. مرحبا"),
            (date(2031, 5, 7), "post", "Tomas Okvel", "I. Marendt and ", " spoke for the Port Authority."),
        ],
    ),
    (
        "reprints",
        {},
        ["first_outlet", "second_outlet", "reprint_count", "example"],
        [("post", "unknown", 1, "Talks resume")],
    ),
    (
        "roles",
        {},
        ["name", "role", "outlet_id", "mention_count"],
        [("Ilsa Marendt", "Harbour Master", "ledger", 1)],
    ),
    ("thin_documents", {"kept_share": 0.8}, ["document_id", "kept_share"], [("d2", 0.694)]),
    *DASHBOARD_ANSWERS,
]


@pytest.fixture(scope="module")
def con(harbor: tuple[Path, list[CheckResult]]) -> Iterator[duckdb.DuckDBPyConnection]:
    home, _ = harbor
    with open_warehouse(home / "build" / "warehouse.duckdb") as connection:
        yield connection


@pytest.mark.parametrize(("name", "settings", "columns", "expected"), ANSWERS)
def test_answer(
    con: duckdb.DuckDBPyConnection, name: str, settings: dict[str, Any], columns: list[str], expected: Rows
) -> None:
    answer = run_query(con, QUERIES[name], settings).select(columns)
    assert [tuple(row.values()) for row in answer.to_pylist()] == expected


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_answers_as_it_stands(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Pasted into any client, without a parameter set; it reads published tables only."""
    con.execute(QUERIES[name].sql).fetchall()
    assert all(TABLES[table].is_published for table in references(QUERIES[name]))


def test_every_question_has_an_answer_here() -> None:
    assert {answer[0] for answer in ANSWERS} == set(QUERIES)


def test_the_guide_lists_every_question_with_its_parameters() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "querying.md").read_text(encoding="utf-8")
    for name, query in QUERIES.items():
        row = next(line for line in guide.splitlines() if line.startswith(f"| `{name}` |"))
        assert query.description in row
        assert all(f"`{parameter}`: {meaning}" in row for parameter, meaning in query_parameters(query).items())


def test_a_setting_does_not_outlive_its_question(con: duckdb.DuckDBPyConnection) -> None:
    run_query(con, QUERIES["companions"], {"entity": "Okvel"})
    assert run_query(con, QUERIES["companions"])["name"][0].as_py() == "Ilsa Marendt"


def test_an_unknown_setting_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(KeyError, match="colour"):
        run_query(con, QUERIES["companions"], {"colour": "red"})


def test_parameters_are_those_the_statement_reads() -> None:
    for query in QUERIES.values():
        read = {part.split("'")[1] for part in query.sql.split("getvariable(")[1:]}
        assert set(query_parameters(query)) == read
