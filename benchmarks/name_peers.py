"""Name comparison and clustering beside others, in one run on the same names.

    python -m benchmarks.name_peers PAIRS CLUSTERS
    python -m benchmarks.name_peers --outside FILE.csv ...

Outside: any other list of judged pairs, as CSV with columns a, b, label (PERSON, ORG) and same (1 or 0). Other files as
benchmarks/train_pairs.py reads them. nomenklatura's logic-v2 and Splink take part where they are installed (neither is
a dependency); each method stands at the threshold that suits it best here, which flatters the others: ours is
cross-validated by entity (pairs), has seen the names (clusters, marked so) or stands at its own decision too (outside).
Seconds are of CPU time.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from benchmarks.names import b_cubed, pairwise, read, report, state, visible
from benchmarks.train_pairs import LABELS, cross_validated, examples
from pipeline.resolve import cluster, compare_many
from pipeline.resolve.clustering import components
from pipeline.resolve.matcher import ruled

Names = list[tuple[str, str]]  # name, label
ROWS = 500  # names compared with all others at once
LEAST = 80  # score of rapidfuzz under which no pair is kept


def logic_v2(label: str) -> Callable[[str, str], float]:
    """nomenklatura's rules for screening lists, on names alone."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm: Any = get_algorithm("logic-v2")
    schema, config = {"PERSON": "Person", "ORG": "Organization"}[label], algorithm.default_config()

    def alike(a: str, b: str) -> float:
        ends = (model.get_proxy({"id": n, "schema": schema, "properties": {"name": [n]}}) for n in (a, b))
        return algorithm.compare(*ends, config).score

    return alike


def methods_for(label: str) -> dict[str, Callable[[str, str], float]]:
    """The other ways to compare two names."""
    methods: dict[str, Callable[[str, str], float]] = {
        "Jaro-Winkler": JaroWinkler.similarity,
        "rapidfuzz token_sort_ratio": lambda a, b: fuzz.token_sort_ratio(a, b) / 100,
        "rapidfuzz token_set_ratio": lambda a, b: fuzz.token_set_ratio(a, b) / 100,
        "rapidfuzz WRatio": lambda a, b: fuzz.WRatio(a, b) / 100,
    }
    if find_spec("nomenklatura"):
        methods["nomenklatura logic-v2"] = logic_v2(label)
    return methods


def outside(path: Path) -> None:
    """F1 and precision at the decision, and average precision, over the pairs of a file; others at their best."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for label in sorted({r["label"] for r in rows}):
        mine = [r for r in rows if r["label"] == label]
        y = np.array([int(r["same"]) for r in mine])
        print(f"{path.stem}, {label}: {len(y)} pairs, {y.sum()} of them one")
        for name, alike in methods_for(label).items():
            report(name, np.array([alike(r["a"].lower(), r["b"].lower()) for r in mine]), y, 0.0)
        found = compare_many([(r["a"], r["b"]) for r in mine], label)
        score = np.array([c.score for c in found])
        report("dramatis", score, y, 0.0)
        state("dramatis, at its decision", np.array([c.is_match for c in found]), score, y)


def pairs(kind: str, rows: list[dict], clusters: list[dict]) -> None:
    """Best F1 and average precision over the listed pairs of one kind."""
    label, y = LABELS[kind], np.array([r["same"] for r in rows])
    for name, alike in methods_for(label).items():
        alike(rows[0]["a"], rows[0]["b"])  # what a method loads is no part of its speed
        start = time.process_time()
        score = np.array([alike(r["a"].lower(), r["b"].lower()) for r in rows])
        rate = len(rows) / (time.process_time() - start)
        report(f"{name}, {rate:,.0f} pairs a CPU second", score, y, 0.0)
    data = examples(rows, clusters, label)
    score = ruled(cross_validated(data), data.x, label)
    report("dramatis, cross-validated", score[data.listed], data.y[data.listed], 0.0)


def token_sort_clusters(names: Names) -> Iterator[tuple[str, Sequence[int]]]:
    """All pairs by token_sort_ratio, chained."""
    texts = [name.lower() for name, _ in names]
    labels = np.array([label for _, label in names])
    found: list[tuple[int, int, int]] = []
    for at in range(0, len(texts), ROWS):
        scores = cdist(texts[at : at + ROWS], texts, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, dtype=np.uint8)
        left, right = np.nonzero(scores)
        kept = (left + at < right) & (labels[left + at] == labels[right])
        found += zip(*(v[kept].tolist() for v in (left + at, right, scores[left, right])), strict=True)
    for least in range(LEAST, 100, 5):
        yield f"at {least}", components(len(texts), ((a, b) for a, b, s in found if s >= least))


def splink_clusters(names: Names) -> Iterator[tuple[str, Sequence[int]]]:
    """Splink on the name, its first and its last word, parameters by expectation maximisation."""
    import pandas as pd
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rows = [
        {"unique_id": i, "label": label, "name": " ".join(words), "sorted": " ".join(sorted(words)),
         "first": words[0], "last": words[-1]}
        for i, (name, label) in enumerate(names) for words in [name.lower().split() or ["?"]]
    ]  # fmt: skip
    alike = comparisons.JaroWinklerAtThresholds
    blocks = [block_on("label", column) for column in ("first", "last", "substr(sorted, 1, 5)")]
    settings = SettingsCreator(
        link_type="dedupe_only", blocking_rules_to_generate_predictions=blocks,
        comparisons=[alike("sorted", [0.95, 0.9, 0.8]), alike("first", [0.95, 0.85]), alike("last", [0.95, 0.85])],
    )  # fmt: skip
    database = DuckDBAPI()
    linker = Linker(database.register(pd.DataFrame(rows)), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("sorted")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for block in blocks[:2]:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    predicted = linker.inference.predict(threshold_match_probability=0.2)
    for least in (0.5, 0.9, 0.99, 0.999):
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, least).as_pandas_dataframe()
        number = dict(zip(found["unique_id"], found["cluster_id"], strict=True))
        yield f"at {least}", [number.get(i, i) for i in range(len(names))]


def clusters(rows: list[dict]) -> None:
    """B-cubed F1, and pairwise F1 and precision, over the names of the clusters."""
    names = [(name, LABELS[r["type"]]) for r in rows for name in r["names"]]
    gold = [r["id"] for r in rows for _ in r["names"]]
    methods: dict[str, Callable[[Names], Iterable[tuple[str, Sequence[int]]]]] = {
        "rapidfuzz token_sort, all pairs": token_sort_clusters,
        "dramatis, as shipped": lambda names: [("", cluster(names))],
    }
    if find_spec("splink"):
        methods["Splink"] = splink_clusters
    for title, method in methods.items():
        start = time.process_time()
        scored = [(*pairwise(gold, found), b_cubed(gold, found), at) for at, found in method(names)]
        seconds = time.process_time() - start
        f1, precision, cubed, at = max(scored)
        print(f"    {title} {at}: b-cubed {cubed:.4f}  pairwise f1 {f1:.4f} p {precision:.4f}  {seconds:.0f} CPU s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--outside", action="store_true", help="any lists of judged pairs")
    args = parser.parse_args()
    if args.outside:
        for path in args.files:
            outside(path)
        return
    listed, found = map(read, args.files)
    listed = visible(listed)
    print("clusters")
    clusters(found)
    for kind, label in LABELS.items():
        print(label)
        pairs(kind, *([r for r in rows if r["type"] == kind] for rows in (listed, found)))


if __name__ == "__main__":
    main()
