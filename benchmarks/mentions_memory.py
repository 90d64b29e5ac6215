"""Whether finding mentions holds more memory the longer it runs.

    python -m benchmarks.mentions_memory PAGES [--documents 10000] [--chars 400]

PAGES is a gzipped JSON-lines file, a page a line, its text in `text` or `text_light`. Documents are stretches of the
pages' texts, no stretch twice while there are enough; they are annotated a hundred at a time, as a run does, and the
resident memory after each tenth of them is printed.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from pipeline.entities import annotate

_BATCH = 100


def stretches(path: Path, chars: int) -> Iterator[str]:
    """Pieces of the pages' texts, the first of every page, then the second of every page, and so on, without end."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [row.get("text") or row.get("text_light") or "" for row in map(json.loads, file)]
    longest = max(map(len, texts))
    yield from cycle(text[at : at + chars] for at in range(0, longest, chars) for text in texts if text[at:])


def resident_mib() -> float:
    """Resident memory of this process, as Linux counts it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--chars", type=int, default=400)
    args = parser.parse_args()
    source = islice(stretches(args.file, args.chars), args.documents)
    done = found = 0
    tenth = max(_BATCH, args.documents // 10)
    print(f"{'documents':>10}{'mentions':>10}{'resident MiB':>14}")
    while batch := list(islice(source, _BATCH)):
        found += sum(map(len, annotate(batch)))
        done += len(batch)
        if done % tenth < _BATCH:
            gc.collect()
            print(f"{done:10,}{found:10,}{resident_mib():14.0f}", flush=True)


if __name__ == "__main__":
    main()
