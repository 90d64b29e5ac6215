"""What name comparison is made of, and what the knowledge file adds. (../shared/bench/score.py measures the doors.)

    python -m benchmarks.names ablation PAIRS CLUSTERS [--only ORG]
    python -m benchmarks.names missed PAIRS CLUSTERS
    python -m benchmarks.names knowledge DOCUMENTS

Documents: JSON lines with dataset, group, text, mentions [[start, end, kind, entity], ...]; resolved by group. The
other files as benchmarks/train_pairs.py reads them. Figures of pairs are of the listed ones, cross-validated by entity:
no model has seen the entities that it is judged on. Blocking and speed: benchmarks/name_scale.py; beside others:
benchmarks/name_peers.py.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks.train_pairs import (
    HIDDEN,
    LABELS,
    MADE,
    PROPOSED,
    WANTED_PRECISION,
    Examples,
    cross_validated,
    examples,
    read,
    threshold_for,
)
from pipeline.resolve import compare_many, resolve
from pipeline.resolve.clustering import cluster_nodes, components
from pipeline.resolve.comparison import EASE, pair_evidence
from pipeline.resolve.knowledge import make_knowledge
from pipeline.resolve.matcher import ruled
from pipeline.resolve.name_pairs import compare_candidates, signature
from pipeline.resolve.names import parse_name
from pipeline.resolve.pair_features import FEATURES, WORST

KINDS = {"PERSON": "PERSON", "HUM": "PERSON", "GPE": "GPE", "LOC": "GPE"}  # of mentions; all others are bodies
GROUPS = {
    "the worst part in detail": WORST,
    "which part is missing": ("extra_first", "extra_middle", "extra_last", "first_clash", "last_clash"),
    "whole strings": ("joined", "joined_letters", "sorted", "same_joined"),
    "order": ("in_order", "first_alike", "last_alike"),
    "weights of parts": ("covered_less", "covered_more", "covered_short", "left_both", "left_more", "matched_weight",
                         "best_rare", "core_less", "core_more", "core_left_both", "apart_common", "apart_rare"),
    "ordinary words": ("proper_covered", "proper_matched", "proper_best"),
    "initials, suffixes, numbers": ("initials_met", "initials_clash", "initials_left", "suffix_clash", "suffix_one",
                                    "number_clash"),
    "countries and directions": ("scope_clash", "scope_one"),
    "East Asian syllables": ("syllabic", "syllables", "same_syllables", "syllable_clash"),
}  # fmt: skip


def visible(rows: list[dict]) -> list[dict]:
    """Pairs whose spelling gives something to go by."""
    return [r for r in rows if not (r["same"] and r["cls"] in HIDDEN)]


def report(title: str, score: np.ndarray, y: np.ndarray, precision: float) -> None:
    """Average precision, and F1 and precision where the wanted precision is held."""
    state(title, score >= threshold_for(score, y, precision), score, y)


def state(title: str, decided: np.ndarray, score: np.ndarray, y: np.ndarray) -> None:
    """F1 and precision of what is decided, and average precision."""
    from sklearn.metrics import average_precision_score

    right = (decided & (y == 1)).sum()
    p, r = right / max(1, decided.sum()), right / y.sum()
    ap = average_precision_score(y, score)
    print(f"    {title:42s} f1 {2 * p * r / max(1e-9, p + r):.4f}  p {p:.4f}  ap {ap:.4f}", flush=True)


def without(data: Examples, names: tuple[str, ...]) -> Examples:
    x = data.x.copy()
    x[:, [FEATURES.index(name) for name in names]] = 0
    return replace(data, x=x)


def ablation(group: str, pairs: list[dict], clusters: list[dict]) -> None:
    """Each part left out in turn: the candidates to learn from, groups of features, the rules behind them."""
    data = examples(pairs, clusters, group)
    y, wanted, listed = data.y[data.listed], WANTED_PRECISION[group], data.listed
    bare = cross_validated(data)
    report("everything", ruled(bare, data.x, group)[listed], y, wanted)
    report("without the rules", bare[listed], y, wanted)
    x = data.x[listed]
    for title, source in (("candidates to learn from", PROPOSED), ("pairs made by rule to learn from", MADE)):
        kept = data[data.source != source]
        report(f"without {title}", ruled(cross_validated(kept)[kept.listed], x, group), y, wanted)
    for title, names in GROUPS.items():
        score = cross_validated(without(data, names))[listed]
        report(f"without {title}", ruled(score, x, group), y, wanted)


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> float:
    """B-cubed F1 of one partition against another (Bagga and Baldwin 1998)."""
    of_gold, of_found, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    p = sum(n * n / of_found[b] for (_, b), n in both.items()) / len(gold)
    r = sum(n * n / of_gold[a] for (a, _), n in both.items()) / len(gold)
    return 2 * p * r / (p + r)


def pairwise(gold: Sequence[str], found: Sequence[int]) -> tuple[float, float]:
    """F1 and precision of one partition against another, over pairs."""
    shared, joined, wanted = (
        sum(n * (n - 1) for n in Counter(groups).values()) for groups in (zip(gold, found, strict=True), found, gold)
    )
    precision, recall = shared / max(1, joined), shared / max(1, wanted)
    return 2 * precision * recall / max(1e-9, precision + recall), precision


def knowledge(path: Path) -> None:
    """B-cubed F1 over all documents of a data set, with the shipped knowledge file and without."""
    groups: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in read(path):
        groups[row["dataset"], row["group"]].append(row)
    for title, known in (("with knowledge", None), ("without", make_knowledge([]))):
        gold: dict[str, list[str]] = defaultdict(list)
        found: dict[str, list[int]] = defaultdict(list)
        for number, ((dataset, _), rows) in enumerate(sorted(groups.items())):
            documents = [(r["text"], [(s, e, KINDS.get(k, "ORG")) for s, e, k, _ in r["mentions"]]) for r in rows]
            answer = [(number << 32) + n for numbers in resolve(documents, known) for n in numbers]
            gold[dataset] += [f"{number} {m[3]}" for r in rows for m in r["mentions"]]
            found[dataset] += answer
        scores = {dataset: b_cubed(gold[dataset], found[dataset]) for dataset in gold}
        each = "  ".join(f"{dataset} {score:.3f}" for dataset, score in scores.items())
        print(f"{title:16s} mean {np.mean(list(scores.values())):.3f}  {each}", flush=True)


def missed_pairs(pairs: list[dict]) -> None:
    """Of the listed pairs that are one, by class: how many the shipped trees miss."""
    for kind, label in LABELS.items():
        same = [r for r in pairs if r["type"] == kind and r["same"]]
        found = compare_many([(r["a"], r["b"]) for r in same], label)
        every = Counter(r["cls"] for r in same)
        lost = Counter(r["cls"] for r, c in zip(same, found, strict=True) if not c.is_match)
        print(f"{label}: {lost.total()} of {every.total()} missed")
        for name, count in lost.most_common(6):
            print(f"    {name:34s} {count} of {every[name]}")


def missed_in_clusters(clusters: list[dict]) -> None:
    """Why names of one entity end in several clusters, and what is within reach of clustering alone."""
    parsed = [[parse_name(n, LABELS[r["type"]]) for n in r["names"]] for r in clusters]
    every = {(n.group, n.key): n for of_one in parsed for n in of_one}
    names = sorted(every.values(), key=signature)
    place = {(n.group, n.key): i for i, n in enumerate(names)}
    numbers = [[place[n.group, n.key] for n in of_one] for of_one in parsed]
    left, right, scores = compare_candidates(names)
    weight = pair_evidence(names, left, scores, EASE)
    answer = cluster_nodes(len(names), left, right, weight)
    ends, said = (zip(*(side.tolist() for side in sides), strict=True) for sides in ((left, right), (scores, weight)))
    told = dict(zip(ends, said, strict=True))
    why: Counter[str] = Counter()
    entities: Counter[str] = Counter()
    right: list[tuple[int, int, float]] = []
    for row, of_one in zip(clusters, numbers, strict=True):
        for pair in combinations(sorted(set(of_one)), 2):
            score, w = told.get(pair, (-1.0, 0.0))
            right += [(*pair, score)] * (score >= 0)
            if answer[pair[0]] != answer[pair[1]]:
                steps = ("not proposed", "scores under .05", "under .3", "at most the threshold", "a link not taken")
                why[steps[4 if w > 0 else int(np.searchsorted([0, 0.05, 0.3], score, "right"))]] += 1
                entities[row["id"]] += 1
    thirty = sum(count for _, count in entities.most_common(30))
    print(f"clusters: {why.total()} pairs missed; {thirty} of them in thirty entities")
    for name, count in why.most_common():
        print(f"    {name:34s} {count}")
    gold = [r["id"] for r, of_one in zip(clusters, numbers, strict=True) for _ in of_one]
    for least in (0.0, 0.05, 0.3):
        found = components(len(names), ((a, b) for a, b, score in right if score >= least))
        linked = [found[i] for of_one in numbers for i in of_one]
        f1, _ = pairwise(gold, linked)
        print(f"    every right pair of {least}: pairwise f1 {f1:.3f}  b-cubed {b_cubed(gold, linked):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, told in (("ablation", ablation.__doc__), ("missed", "What is missed, by class.")):
        command = commands.add_parser(name, help=told)
        command.add_argument("pairs", type=Path)
        command.add_argument("clusters", type=Path)
        command.add_argument("--only", choices=LABELS, help="one type of names alone (ablation)")
        command.set_defaults(run=name)
    command = commands.add_parser("knowledge", help=knowledge.__doc__)
    command.add_argument("documents", type=Path)
    args = parser.parse_args()
    if "documents" in args:
        return knowledge(args.documents)
    pairs, clusters = visible(read(args.pairs)), read(args.clusters)
    if args.run == "missed":
        missed_pairs(pairs)
        return missed_in_clusters(clusters)
    for kind, group in LABELS.items():
        if args.only not in (None, kind):
            continue
        print(group)
        ablation(group, *([r for r in rows if r["type"] == kind] for rows in (pairs, clusters)))


if __name__ == "__main__":
    main()
