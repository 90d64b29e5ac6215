"""A home with three releases, ready to be copied, and how often it shall be hurt.

`make test` tries a fault of each kind, `make reliability` fifty, and every rename of a run: DRAMATIS_FAULTS says how many. Which ones follows from DRAMATIS_SEED, which is printed; set it to see the same again.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.reliability.deliveries import build_model, deliver_first, deliver_page, deliver_second
from tests.reliability.forked import NONE, Fault, start
from tests.reliability.state import state

FAULTS = int(os.environ.get("DRAMATIS_FAULTS", "1"))
SEED = int(os.environ.get("DRAMATIS_SEED", time.time_ns() % 1_000_000))


def pytest_report_header() -> str:
    return f"reliability: {FAULTS} faults of a kind, DRAMATIS_SEED={SEED}"


@dataclass(frozen=True)
class Site:
    """A landing folder and a home, and how `dramatis run` is told to work on them."""

    root: Path
    model: Path
    day: str

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def log(self) -> Path:
        return self.root / "log.txt"

    @property
    def words(self) -> list[str]:
        return [*map(str, ["run", self.landing, "--home", self.home, "--model", self.model]), "--ingest-date", self.day]

    def run(self, fault: Fault = NONE) -> int:
        """Run to the end; the exit code."""
        process = start(self.words, self.log, fault)
        process.join()
        return process.exitcode

    def complete(self) -> dict[str, str]:
        """Run, which must succeed; what the home then holds."""
        assert self.run() == 0, self.log.read_text()
        return state(self.home)


@pytest.fixture(scope="session")
def chance() -> random.Random:
    return random.Random(SEED)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of a tiny model; the fork server loads both."""
    folder = tmp_path_factory.mktemp("models")
    built = build_model(folder / "one", "1"), build_model(folder / "two", "2")
    os.environ["DRAMATIS_TEST_MODELS"] = os.pathsep.join(map(str, built))
    return built


@pytest.fixture(scope="session")
def before(models: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site after three runs, with a second delivery waiting, and to be read by another version of the model.

    The next run does everything that runs do: it ingests, redoes a former day, retires, resolves with a memory,
    publishes and drops the oldest release.
    """
    root = tmp_path_factory.mktemp("before")
    for number, day in enumerate(("2024-03-08", "2024-03-08", "2024-03-09")):
        site = Site(root, models[0], day)
        deliver_first(site.landing) if number == 0 else deliver_page(site.landing, number)
        site.complete()
    deliver_second(site.landing)
    return Site(root, models[1], "2024-03-10")


@pytest.fixture
def site(before: Site, tmp_path: Path) -> Site:
    return copy_of(before, tmp_path / "site")


def copy_of(site: Site, root: Path) -> Site:
    """The same site elsewhere: links stay links, file times stay."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(site.root, root, symlinks=True, ignore=shutil.ignore_patterns(site.log.name))
    return Site(root, site.model, site.day)
