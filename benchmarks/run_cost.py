"""What a whole run costs beside the bare language model: CPU seconds, memory, and a run with nothing new.

    python -m benchmarks.run_cost PAGES [--pages 2000]

PAGES is a gzipped JSON-lines file, a page a line, with `url` and one or more fields `text_<variant>`; pages of the
variants are taken in turn until there are enough. Every measured part is a process of its own: the run, a second
run with nothing new, and spaCy's `nlp.pipe` over the text that the run kept, with the components the run uses.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

BARE_MODEL = """
import sys
from pipeline.entities.model import load_model
from pipeline.warehouse.lake import Lake
from pathlib import Path
scanned = Lake(Path(sys.argv[1])).scan("documents", ["clean_text"])
texts = [text for part in scanned for text in part["clean_text"].to_pylist()]
for doc in load_model().pipe(texts):
    pass
"""


def pages(path: Path, variants: list[str]) -> Iterator[tuple[str, str]]:
    """(url, text) of every page in the first variant, then in the next."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for variant in variants:
        yield from ((row["url"], row[f"text_{variant}"]) for row in rows if row.get(f"text_{variant}"))


def write_landing(folder: Path, found: Iterator[tuple[str, str]]) -> int:
    """The pages as one JSON-lines file a hundred; returns how many."""
    count = 0
    folder.mkdir(parents=True)
    while batch := list(islice(found, 100)):
        lines = (json.dumps({"url": url, "text": text}) for url, text in batch)
        (folder / f"{count:06d}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        count += len(batch)
    return count


def measured(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds (user and system, its children included), wall seconds and peak MiB of a command."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            said.seek(0)
            raise SystemExit(f"{' '.join(command[:4])} ... failed:\n{said.read()}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--variants", default="light,semi")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        landing, home = Path(scratch) / "landing", Path(scratch) / "home"
        count = write_landing(landing, islice(pages(args.file, args.variants.split(",")), args.pages))
        run = [sys.executable, "-m", "assets", "run", str(landing), "--home", str(home)]
        rows = {
            "run": measured(run),
            "run, nothing new": measured(run),
            "bare nlp.pipe": measured([sys.executable, "-c", BARE_MODEL, str(home)]),
            "imports alone": measured([sys.executable, "-c", "import assets.definitions, spacy"]),
        }
    print(f"{count} pages")
    print(f"{'':20}{'CPU s':>10}{'wall s':>10}{'peak MiB':>10}")
    for name, (cpu, wall, peak) in rows.items():
        print(f"{name:20}{cpu:10.1f}{wall:10.1f}{peak:10.0f}")
    print(f"run / bare model, CPU: {rows['run'][0] / rows['bare nlp.pipe'][0]:.2f}")


if __name__ == "__main__":
    main()
