"""The floor on the five shared pages: what is cut, what is found, who comes together and who stays apart.

The pages are not part of the project; these tests run where they lie beside the checkout. They name public figures
and count lines, and quote no sentence.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.pipeline.test_published_tables import rows


def spellings(home: Path, *names: str) -> set[str]:
    """The entities that bear any of these spellings."""
    marks = ", ".join("?" * len(names))
    import duckdb

    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        found = con.execute(f"SELECT DISTINCT entity_id FROM aliases WHERE alias IN ({marks})", list(names)).fetchall()
        present = con.execute(f"SELECT DISTINCT alias FROM aliases WHERE alias IN ({marks})", list(names)).fetchall()
    assert len(present) >= 2, f"of {names} only {present} was found"
    return {entity for (entity,) in found}


def test_all_five_are_read(seed_home: Path) -> None:
    assert rows(seed_home, "SELECT count(*) FROM documents") == [(5,)]
    assert rows(seed_home, "SELECT count(*) FROM rejected_documents") == [(0,)]


@pytest.mark.parametrize(
    ("page", "kind", "lines"),
    [
        ("001", "comment_form", 11),
        ("003", "subscribe", 1),
        ("003", "share", 1),
        ("003", "error", 1),
        ("003", "legal", 1),
    ],
)
def test_residue_is_cut_and_named(seed_home: Path, page: str, kind: str, lines: int) -> None:
    (found,) = rows(
        seed_home,
        "SELECT count(*) FILTER (NOT is_kept), count(*) FILTER (is_kept) FROM blocks JOIN documents USING (document_id)"
        f" WHERE source_path LIKE '{page}%' AND kind = '{kind}'",
    )
    assert found[0] >= lines and found[1] == 0


def test_every_paragraph_of_the_articles_is_kept(seed_home: Path) -> None:
    # A line of more than 120 characters on these pages is a paragraph or a caption, but for the legal line.
    lost = rows(
        seed_home,
        "SELECT kind, text FROM blocks WHERE NOT is_kept AND length(text) > 120 AND kind NOT IN ('legal', 'duplicate')",
    )
    assert lost == []


def test_the_crawl_header_is_cut_and_the_stated_date_is_found(seed_home: Path) -> None:
    stated = rows(seed_home, "SELECT source_path[:3], published_date FROM documents WHERE published_date IS NOT NULL")
    assert stated == [("003", date(2016, 12, 14))]
    assert rows(seed_home, "SELECT count(*) FROM blocks WHERE is_kept AND text LIKE '%March 18th%'") == [(0,)]


def test_titles_where_there_are_titles(seed_home: Path) -> None:
    found = rows(seed_home, "SELECT source_path[:3] FROM documents WHERE title IS NOT NULL ORDER BY 1")
    assert found == [("001",), ("002",), ("003",), ("004",)]


def test_datelines(seed_home: Path) -> None:
    found = rows(
        seed_home, "SELECT source_path[:3], upper(dateline) FROM documents WHERE dateline IS NOT NULL ORDER BY 1"
    )
    assert found == [("000", "RAMALLAH"), ("002", "TEL AVIV")]


@pytest.mark.parametrize(
    "names",
    [
        ("Izzat al-Rishq", "Ezzat al-Resheq", "Izzat al-Risheq", "Resheq"),
        ("Saleh al-Arouri", "Saleh al-Arori", "Saleh Arouri"),
        ("Qasem Soleimani", "Qassam Soleimani", "Soleimani"),
        ("Hossein Amir Abdollahian", "Amir Hussein Abed al-Lahyan"),
        ("Asharq al-Awsat", "As-Sharq al-Awsat", "A-Sharq al-Awsat"),
        ("IRGC", "Iranian Revolutionary Guard", "Iranian Revolutionary Guards", "Islamic Revolutionary Guard Corps"),
    ],
    ids=lambda names: names[0],
)
def test_spellings_come_together(seed_home: Path, names: tuple[str, ...]) -> None:
    assert len(spellings(seed_home, *names)) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Ali Larijani", "Ali Khamenei", "Ali Baraka", "Ali Fadavi", "Ali Akbar Velayati"),
        ("Khaled Mashaal", "Khaled al-Qaddumi"),
        ("Iran", "Tehran", "Iranian"),
    ],
    ids=lambda names: names[0],
)
def test_others_stay_apart(seed_home: Path, names: tuple[str, ...]) -> None:
    assert len(spellings(seed_home, *names)) == len(names)
