"""Measure name resolution: blocking, ablation, speed at scale. (../shared/bench/score.py measures the doors.)

    python -m benchmarks.names blocking PAIRS CLUSTERS
    python -m benchmarks.names ablation PAIRS
    python -m benchmarks.names speed --names 100000

pairs: JSON lines with a, b, type (PER, ORG), same, cls; clusters: id, type, names. `speed` makes its names up.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import time
from pathlib import Path

import numpy as np
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from benchmarks.train_pairs import HIDDEN, LABELS, fit
from pipeline.resolve.blocking import candidate_pairs
from pipeline.resolve.comparison import cluster
from pipeline.resolve.matcher import score_pairs
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import PERSON, Name, parse_name
from pipeline.resolve.pair_features import FEATURES, WORST, pair_features

GROUPS = {
    "nothing": (),
    "the worst part in detail": WORST,
    "which part is missing": ("extra_first", "extra_middle", "extra_last", "first_clash", "last_clash"),
    "whole strings": ("joined", "joined_sound", "sorted", "same_joined"),
    "order": ("in_order", "first_alike", "last_alike"),
    "weights of parts": ("covered_less", "covered_more", "covered_short", "left_both", "left_more", "matched_weight",
                         "best_rare", "core_less", "core_more", "core_left_both"),
    "initials, suffixes, numbers": ("initials_met", "initials_clash", "suffix_clash", "number_clash"),
}  # fmt: skip


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def visible(rows: list[dict]) -> list[dict]:
    """Pairs whose spelling gives something to go by."""
    return [r for r in rows if not (r["same"] and r["cls"] in HIDDEN)]


def blocking(args: argparse.Namespace) -> None:
    """How many of the findable pairs of names are candidates, and how many candidates a name has."""
    distinct: dict[tuple[str, str], Name] = {}
    for row in read(args.clusters):
        for spelled in row["names"]:
            name = parse_name(spelled, LABELS[row["type"]])
            distinct.setdefault((name.group, name.key), name)
    names = [distinct[key] for key in sorted(distinct)]
    place = {key: i for i, key in enumerate(sorted(distinct))}
    left, right = candidate_pairs(names)
    wanted = set()
    for row in visible(read(args.pairs)):
        ends = [place.get((n.group, n.key)) for n in (parse_name(row[s], LABELS[row["type"]]) for s in "ab")]
        if row["same"] and None not in ends and ends[0] != ends[1]:
            wanted.add((min(ends), max(ends)))
    held = len(wanted & set(zip(left.tolist(), right.tolist(), strict=True)))
    print(
        f"{len(names)} names, {len(left) / len(names):.1f} candidates a name, {held / len(wanted):.3f} of {len(wanted)}"
    )


def ablation(args: argparse.Namespace) -> None:
    """F1 and average precision of persons on the half not trained on, each group of features left out in turn."""
    from sklearn.metrics import average_precision_score, f1_score

    rows = [r for r in visible(read(args.pairs)) if r["type"] == "PER"]
    names = sorted({r[s] for r in rows for s in "ab"})
    number = {n: i for i, n in enumerate(names)}
    ends = np.array([[number[r[s]] for s in "ab"] for r in rows])
    x = pair_features(name_table([parse_name(n, PERSON) for n in names]), ends[:, 0], ends[:, 1])
    y = np.array([r["same"] for r in rows])
    half = np.array([hash_half(r["a"]) for r in rows])
    for title, left_out in GROUPS.items():
        z = x.copy()
        z[:, [FEATURES.index(name) for name in left_out]] = 0
        score = fit(z[half], y[half]).probability(z[~half])
        best = max(f1_score(y[~half], score > t) for t in np.linspace(0.3, 0.8, 26))
        print(f"without {title:40s} f1 {best:.4f}  ap {average_precision_score(y[~half], score):.4f}", flush=True)


def hash_half(name: str) -> bool:
    """Halves by the first letter-pair of the first name: spellings of one entity mostly stay together."""
    return sum(parse_name(name, PERSON).key[:2].encode()) % 2 == 0


def invented(count: int) -> list[str]:
    """Distinct made-up names: syllables in three parts, every third name a respelling of the one before."""
    rng = random.Random(7)
    syllables = [c + v for c in (*"bdfghjklmnpqrstvz", "kh", "sh", "th") for v in (*"aeiou", "ou")]
    names: dict[str, None] = {}
    while len(names) < count:
        parts = ["".join(rng.choices(syllables, k=rng.choice((2, 2, 3)))).title() for _ in range(rng.choice((2, 3)))]
        names[" ".join(parts)] = None
        if rng.random() < 0.33:
            names[" ".join(parts).replace("ou", "u").replace("q", "k")] = None
    return list(names)[:count]


def speed(args: argparse.Namespace) -> None:
    """Compared pairs a CPU second beside rapidfuzz, and the time to cluster many names."""
    names = invented(args.names)
    some = sorted((parse_name(n, PERSON) for n in names[:5000]), key=lambda n: n.key)
    table, (left, right) = name_table(some), candidate_pairs(some)
    start = time.process_time()
    score_pairs(table, left, right, PERSON)
    print(f"compared pairs a CPU second: {len(left) / (time.process_time() - start):,.0f}")
    start = time.process_time()
    cdist(names[:1500], names[:1500], scorer=token_sort_ratio)
    print(f"rapidfuzz token_sort, all pairs: {1500**2 / (time.process_time() - start):,.0f} a CPU second")
    start, cpu = time.perf_counter(), time.process_time()
    found = len(set(cluster([(n, PERSON) for n in names])))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{len(names):,} names to {found:,} clusters: {seconds:.0f} s, {cpu:.0f} CPU s, peak {memory} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for run, files in ((blocking, ("pairs", "clusters")), (ablation, ("pairs",)), (speed, ())):
        command = commands.add_parser(run.__name__, help=run.__doc__)
        for file in files:
            command.add_argument(file, type=Path)
        command.set_defaults(run=run)
    commands.choices["speed"].add_argument("--names", type=int, default=100_000)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
