"""`dramatis` as a process of its own, forked from a warmed one so that a hundred of them can be killed.

Only the start differs from a process begun by hand: nothing of the pipeline's state is shared, and SIGKILL is SIGKILL.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

# What changes names and links on disk: before each of these a run can be killed. (Bytes are written by C++ code that
# tells no audit hook; kills at random moments meet it.)
STEPS = frozenset({"os.rename", "os.symlink"})

LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


@dataclass(frozen=True)
class Fault:
    """What befalls a run. kill_at: the number of the step before which it kills itself; steps: a file to list them in;
    most_bytes: the size at which any file it writes finds the disk full; offline: whether opening a socket fails."""

    kill_at: int | None = None
    steps: Path | None = None
    most_bytes: int | None = None
    offline: bool = False


NONE = Fault()


def start(words: Sequence[str], log: Path, fault: Fault = NONE) -> ForkServerProcess:
    """Start `dramatis words...`, its output appended to `log`."""
    process = context().Process(target=_dramatis, args=(list(words), log, fault))
    process.start()
    return process


def context() -> Any:
    """The warmed fork server's; it is started by the first process."""
    server = get_context("forkserver")
    server.set_forkserver_preload(["tests.reliability.warmed"])
    return server


def _dramatis(words: list[str], log: Path, fault: Fault) -> None:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    from assets.cli import main

    if fault.most_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.most_bytes, fault.most_bytes))
    if fault != NONE:
        sys.addaudithook(_Watch(fault, os.getpid()))
    main(words)


class _Watch:
    """Counts the steps of a run, and does to it what the fault says."""

    def __init__(self, fault: Fault, process: int) -> None:
        self._fault, self._process, self._count = fault, process, 0

    def __call__(self, event: str, args: tuple) -> None:
        if self._fault.offline and (event in LOOK_UPS or (event == "socket.__new__" and args[1] != socket.AF_UNIX)):
            raise OSError(f"no network here: {event}")
        if event not in STEPS:
            return
        if self._fault.steps is not None:
            with os.fdopen(os.open(self._fault.steps, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "a") as listed:
                listed.write(json.dumps([event, *map(str, args)]) + "\n")
        if self._count == self._fault.kill_at:
            os.kill(self._process, signal.SIGKILL)
        self._count += 1
