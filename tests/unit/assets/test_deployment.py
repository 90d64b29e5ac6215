"""The files of deploy/ as what reads them reads them, and the freshness of the marts as Dagster judges it."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions import freshness_evaluator
from dagster._core.loader import LoadingContextForTest

from assets.cli import main
from assets.definitions import defs
from tests.conftest import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SAID_LESS = {"--quiet", "--disable-pip-version-check", "--no-cache-dir"}


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions in order, comments left out and continued lines joined."""
    words = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in words.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, rest in lines]


def values(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def pip_installs(commands: str) -> list[list[str]]:
    """What each `pip install` is given, but for how much it says."""
    return [
        [word for word in shlex.split(call) if word not in SAID_LESS]
        for call in re.findall(r"pip install ([^\n&]+)", commands)
    ]


def test_the_container_installs_what_the_makefile_installs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    set_up = makefile[makefile.index("$(READY):") :].split("\n\n")[0]
    assert len(pip_installs(set_up)) == 2
    assert pip_installs("\n".join(values("RUN"))) == pip_installs(set_up)


def test_the_container_runs_a_command_that_exists_on_its_own_volumes() -> None:
    (entry,), (command,) = values("ENTRYPOINT"), values("CMD")
    assert json.loads(entry)[0] in PROJECT["scripts"]
    name, landing = json.loads(command)
    taken = main.commands[name].params
    assert [parameter.name for parameter in taken if parameter.param_type_name == "argument"] == ["landing"]
    (volumes,) = values("VOLUME")
    settings = dict(word.split("=", 1) for word in " ".join(values("ENV")).split())
    assert {landing, settings["DRAMATIS_HOME"]} == set(json.loads(volumes))
    assert settings.keys() <= {parameter.envvar for parameter in taken}


def test_the_container_has_a_python_that_the_project_takes() -> None:
    (image,) = values("FROM")
    version = tuple(map(int, re.findall(r"\d+", image)[:2]))
    assert version >= tuple(map(int, re.findall(r"\d+", PROJECT["requires-python"])[:2]))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_every_line_of_a_unit(unit: Path, tmp_path: Path) -> None:
    for each in UNITS:  # a timer is judged beside its service; what it starts must be there
        words = each.read_text(encoding="utf-8").replace("/opt/dramatis/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / each.name).write_text(words, encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize(("hours", "state"), [(1, "PASS"), (25, "PASS"), (27, "WARN"), (49, "WARN"), (51, "FAIL")])
def test_marts_are_late_after_a_day_without_a_run_and_failed_after_two(
    hours: int, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = defs.resolve_asset_graph()
    marts = [graph.get(key) for key in graph.get_all_asset_keys() if key.path[0] == "marts"]
    assert marts
    with dg.DagsterInstance.ephemeral() as instance:
        for mart in marts:
            instance.report_runless_asset_event(dg.AssetMaterialization(mart.key))
        later = time.time() + 3600 * hours
        monkeypatch.setattr(freshness_evaluator, "get_current_timestamp", lambda: later)
        judge = freshness_evaluator.TimeWindowFreshnessPolicyEvaluator().evaluate_freshness
        for mart in marts:
            found = asyncio.run(judge(LoadingContextForTest(instance), mart))
            assert found.value == state, mart.key
