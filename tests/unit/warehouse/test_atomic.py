"""Files and links are the old or the new one whole, also when the writer dies half way."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.warehouse import atomic


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.txt"
    atomic.write_text(path, "old")
    with pytest.raises(RuntimeError), atomic.replacing(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_keeps_the_file_it_has_opened(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    atomic.write_text(path, "old")
    with path.open() as reader:
        atomic.write_text(path, "new")
        assert reader.read() == "old"
    assert path.read_text() == "new"


def test_a_link_swings_to_its_new_target(tmp_path: Path) -> None:
    link = tmp_path / "current"
    for target in ("one", "two"):
        (tmp_path / target).mkdir()
        atomic.point(link, target)
        assert link.resolve().name == target
    atomic.point(link, "two")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["current", "one", "two"]


def test_sweep_removes_what_a_killed_process_left_and_no_more(tmp_path: Path) -> None:
    kept = tmp_path / "table" / "part-a.parquet"
    atomic.write_text(kept, "whole")
    atomic.temporary_name(kept).write_text("half")
    half_folder = atomic.temporary_name(tmp_path / "release")
    (half_folder / "inner").mkdir(parents=True)
    atomic.temporary_name(half_folder / "inner" / "file").write_text("half")
    (tmp_path / ".lock").write_text("")
    atomic.sweep(tmp_path)
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [".lock", "part-a.parquet"]
    assert not half_folder.exists()
    assert atomic.sweep(tmp_path) == 0
    assert atomic.sweep(tmp_path / "nowhere") == 0


def test_a_removed_folder_is_gone_also_when_an_earlier_removal_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "v1"
    (folder / "inner").mkdir(parents=True)
    (atomic.temporary_name(folder) / "left").mkdir(parents=True)
    atomic.remove_tree(folder)
    atomic.remove_tree(folder)
    assert list(tmp_path.iterdir()) == []
