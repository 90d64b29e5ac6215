"""SIGKILL at any moment: the next run completes as if nothing had been, and no reader notices."""

from __future__ import annotations

import json
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.reliability.conftest import FAULTS, Site, copy_of
from tests.reliability.forked import Fault, start
from tests.reliability.reader import read_everything, reading
from tests.reliability.state import leftovers, state


@pytest.fixture(scope="module")
def unharmed(before: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], list[list[str]], float]:
    """What an uninterrupted run leaves, the steps it takes, and how many seconds."""
    root = tmp_path_factory.mktemp("unharmed")
    site, steps = copy_of(before, root / "site"), root / "steps"
    began = time.monotonic()
    assert site.run(Fault(steps=steps)) == 0, site.log.read_text()
    seconds = time.monotonic() - began
    return state(site.home), [json.loads(line) for line in steps.read_text().splitlines()], seconds


def outcome(site: Site, expected: dict[str, str], what: str) -> None:
    """Hold that readers have a whole release, and that the next run makes of the home what it should be."""
    read_everything(site.home)
    found = site.complete()
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    assert not different, f"after a kill {what}: {different}"
    assert not leftovers(site.home)


def test_killed_at_random_moments(before: Site, unharmed, chance: random.Random, tmp_path: Path) -> None:
    expected, _, seconds = unharmed

    def kill_one(number: int, shares: random.Random) -> None:
        while True:
            site, moment = copy_of(before, tmp_path / str(number)), shares.uniform(0, seconds)
            with reading(site.home) as seen:
                process = start(site.words, site.log)
                process.join(moment)
                process.kill()
                process.join()
                if process.exitcode == -signal.SIGKILL:  # else it had ended: no kill
                    outcome(site, expected, f"{moment:.2f} s into a run of {seconds:.2f} s")
            assert not seen.faults, seen.faults[0]
            if process.exitcode == -signal.SIGKILL:
                return shutil.rmtree(site.root)

    in_two_places(kill_one, [(number, random.Random(chance.random())) for number in range(FAULTS)])
    print(f"{FAULTS} kills at random moments survived")


def test_killed_before_every_change_of_a_name(before: Site, unharmed, chance: random.Random, tmp_path: Path) -> None:
    expected, steps, _ = unharmed
    assert {"os.rename", "os.symlink"} == {event for event, *_ in steps}

    def kill_at(number: int) -> None:
        site = copy_of(before, tmp_path / str(number))
        with reading(site.home) as seen:
            assert site.run(Fault(kill_at=number)) == -signal.SIGKILL
            outcome(site, expected, f"before {steps[number]}")
        assert not seen.faults, seen.faults[0]
        shutil.rmtree(site.root)

    tried = sorted(chance.sample(range(len(steps)), min(2 * FAULTS, len(steps))))
    in_two_places(kill_at, [(number,) for number in tried])
    print(f"{len(tried)} kills before one of {len(steps)} renames and links survived")


def in_two_places(work: Callable[..., None], cases: Iterable[tuple]) -> None:
    """Do the work for all cases, two at a time: each has a process and a folder of its own."""
    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(work, *case) for case in cases]:
            done.result()
