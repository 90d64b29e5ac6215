"""What became of the entities between two releases, told as a person would tell it."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.schema import table_from_rows
from pipeline.warehouse.entity_diff import diff_entities
from pipeline.warehouse.release import list_releases
from tests.sql.released import two_releases


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of two releases, in a home whose name a glob would take for a pattern."""
    home = two_releases(tmp_path_factory.mktemp("made") / "news [20*]")
    first, second = list_releases(home)
    return first.folder, second.folder


def changes(before: Path, after: Path) -> list[tuple[str, str, str, str]]:
    return [tuple(row.values()) for row in diff_entities(before, after).to_pylist()]  # type: ignore[misc]


def test_every_kind_of_change_is_told_once(folders: tuple[Path, Path]) -> None:
    assert changes(*folders) == [
        ("merged", "e-vell-2", "O. Vell", "into Oksana Vell (e-vell)"),
        ("split", "e-younger", "Ostrup the Younger", "from Henrik Ostrup (e-ostrup); mentions taken along: 1"),
        ("renamed", "e-marendt", "Ilsa Marendt-Roo", "was Ilsa Marendt"),
        ("gone", "e-quay", "Lower Quay", "FAC; mentions: 1"),
        ("born", "e-sundling", "Pia Sundling", "PERSON; mentions: 1, documents: 1"),
    ]


def test_a_release_does_not_differ_from_itself(folders: tuple[Path, Path]) -> None:
    for folder in folders:
        assert changes(folder, folder) == []


def test_backwards_a_merge_is_a_split_and_a_split_a_loss(folders: tuple[Path, Path]) -> None:
    first, second = folders
    assert changes(second, first) == [
        ("split", "e-vell-2", "O. Vell", "from Oksana Vell (e-vell); mentions taken along: 1"),
        ("renamed", "e-marendt", "Ilsa Marendt", "was Ilsa Marendt-Roo"),
        ("gone", "e-sundling", "Pia Sundling", "PERSON; mentions: 1"),
        ("gone", "e-younger", "Ostrup the Younger", "PERSON; mentions: 1; now Henrik Ostrup (e-ostrup): 1"),
        ("born", "e-quay", "Lower Quay", "FAC; mentions: 1, documents: 1"),
    ]


def write_release(folder: Path, entities: dict[str, str], named: list[str], redirects: dict[str, str]) -> Path:
    """The four tables as small as can be: entity id to name, the entity of each mention, old id to new."""
    folder.mkdir()
    counts = {key: named.count(key) for key in entities}
    shared = {"label": "PERSON", "document_count": 1, "outlet_count": 1}
    tables = {
        "entities": [{"entity_id": k, "name": n, "mention_count": counts[k], **shared} for k, n in entities.items()],
        "aliases": [{"entity_id": k, "alias": n, "is_canonical": True} for k, n in entities.items()],
        "entity_redirects": [
            {"old_entity_id": old, "entity_id": new, "reason": "merged", "run_id": "r"}
            for old, new in redirects.items()
        ],
        "mentions": [{"mention_id": f"m{n}", "entity_id": key} for n, key in enumerate(named)],
    }
    for name, rows in tables.items():
        pq.write_table(table_from_rows(name, rows), folder / f"{name}.parquet")
    return folder


def test_a_merge_is_followed_to_who_stands_at_its_end(tmp_path: Path) -> None:
    before = write_release(tmp_path / "a", {"e1": "Ada Roo", "e3": "A. Roo"}, ["e1", "e3"], {})
    after = write_release(tmp_path / "b", {"e1": "Ada Roo"}, ["e1", "e1"], {"e3": "e2", "e2": "e1"})
    assert changes(before, after) == [("merged", "e3", "A. Roo", "into Ada Roo (e1)")]


def test_redirects_in_a_circle_end_in_a_loss(tmp_path: Path) -> None:
    before = write_release(tmp_path / "a", {"e1": "Ada Roo"}, ["e1"], {})
    after = write_release(tmp_path / "b", {}, [], {"e1": "e2", "e2": "e1"})
    assert changes(before, after) == [("gone", "e1", "Ada Roo", "PERSON; mentions: 1")]


def test_one_mention_read_otherwise_is_no_split(tmp_path: Path) -> None:
    before = write_release(tmp_path / "a", {"e1": "Ada Roo"}, ["e1", "e1"], {})
    after = write_release(tmp_path / "b", {"e1": "Ada Roo", "e2": "Bo Roo"}, ["e1", "e2", "e2", "e2"], {})
    assert changes(before, after) == [("born", "e2", "Bo Roo", "PERSON; mentions: 3, documents: 1")]


def test_who_takes_the_name_along_is_split_off_however_often_it_is_named_since(tmp_path: Path) -> None:
    before = write_release(tmp_path / "a", {"e1": "Ada Roo"}, ["e1", "e1"], {})
    after = write_release(tmp_path / "b", {"e1": "A. Roo", "e2": "Ada Roo"}, ["e1", *["e2"] * 9], {})
    assert changes(before, after) == [
        ("split", "e2", "Ada Roo", "from Ada Roo (e1); mentions taken along: 1"),
        ("renamed", "e1", "A. Roo", "was Ada Roo"),
    ]
