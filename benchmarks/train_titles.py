"""Learn the weights of the title model (pipeline/clean/data/title_weights.json) from pages with a gold title.

    python -m benchmarks.train_titles ../shared/bench/pages_dev.jsonl.gz [--write]

Prints the accuracy by five-fold cross-validation over domains; `--write` then trains on every page and stores the
weights. The file holds one JSON object a line: url, domain, title and text_light, text_semi, text_full.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from pipeline.clean.title_features import FEATURES, title_features, words

VARIANTS = ("light", "semi", "full")
WEIGHTS = Path(__file__).parents[1] / "pipeline" / "clean" / "data" / "title_weights.json"
Page = tuple[np.ndarray, np.ndarray]  # features (n, f), gold mask (n,)


def read_pages(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def gold_lines(lines: list[str], title: str) -> list[bool] | None:
    """Which lines are the title; None when the page only has a line much like it, or no known title."""
    gold = words(title or "")
    if not gold:
        return None
    same = [words(line) == gold for line in lines]
    if not any(same):
        near = max((fuzz.token_sort_ratio(" ".join(words(x)), " ".join(gold)) for x in lines if len(x) < 300), default=0)
        if near > 60:
            return None
    return same


def examples(rows: list[dict], with_url: tuple[bool, ...] = (True, False)) -> Iterator[Page]:
    for row in rows:
        for variant in VARIANTS:
            lines = [x.strip() for x in (row[f"text_{variant}"] or "").split("\n") if x.strip()]
            gold = gold_lines(lines, row["title"])
            if not lines or gold is None:
                continue
            for known in with_url:
                at, features = title_features(lines, row["url"] if known else None)
                if len(at):
                    yield features, np.array(gold)[at]


def train(pages: list[Page], l2: float = 1e-3, steps: int = 600) -> np.ndarray:
    """Conditional logit by Adam: P(line) = exp(w.x) / (1 + sum exp(w.x)), the 1 standing for "no title"."""
    features = np.concatenate([p[0] for p in pages])
    gold = np.concatenate([p[1] for p in pages]).astype(float)
    page = np.repeat(np.arange(len(pages)), [len(p[0]) for p in pages])
    titled = np.bincount(page, gold) > 0
    w, m, v = (np.zeros(features.shape[1]) for _ in range(3))
    for step in range(1, steps + 1):
        weight = np.exp(np.clip(features @ w, -30, 30))
        p = weight / (1 + np.bincount(page, weight))[page]
        gold_mass = np.bincount(page, weight * gold)
        target = np.where(titled[page], weight * gold / np.maximum(gold_mass, 1e-12)[page], 0.0)
        gradient = features.T @ (p - target) / len(pages) + l2 * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w -= 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return w


def accuracy(pages: list[Page], w: np.ndarray) -> tuple[int, int, int, int]:
    """(titled pages, right ones, pages without a title, titles invented on them)."""
    counts = [0, 0, 0, 0]
    for features, gold in pages:
        scores = features @ w
        best = int(np.argmax(scores))
        if gold.any():
            counts[0] += 1
            counts[1] += bool(scores[best] > 0 and gold[best])
        else:
            counts[2] += 1
            counts[3] += bool(scores[best] > 0)
    return tuple(counts)


def cross_validate(rows: list[dict], folds: int = 5) -> None:
    domains = sorted({r["domain"] for r in rows})
    fold = {d: i % folds for i, d in enumerate(domains)}
    total = np.zeros((2, 4), dtype=int)
    for k in range(folds):
        w = train(list(examples([r for r in rows if fold[r["domain"]] != k])))
        held = [r for r in rows if fold[r["domain"]] == k]
        for i, known in enumerate((True, False)):
            total[i] += accuracy(list(examples(held, (known,))), w)
    for name, (titled, right, untitled, invented) in zip(("with url", "no url"), total, strict=True):
        print(f"{name:10s} all variants: {right}/{titled} = {right / titled:.4f}   invented {invented}/{untitled}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = read_pages(args.pages)
    cross_validate(rows)
    if args.write:
        w = train(list(examples(rows)))
        weights = {name: round(float(x), 4) for name, x in zip(FEATURES, w, strict=True)}
        WEIGHTS.write_text(json.dumps({"trained_by": "python -m benchmarks.train_titles", "weights": weights}, indent=1) + "\n")


if __name__ == "__main__":
    main()
