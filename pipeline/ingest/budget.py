"""A limit on the processor time that one input may take, for whatever the caps on its size do not foresee."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_AGAIN_AFTER = 1.0  # seconds; for an overrun that some bare `except` has swallowed


class OverBudgetError(BaseException):
    """The time is used up. No Exception, so that no handler of errors on the way takes it for one of its own."""


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """Raise OverBudgetError in the block once the process has spent `seconds` of processor time in it.

    Processor time, so that a busy machine refuses no more than an idle one. The signal behind it reaches Python code
    and regular expressions, not a C call that never returns; only the main thread can receive it: in any other, and
    where there is no such timer, the block runs unlimited. Blocks do not nest.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_AFTER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise OverBudgetError
