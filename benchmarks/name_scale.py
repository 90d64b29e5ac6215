"""Measure name resolution at scale: what blocking holds, and how fast many names become entities.

    python -m benchmarks.name_scale blocking PAIRS CLUSTERS
    python -m benchmarks.name_scale speed --names 100000
    python -m benchmarks.name_scale add --names 100000 --new 100

pairs: JSON lines with a, b, type (PER, ORG), same, cls; clusters: id, type, names. `speed` makes its names up
(benchmarks/made_up_names.py).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from benchmarks.made_up_names import made_up_names
from benchmarks.names import read, visible
from benchmarks.train_pairs import LABELS
from pipeline.resolve.clustering import cluster_nodes
from pipeline.resolve.comparison import cluster, pair_evidence
from pipeline.resolve.matcher import score_pairs
from pipeline.resolve.name_pairs import NameMemory, compare_candidates, compare_names, signature
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import PERSON, Name, parse_name
from pipeline.warehouse.lake import Lake


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, by the clock and by CPU, and the process's peak of memory so far."""
    start, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{what}: {seconds:.1f} s, {cpu:.1f} CPU s, peak {memory:,} MiB", flush=True)


def blocking(args: argparse.Namespace) -> None:
    """How many of the findable pairs of names are candidates, and how many candidates a name has."""
    distinct: dict[tuple[str, str], Name] = {}
    for row in read(args.clusters):
        for spelled in row["names"]:
            name = parse_name(spelled, LABELS[row["type"]])
            distinct.setdefault((name.group, name.key), name)
    place = {key: i for i, key in enumerate(sorted(distinct))}
    left, right, _ = compare_candidates([distinct[key] for key in place])
    wanted = set()
    for row in visible(read(args.pairs)):
        ends = [place.get((n.group, n.key)) for n in (parse_name(row[s], LABELS[row["type"]]) for s in "ab")]
        if row["same"] and None not in ends and ends[0] != ends[1]:
            wanted.add((min(ends), max(ends)))
    held = len(wanted & set(zip(left.tolist(), right.tolist(), strict=True)))
    each, share = len(left) / len(place), held / len(wanted)
    print(f"{len(place)} names, {each:.1f} candidates a name, {share:.3f} of {len(wanted)} pairs held")


def speed(args: argparse.Namespace) -> None:
    """Compared pairs a CPU second beside rapidfuzz, and the time to cluster many names."""
    names = made_up_names(args.names)
    some = sorted((parse_name(n, PERSON) for n, label in names[:20_000] if label == PERSON), key=signature)
    table, (left, right, _) = name_table(some), compare_candidates(some)
    left, right = left[:200_000], right[:200_000]
    start = time.process_time()
    score_pairs(table, left, right, PERSON)
    print(f"compared pairs a CPU second: {len(left) / (time.process_time() - start):,.0f}")
    texts = [n for n, _ in names[:1500]]
    start = time.process_time()
    cdist(texts, texts, scorer=token_sort_ratio, dtype=np.float32)
    rate = len(texts) ** 2 / (time.process_time() - start)
    print(f"rapidfuzz token_sort: {rate:,.0f} pairs a CPU second")
    print(f"  all pairs of {len(names):,} names: {len(names) ** 2 / 2 / rate:,.0f} CPU s")
    with timed(f"{len(names):,} names clustered"):
        found = len(set(cluster(names)))
    print(f"  {found:,} clusters")


def add(args: argparse.Namespace) -> None:
    """The time to add a few names to many that are known, in a process that knows nothing but what was written."""
    made = made_up_names(args.names + args.new)
    with TemporaryDirectory() as home:
        for count, what in ((args.names, "names"), (len(made), f"names, {args.new:,} of them new")):
            parsed = {signature(name): name for name in (parse_name(*pair) for pair in made[:count])}
            names = [parsed[text] for text in sorted(parsed)]
            run = get_context("spawn").Process(target=remembering, args=(Path(home), names, f"{len(names):,} {what}"))
            run.start()
            run.join()
            if run.exitcode:
                raise SystemExit(run.exitcode)


def remembering(home: Path, names: list[Name], what: str) -> None:
    """Read what is remembered, compare, cluster and write as the resolve stage does, and say what it took."""
    lake, tables = Lake(home), NameMemory.empty().tables()
    with timed(what):
        before = NameMemory.from_tables(*(lake.read(name) for name in tables))
        memory = compare_names(names, before)
        found = cluster_nodes(len(names), memory.left, memory.right, pair_evidence(names, memory.left, memory.score))
        for name, table in memory.tables().items():
            lake.write(name, table, version="benchmark", key="all")
    print(f"  {len(set(found)):,} clusters", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for run, files in ((blocking, ("pairs", "clusters")), (speed, ()), (add, ())):
        command = commands.add_parser(run.__name__, help=run.__doc__)
        for file in files:
            command.add_argument(file, type=Path)
        command.set_defaults(run=run)
    for choice in ("speed", "add"):
        commands.choices[choice].add_argument("--names", type=int, default=100_000)
    commands.choices["add"].add_argument("--new", type=int, default=100)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
