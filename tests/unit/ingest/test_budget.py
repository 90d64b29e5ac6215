"""A time budget that holds: what runs away is stopped, by the processor time it takes."""

import re
import threading
import time

import pytest

from pipeline.ingest import Limits, OverBudgetError, landing, time_budget
from tests.unit.ingest.landing_folder import STORY, read, reasons, write


def spin(seconds: float = 20.0) -> None:
    """Use processor time, and let no ordinary handler of errors stop it."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        try:
            sum(range(1000))
        except Exception:
            raise AssertionError("the overrun was taken for an error") from None


def test_what_uses_up_its_time_is_stopped():
    with pytest.raises(OverBudgetError), time_budget(0.05):
        spin()


def test_a_regular_expression_that_backtracks_without_end_is_stopped():
    with pytest.raises(OverBudgetError), time_budget(0.05):
        re.match(r"(a|aa)+$", "a" * 200 + "b")


def test_waiting_costs_nothing():
    with time_budget(0.05):
        time.sleep(0.2)


def test_nothing_is_stopped_after_the_block():
    with time_budget(0.05):
        pass
    spin(0.2)


def test_in_another_thread_the_block_runs_unlimited():
    done = []

    def work():
        with time_budget(0.01):
            spin(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_a_page_that_takes_too_long_is_refused_and_the_next_is_read(tmp_path, monkeypatch):
    real = landing.document_row

    def row(page, *rest):
        if page.member == "L2":
            spin()
        return real(page, *rest)

    monkeypatch.setattr("pipeline.ingest.landing.document_row", row)
    lines = "".join(f'{{"text": "{number}. The tide came in."}}\n' for number in range(1, 4))
    write(tmp_path, {"a.jsonl": lines, "b.txt": STORY})
    documents, rejected, _ = read(tmp_path, limits=Limits(document_seconds=0.5))
    assert [d["source_path"] for d in documents] == ["a.jsonl#L1", "a.jsonl#L3", "b.txt"]
    assert reasons(rejected) == {"a.jsonl#L2": "too_slow"}
