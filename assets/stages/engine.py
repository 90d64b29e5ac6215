"""Where the document-local work runs: here, one batch after the other, or in the processes of a Ray cluster.

Work is a function from an item (the path of a lake part) to a small result; it reads the part and writes its own parts,
so that what travels are names. Parts replace themselves when written twice: work may be tried again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class EngineMissingError(RuntimeError):
    """The engine asked for is not installed."""


def run_parts(engine: str, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """The results of the work in the order of the items. Raises EngineMissingError, and whatever the work raises."""
    if engine == "ray" and items:
        return _run_on_ray(work, items)
    return map(work, items)


def _run_on_ray(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """One actor a processor of the cluster, each with a model of its own that it loads once.

    The cluster is that of RAY_ADDRESS, else one of this machine's cores which ends with the process.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no network but the cluster's own
    try:
        import ray
        from ray.util import ActorPool
    except ImportError as error:
        raise EngineMissingError("Ray is not installed: pip install 'dramatis[ray]'") from error
    if not ray.is_initialized():
        ray.init(include_dashboard=None if "RAY_ADDRESS" in os.environ else False, log_to_driver=False)
    actor = ray.remote(num_cpus=1, max_restarts=3, max_task_retries=3)(_Worker)
    count = max(1, min(len(items), int(ray.cluster_resources().get("CPU", 1))))
    pool = ActorPool([actor.remote(work) for _ in range(count)])
    yield from pool.map(lambda worker, item: worker.run.remote(item), items)


class _Worker:
    """The actor: keeps the work, and with it what the work loads, from one item to the next."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work

    def run(self, item: Any) -> Any:
        return self._work(item)
