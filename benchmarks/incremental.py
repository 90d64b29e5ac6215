"""What a run costs when a little has changed beside much that is known.

    python -m benchmarks.incremental PAGES [--documents 10000] [--new 100]

PAGES is a file as for benchmarks.run_cost. Documents are recombined from its paragraphs, five each, and numbered, so
that none is known; a hundred stand in a file. Each measured run is a process of its own: a first delivery, a small
second one, nothing new, the second delivered again under other names, a word of the user in overrides.yml, and the
second delivery deleted, with --prune.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.run_cost import measured

PARAGRAPHS = 5
LONGEST = 400  # characters


def paragraphs(file: Path) -> list[str]:
    """The distinct paragraphs of some length in the light variant of all pages."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        pages = (json.loads(line).get("text_light") or "" for line in lines)
        found = {part.strip() for page in pages for part in page.split("\n") if 60 <= len(part.strip()) <= LONGEST}
    return sorted(found)


def deliver(landing: Path, name: str, count: int, source: list[str], chance: random.Random) -> None:
    """`count` new documents as JSON lines, a hundred a file."""
    landing.mkdir(exist_ok=True)
    for at in range(0, count, 100):
        records = []
        for number in range(at, min(at + 100, count)):
            parts = [f"{name} {number}: {part}" for part in chance.choices(source, k=PARAGRAPHS)]
            outlet = f"outlet-{number % 20}"
            records.append(json.dumps({"text": "\n\n".join(parts), "outlet": outlet}))
        (landing / f"{name}-{at:06d}.jsonl").write_text("\n".join(records) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--new", type=int, default=100)
    args = parser.parse_args()
    source, chance = paragraphs(args.file), random.Random(1)
    with tempfile.TemporaryDirectory() as scratch:
        landing, home = Path(scratch) / "landing", Path(scratch) / "home"

        def again() -> None:
            for path in landing.glob("late-*"):
                path.with_name(f"again-{path.name}").write_bytes(path.read_bytes())

        def gone() -> None:
            for path in landing.glob("*late-*"):
                path.unlink()

        changes: list[tuple[str, Callable[[], object], list[str]]] = [
            ("first delivery", lambda: deliver(landing, "early", args.documents, source, chance), []),
            ("new documents", lambda: deliver(landing, "late", args.new, source, chance), []),
            ("nothing new", lambda: None, []),
            ("delivered again", again, []),
            ("an override", lambda: (home / "overrides.yml").write_text("merge: []\n", encoding="utf-8"), []),
            ("deleted, --prune", gone, ["--prune"]),
        ]
        print(f"{args.documents} documents, {args.new} new\n{'':20}{'CPU s':>10}{'wall s':>10}{'of first':>10}")
        first = 0.0
        for what, change, options in changes:
            change()
            command = [sys.executable, "-m", "assets", "run", str(landing), "--home", str(home), *options]
            cpu, wall, _ = measured(command)
            first = first or cpu
            print(f"{what:20}{cpu:10.1f}{wall:10.1f}{cpu / first:10.0%}", flush=True)


if __name__ == "__main__":
    main()
