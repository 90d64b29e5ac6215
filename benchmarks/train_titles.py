"""Learn the title model (pipeline/clean/data/title_model.npz) from pages whose title is known.

    python -m benchmarks.train_titles ../shared/bench/pages_dev.jsonl.gz [--write]

Prints the accuracy by cross-validation over domains; `--write` then trains on every page and stores the
trees. The file holds one JSON object a line: url, domain, title and text_light, text_semi, text_full.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from benchmarks.page_corpus import FOLDS, VARIANTS, fold_of, read
from pipeline.clean.title_features import FEATURES, title_features, words

if TYPE_CHECKING:
    import lightgbm

MODEL = Path(__file__).parents[1] / "pipeline" / "clean" / "data" / "title_model.npz"
NEAR = 60  # similarity (0 to 100) from which a line may be the title in other words: such pages teach nothing
ROUNDS = 80
PARAMETERS = {
    "learning_rate": 0.1, "num_leaves": 12, "max_depth": 5, "min_data_in_leaf": 20, "min_sum_hessian_in_leaf": 1.0,
    "lambda_l2": 5.0, "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 1,
    "deterministic": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip


class Example(NamedTuple):
    """The candidates of one page: features (n, f) and which of them are the title (n,)."""

    domain: str
    variant: str
    has_url: bool
    is_titled: bool
    features: NDArray[np.float32]
    gold: NDArray[np.bool_]


def page_lines(row: dict, variant: str) -> list[str]:
    """The stripped, non-blank lines of one variant of a page; none when the page lacks it."""
    return [line.strip() for line in (row[f"text_{variant}"] or "").split("\n") if line.strip()]


def gold_lines(lines: Sequence[str], title: str | None) -> list[bool] | None:
    """Which lines are the title, in its own words; None when the title is not known or only a like line is there."""
    gold = words(title or "")
    if not gold:
        return None
    same = [words(line) == gold for line in lines]
    if any(same):
        return same
    wanted = " ".join(gold)
    near = max((fuzz.token_sort_ratio(" ".join(words(x)), wanted) for x in lines if len(x) < 300), default=0)
    return None if near > NEAR else same


def examples(rows: Sequence[dict]) -> list[Example]:
    """Every variant of every page, with its address and without."""
    found = []
    for row in rows:
        for variant in VARIANTS:
            lines = page_lines(row, variant)
            gold = gold_lines(lines, row["title"])
            for url in (row["url"], None) if lines and gold is not None else ():
                at, features = title_features(lines, url)
                found.append(Example(row["domain"], variant, url is not None, any(gold), features, np.array(gold)[at]))
    return found


def train(pages: Sequence[Example]) -> lightgbm.Booster:
    """Trees by the conditional likelihood of the title among a page's lines and "no title", whose score is 0."""
    import lightgbm

    pages = [p for p in pages if len(p.gold)]
    gold = np.concatenate([p.gold for p in pages]).astype(float)
    page = np.repeat(np.arange(len(pages)), [len(p.gold) for p in pages])
    titled = np.bincount(page, gold) > 0

    def gradient(scores: NDArray, _: lightgbm.Dataset) -> tuple[NDArray, NDArray]:
        weight = np.exp(np.clip(scores, -30, 30))
        share = weight / (1 + np.bincount(page, weight))[page]
        on_gold = np.maximum(np.bincount(page, weight * gold), 1e-12)[page]
        target = np.where(titled[page], weight * gold / on_gold, 0.0)
        return share - target, np.maximum(share * (1 - share), 1e-3)

    data = lightgbm.Dataset(np.concatenate([p.features for p in pages]), gold)
    return lightgbm.train({**PARAMETERS, "objective": gradient}, data, ROUNDS)


def tree_arrays(model: lightgbm.Booster, prefix: str = "title_") -> dict[str, NDArray]:
    """The trees in the form that pipeline.clean.trees.Trees loads: a node's children side by side, a leaf has none.
    The names of the arrays begin with `prefix`."""
    roots, feature, threshold, child, deepest = [], [], [], [], 0
    for tree in model.dump_model()["tree_info"]:
        roots.append(len(feature))
        queue = [(tree["tree_structure"], 0)]
        feature.append(0), threshold.append(0.0), child.append(0)
        at = roots[-1]
        while queue:
            node, depth = queue.pop(0)
            deepest = max(deepest, depth)
            if "leaf_value" in node:
                threshold[at] = node["leaf_value"]
            else:
                feature[at], threshold[at], child[at] = node["split_feature"], _below(node["threshold"]), len(feature)
                for side in ("left_child", "right_child"):
                    queue.append((node[side], depth + 1))
                    feature.append(0), threshold.append(0.0), child.append(0)
            at += 1
    arrays = {"root": roots, "feature": feature, "threshold": threshold, "child": child, "depth": deepest}
    kinds = {"root": np.int32, "feature": np.int16, "threshold": np.float32, "child": np.int32, "depth": np.int32}
    return {f"{prefix}{name}": np.array(values, kinds[name]) for name, values in arrays.items()}


def _below(threshold: float) -> np.float32:
    """The greatest float32 not above a threshold: float32 features compare with it as with the threshold itself."""
    rounded = np.float32(threshold)
    return rounded if float(rounded) <= threshold else np.nextafter(rounded, np.float32(-np.inf))


def cross_validate(pages: Sequence[Example]) -> None:
    """Print, for each variant with and without address, how often the title is right and how often one is invented."""
    counts: dict[tuple[str, bool], NDArray] = {(v, u): np.zeros(4, int) for v in VARIANTS for u in (True, False)}
    for k in range(FOLDS):
        model = train([p for p in pages if fold_of(p.domain) != k])
        for page in (p for p in pages if fold_of(p.domain) == k):
            scores = model.predict(page.features, raw_score=True) if len(page.gold) else np.zeros(0)
            best = int(np.argmax(scores)) if len(scores) else -1
            is_found = best >= 0 and scores[best] > 0
            right = page.is_titled and is_found and page.gold[best]
            counts[page.variant, page.has_url] += (
                page.is_titled,
                right,
                not page.is_titled,
                is_found and not page.is_titled,
            )
    for (variant, has_url), (titled, right, untitled, invented) in counts.items():
        address = "with address" if has_url else "no address"
        print(
            f"{variant:6s}{address:14s} right {right}/{titled} = {right / titled:.4f}   invented {invented}/{untitled}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--write", action="store_true", help="store trees trained on every page")
    args = parser.parse_args()
    pages = examples(read(args.pages))
    if args.write:
        np.savez_compressed(MODEL, columns=np.array(FEATURES), **tree_arrays(train(pages)))
    cross_validate(pages)


if __name__ == "__main__":
    main()
