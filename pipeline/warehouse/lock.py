"""One writer a home: an advisory lock that dies with its process and says who holds it.

Who takes the lock knows that no writer lives: it removes what a killed one left half written.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.warehouse import atomic

LOCK_NAME = ".lock"
_POLL_SECONDS = 0.2


@dataclass(frozen=True)
class Holder:
    """Who holds a home."""

    pid: int
    host: str
    since: str  # ISO 8601, UTC
    command: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since} ({self.command})"


class HomeBusyError(RuntimeError):
    """Another process is writing to the home; `holder` says which, when that is known."""

    def __init__(self, home: Path, holder: Holder | None) -> None:
        self.home, self.holder = home, holder
        super().__init__(f"{home} is in use by {holder or 'another process'}; try again when it has finished")


@contextmanager
def home_lock(
    home: Path, *, wait_seconds: float = 0, on_wait: Callable[[Holder | None], None] | None = None
) -> Iterator[None]:
    """Hold the home for writing; the kernel releases it when the process ends, however it ends.

    Waits up to `wait_seconds` for another holder, telling `on_wait` once; raises HomeBusyError after that.
    """
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, home, wait_seconds, on_wait)
        _sign(descriptor)
        for folder in ("lake", "exports"):  # the rest of a home is its user's
            atomic.sweep(home / folder)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)  # and with it the lock


def lock_holder(home: Path) -> Holder | None:
    """Who holds the home now; None when it is free (or when the holder has not signed yet)."""
    path = home / LOCK_NAME
    if not path.exists():
        return None
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_holder(descriptor)
    finally:
        os.close(descriptor)
    return None


def _acquire(descriptor: int, home: Path, wait_seconds: float, on_wait: Callable[[Holder | None], None] | None) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read_holder(descriptor)
        if time.monotonic() >= deadline:
            raise HomeBusyError(home, holder)
        if on_wait:
            on_wait(holder)
            on_wait = None
        time.sleep(_POLL_SECONDS)


def _sign(descriptor: int) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    holder = Holder(os.getpid(), platform.node(), since, command)
    os.ftruncate(descriptor, 0)
    with suppress(OSError):  # on a full disk the lock holds unsigned
        os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)


def _read_holder(descriptor: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(descriptor, 65536, 0)))
    except (ValueError, TypeError):  # empty or half signed
        return None
