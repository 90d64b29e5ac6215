"""What each group of features is worth to name comparison. (../shared/bench/score.py measures the doors.)

    python -m benchmarks.names ablation PAIRS

pairs: JSON lines with a, b, type (PER, ORG), same, cls. Blocking and speed: benchmarks/name_scale.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

from benchmarks.train_pairs import HIDDEN, fit
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import PERSON, parse_name
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("ablation", help=ablation.__doc__)
    command.add_argument("pairs", type=Path)
    command.set_defaults(run=ablation)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
