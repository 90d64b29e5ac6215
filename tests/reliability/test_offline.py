"""No network: a run needs none and asks for none."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.reliability.conftest import Site
from tests.reliability.forked import Fault
from tests.reliability.reader import read_everything


def test_a_run_opens_no_socket(site: Site) -> None:
    assert site.run(Fault(offline=True)) == 0, site.log.read_text()


def test_a_run_in_an_empty_network_namespace(site: Site) -> None:
    """A process started by hand, in a namespace that has not even a loopback device that is up."""
    unshare = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("network namespaces are not to be had here; sockets refused in the process are tried above")
    done = subprocess.run(
        [*unshare, sys.executable, "-m", "assets", *site.words], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    read_everything(site.home)
