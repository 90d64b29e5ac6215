"""The alert hook: a command of the user's own that is told when a run has failed."""

from __future__ import annotations

import os
import shlex
import subprocess

COMMAND = "DRAMATIS_ALERT"
_SECONDS = 60


def alert(message: str, run_id: str) -> str | None:
    """Call the command that DRAMATIS_ALERT names, the message on its standard input and DRAMATIS_RUN_ID set.

    No shell reads it. Returns what went wrong with the alert itself, which is never a reason to fail; None otherwise,
    and where no command is named.
    """
    command = os.environ.get(COMMAND)
    if not command:
        return None
    environment = {**os.environ, "DRAMATIS_RUN_ID": run_id}
    try:
        done = subprocess.run(
            shlex.split(command), input=message, text=True, env=environment, timeout=_SECONDS, capture_output=True
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"the alert could not be given: {error}"
    return f"the alert ended with {done.returncode}: {done.stderr.strip()}" if done.returncode else None
