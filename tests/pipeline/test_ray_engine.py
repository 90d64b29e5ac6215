"""The document-local stages on a Ray cluster of two nodes (the extra `ray`; `make extras` brings it): same tables."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.report import RecordingReport
from assets.settings import Settings
from assets.stages.clean import clean
from assets.stages.engine import EngineMissingError, run_parts
from assets.stages.entities import find_mentions
from assets.stages.ingest import ingest
from tests.conftest import DAY, SAMPLES

TABLES = ("outlet_lines", "documents", "blocks", "mentions", "model_outputs")


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two nodes of one processor each, a process group of its own for each, on this machine."""
    pytest.importorskip("ray", reason="the extra `ray` is not installed: make extras")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    ray.init(address=nodes.address, log_to_driver=False)
    yield
    ray.shutdown()
    nodes.shutdown()


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with sample pages of three outlets, delivered one after the other: three parts of one day."""
    home = tmp_path_factory.mktemp("ingested")
    for outlet in ("harbour-courier", "steppe-monitor", "levant-dispatch"):
        landing = tmp_path_factory.mktemp(outlet)
        shutil.copytree(SAMPLES / outlet, landing / outlet)
        ingest(Settings(landing, home), DAY, RecordingReport())
    return home


def lake_after(ingested: Path, home: Path, engine: str) -> dict[str, bytes]:
    """The stages' parts by path below the lake, once the engine has cleaned and searched the day's pages."""
    shutil.copytree(ingested, home)
    settings, report = Settings(None, home, engine=engine), RecordingReport()
    assert clean(settings, DAY, report) == find_mentions(settings, DAY, report) > 10
    files = (p for name in TABLES for p in (home / "lake" / name).rglob("part-*.parquet"))
    return {str(p.relative_to(home)): p.read_bytes() for p in files}


def test_both_engines_write_the_same_bytes(cluster: None, ingested: Path, tmp_path: Path) -> None:
    local, ray = (lake_after(ingested, tmp_path / engine, engine) for engine in ("local", "ray"))
    assert len([path for path in local if "mentions" in path]) == 3
    # Which part a text that two share was first read for is up to the clock: its store is no published table.
    assert {p: b for p, b in local.items() if "model_outputs" not in p} == {
        p: b for p, b in ray.items() if "model_outputs" not in p
    }


def test_the_work_is_spread_over_the_nodes_and_keeps_what_it_loaded(cluster: None) -> None:
    class Work:
        """Loads a model once a copy of itself, as a stage does once a process."""

        loads = 0

        def __call__(self, item: int) -> tuple[int, int, str, int]:
            import ray

            if not self.loads:
                self.loads += 1
            return item, os.getpid(), ray.get_runtime_context().get_node_id(), self.loads

    found = list(run_parts("ray", Work(), list(range(20))))
    assert [item for item, *_ in found] == list(range(20))
    assert len({node for _, _, node, _ in found}) == 2
    assert len({process for _, process, _, _ in found} - {os.getpid()}) == 2
    assert {loads for *_, loads in found} == {1}


def test_what_goes_wrong_on_a_node_is_told_here(cluster: None) -> None:
    def work(item: str) -> str:
        raise ValueError(f"no such page: {item}")

    with pytest.raises(ValueError, match="no such page: p1"):
        list(run_parts("ray", work, ["p1"]))


def test_without_ray_the_run_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineMissingError, match=r"dramatis\[ray\]"):
        list(run_parts("ray", str, ["part"]))


def test_nothing_to_do_starts_no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    nothing: list[Any] = []
    assert list(run_parts("ray", str, nothing)) == []
