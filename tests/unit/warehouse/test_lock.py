"""One writer a home: the second waits, or says clearly who is there; a dead writer holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.warehouse.lock import LOCK_NAME, Holder, HomeBusyError, home_lock, lock_holder

_HOLD = """
import sys, pathlib
from pipeline.warehouse.lock import home_lock
with home_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the home until its standard input closes."""
    command = [sys.executable, "-c", _HOLD, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_home_is_free_again_after_a_run(tmp_path: Path) -> None:
    for _ in range(2):
        with home_lock(tmp_path / "home"):
            holder = lock_holder(tmp_path / "home")
            assert holder is not None
            assert holder.pid == os.getpid()
    assert lock_holder(tmp_path / "home") is None
    assert lock_holder(tmp_path / "no home") is None


def test_a_home_is_free_again_after_a_run_that_failed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="broken"), home_lock(tmp_path):
        raise RuntimeError("broken")
    assert lock_holder(tmp_path) is None


def test_the_second_run_is_told_who_holds_the_home(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        with pytest.raises(HomeBusyError) as busy, home_lock(tmp_path):
            pass
        assert f"process {process.pid}" in str(busy.value)
        assert str(tmp_path) in str(busy.value)


def test_the_second_run_waits_for_the_first(tmp_path: Path) -> None:
    waited_for: list[Holder | None] = []
    with another_process(tmp_path) as process:

        def release(holder: Holder | None) -> None:
            waited_for.append(holder)
            assert process.stdin is not None
            process.stdin.close()

        with home_lock(tmp_path, wait_seconds=60, on_wait=release):
            held = lock_holder(tmp_path)
            assert held is not None
            assert held.pid == os.getpid()
        assert [h.pid for h in waited_for if h] == [process.pid]


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with home_lock(tmp_path):
            assert lock_holder(tmp_path) is not None


def test_a_new_run_sweeps_what_a_killed_one_left(tmp_path: Path) -> None:
    half = tmp_path / "lake" / "blocks" / ".part-a.parquet.99.tmp"
    whole, theirs = half.with_name("part-a.parquet"), tmp_path / "landing" / ".page.tmp"
    for path in (half, whole, theirs):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    with home_lock(tmp_path):
        assert not half.exists()
    assert whole.exists()
    assert theirs.exists()


def test_an_unsigned_lock_is_still_a_lock(tmp_path: Path) -> None:
    with another_process(tmp_path):
        (tmp_path / LOCK_NAME).write_text("{")
        with pytest.raises(HomeBusyError, match="another process"), home_lock(tmp_path):
            pass


def test_two_threads_never_hold_it_at_once(tmp_path: Path) -> None:
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(3):
            with home_lock(tmp_path, wait_seconds=60):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
