"""Imported by the fork server: once it has run the pipeline, each forked run begins with everything loaded."""

import os
import tempfile
from pathlib import Path

from assets.cli import main
from tests.reliability.deliveries import deliver_first

with tempfile.TemporaryDirectory() as scratch, open(os.devnull, "w") as silence:  # noqa: PTH123
    landing = Path(scratch, "landing")
    deliver_first(landing)
    kept = os.dup(1)
    os.dup2(silence.fileno(), 1)
    try:
        for model in os.environ["DRAMATIS_TEST_MODELS"].split(os.pathsep):
            words = ["run", str(landing), "--home", str(Path(scratch, "home")), "--model", model]
            main([*words, "--ingest-date", "2024-03-08"], standalone_mode=False)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
