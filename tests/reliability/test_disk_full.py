"""The disk is full, or a file cannot be read: the run says so, readers keep what they have, the next run goes on."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.conftest import FAULTS, Site, copy_of
from tests.reliability.forked import NONE, Fault
from tests.reliability.reader import read_everything, reading
from tests.reliability.state import leftovers

DISKS = max(1, FAULTS // 5)
SMALLEST = 4096  # bytes: the run's own words must still fit into its log


def fails_in_words(site: Site, fault: Fault = NONE) -> None:
    assert site.run(fault) == 1, site.log.read_text()
    said = site.log.read_text()
    assert "what was published before stands unchanged" in said
    assert "Traceback" not in said


def test_a_file_that_does_not_fit_on_the_disk(before: Site, chance: random.Random, tmp_path: Path) -> None:
    """Files up to some size can be written, larger ones not: each limit stops the run at another of its writes."""
    unharmed = copy_of(before, tmp_path / "unharmed")
    expected = unharmed.complete()
    largest = (unharmed.home / "warehouse.duckdb").stat().st_size
    for _ in range(DISKS):
        site, most_bytes = copy_of(before, tmp_path / "site"), int(SMALLEST * (largest / SMALLEST) ** chance.random())
        with reading(site.home) as seen:
            fails_in_words(site, Fault(most_bytes=most_bytes))
            read_everything(site.home)
            assert site.complete() == expected, most_bytes
            assert not leftovers(site.home)
        assert not seen.faults, seen.faults[0]
    print(f"{DISKS} full disks survived")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MiB in memory; who may not mount one is covered by the limits on file sizes above."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system in memory cannot be mounted here; full disks are tried by limits on file sizes")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(before: Site, small_disk: Path, tmp_path: Path) -> None:
    site = copy_of(before, small_disk / "site")
    site.log.symlink_to(tmp_path / "log.txt")
    ballast = small_disk / "ballast"
    free = shutil.disk_usage(small_disk).free
    with reading(site.home) as seen:
        for left in (0, 20_000, 200_000, 2_000_000):
            ballast.write_bytes(bytes(max(0, free - left)))
            fails_in_words(site)
            read_everything(site.home)
            ballast.unlink()
            free = shutil.disk_usage(small_disk).free
        site.complete()
    assert not seen.faults, seen.faults[0]
