"""Batches worked on in this process, or spread over several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")


class Map(Protocol):
    """What `map` does: applies a function to each batch and gives the results in order."""

    def __call__(self, function: Callable[[Batch], Result], batches: Iterable[Batch], /) -> Iterator[Result]: ...


@contextmanager
def workers(processes: int) -> Iterator[Map]:
    """A `map` over so many processes, the built-in one for a single process.

    Functions, batches and results must be picklable. The processes start with the first batch and end with the block.
    """
    if processes == 1:
        yield map
        return
    with ProcessPoolExecutor(processes) as pool:
        yield pool.map
