"""What operates a run unattended sees of it: logs with the run's id, metrics, and an alert when it fails."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.alert import COMMAND, alert
from assets.cli import main
from assets.metrics import run_metrics
from pipeline.warehouse.release import current_release
from tests.conftest import ROOT
from tests.pipeline.test_published_tables import rows
from tests.reliability.conftest import Site

TELL = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(os.environ['DRAMATIS_RUN_ID'] + sys.stdin.read())"


def logged(site: Site) -> list[dict]:
    shown = CliRunner().invoke(main, [*site.words, "--log", "json"])
    return [json.loads(line) for line in shown.output.splitlines()]


def test_a_run_logs_each_step_as_json_under_the_id_that_runs_knows(site: Site) -> None:
    events = logged(site)
    assert [event["event"] for event in events if event["event"] != "step"] == ["run_started", "run_finished"]
    assert {event["run_id"] for event in events} == {events[0]["run_id"]}
    assert all(datetime.fromisoformat(event["time"]).utcoffset() is not None for event in events)
    assert {"ingest", "clean", "mentions", "resolve", "warehouse", "release"} <= {event.get("step") for event in events}
    last = rows(site.home, "SELECT run_id, document_count FROM runs ORDER BY finished_at DESC LIMIT 1")
    assert last == [(events[0]["run_id"], events[-1]["document_count"])]
    assert 0 < events[-1]["kept_share"] <= 1


def test_metrics_are_those_of_the_release(site: Site) -> None:
    release = current_release(site.home)
    assert release is not None
    metrics = run_metrics(release)
    counted = rows(site.home, "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM entities)")
    assert counted == [(metrics["document_count"], metrics["entity_count"])]


def test_a_failed_run_is_told_to_the_command_that_is_named(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told.txt"
    monkeypatch.setenv(COMMAND, f'{sys.executable} -c "{TELL}" {told}')
    (site.home / "overrides.yml").write_text("merge: [")
    events = logged(site)
    assert events[-1]["event"] == "run_failed" and "overrides.yml" in events[-1]["message"]
    assert told.read_text() == events[-1]["run_id"] + events[-1]["message"]


@pytest.mark.parametrize("command", ["/no/such/command", f"{sys.executable} -c 'raise SystemExit(3)'", "'"])
def test_an_alert_that_cannot_be_given_is_said_and_fails_nothing(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMMAND, command)
    assert alert("it broke", "r1")


def test_without_a_command_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(COMMAND, raising=False)
    assert alert("it broke", "r1") is None


def test_the_units_call_commands_and_options_that_exist() -> None:
    options = {option for parameter in main.commands["run"].params for option in parameter.opts}
    units = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
    started = [
        line.split() for unit in units for line in unit.read_text().splitlines() if line.startswith("ExecStart=")
    ]
    assert [Path(words[0]).name for words in started] == ["dagster-daemon", "dramatis"]
    (run,) = [words for words in started if words[0].endswith("/dramatis")]
    assert run[1] in main.commands
    assert {word for word in run if word.startswith("--")} <= options
