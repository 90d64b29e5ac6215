"""Train the two networks behind `pipeline.entities` and write pipeline/entities/data/tagger.npz.

    python -m benchmarks.train_mentions ner_dev.jsonl.gz [--folds 5]

Input: JSON lines with id, source, text and ents [[start, end, PERSON | ORG | LOC], ...]. Documents are dealt to
folds by outlet (the id without its last number), so that no outlet is on both sides. The document network is
trained on evidence for documents that the token network had not seen, and on their lead lines put into Title Case as
headlines. The printed figures, and those of what each correction is worth, are cross-validated.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.mentions import Scores, add_headline, gold_spans, headline_rows, predicted_spans, read_rows
from pipeline.entities.context import Rereading, document_features, reread
from pipeline.entities.correct import CORRECTIONS, correct
from pipeline.entities.document import Document, document_of_text
from pipeline.entities.mention import Mention
from pipeline.entities.model import DEFAULT_MODEL, load_model, model_identity
from pipeline.entities.network import CLASSES, WEIGHTS_PATH, Ensemble, Network, Weights
from pipeline.entities.outputs import Reading
from pipeline.entities.token_evidence import NO_TOKENS, keep_tensors, token_features

HEADLINE_WEIGHT = 2  # how often a lead line put into Title Case counts


class Line:
    """One line of a training document: the model's spans, the candidates' places, features and true classes."""

    def __init__(self, doc, offset: int, gold: list[tuple[int, int, str]]) -> None:
        features, candidates, _ = token_features([doc])
        self.spans = [(offset + e.start_char, offset + e.end_char, e.label_) for e in doc.ents]
        self.features = features.astype(np.float16)
        idx, length = doc.to_array(["IDX", "LENGTH"])[candidates].T.astype(np.int64)
        self.places = np.column_stack([idx + offset, idx + length + offset])
        self.classes = true_classes(self.places, gold)


def true_classes(places: np.ndarray, gold: list[tuple[int, int, str]]) -> np.ndarray:
    """The class number of each token: B for the first token that overlaps a gold name, I for the others."""
    classes = np.zeros(len(places), np.int64)
    for start, end, label in gold:
        inside = np.flatnonzero((places[:, 0] < end) & (places[:, 1] > start))
        classes[inside] = CLASSES.index(f"I-{label}")
        classes[inside[:1]] = CLASSES.index(f"B-{label}")
    return classes


def train(features: np.ndarray, classes: np.ndarray, hidden: int, epochs: int, seed: int = 0) -> Network:
    """One hidden layer with dropout, by Adam with a falling step (Kingma and Ba 2015)."""
    random, count, width = np.random.default_rng(seed), len(features), features.shape[1]
    mean = features.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / np.maximum(features.std(axis=0, dtype=np.float64), 0.05)).astype(np.float32)
    shapes = [(width, hidden), (hidden,), (hidden, len(CLASSES)), (len(CLASSES),)]
    layers = [random.normal(0, (2 / s[0]) ** 0.5 if len(s) == 2 else 0, s).astype(np.float32) for s in shapes]
    moments = [[np.zeros(s, np.float32) for s in shapes] for _ in range(2)]
    batches, step = count // 512 + 1, 0
    for _ in range(epochs):
        for rows in np.array_split(random.permutation(count), batches):
            step += 1
            batch = (features[rows].astype(np.float32) - mean) * scale
            batch *= (random.random(batch.shape, np.float32) > 0.15) / np.float32(0.85)
            gradients = _gradients(batch, classes[rows], layers, random)
            rate = 2e-3 * (1 - step / (epochs * batches)) + 1e-5
            for layer, gradient, first, second in zip(layers, gradients, *moments, strict=True):
                first += 0.1 * (gradient - first)
                second += 0.001 * (gradient**2 - second)
                layer -= rate * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Network(mean, scale, *layers)


def _gradients(batch, classes, layers, random) -> list[np.ndarray]:
    weights, bias, out_weights, out_bias = layers
    inner = batch @ weights + bias
    kept = (random.random(inner.shape, np.float32) > 0.4) / np.float32(0.6) * (inner > 0)
    active = inner * kept
    scores = active @ out_weights + out_bias
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    delta = scores / scores.sum(axis=1, keepdims=True)
    delta[np.arange(len(classes)), classes] -= 1
    delta /= len(classes)
    back = (delta @ out_weights.T) * kept
    return [batch.T @ back + 1e-5 * weights, back.sum(axis=0), active.T @ delta + 1e-5 * out_weights, delta.sum(axis=0)]


def read(rows: list[dict]) -> tuple[list[Document], list[list[Line]]]:
    """The documents, and the lines of each as the model reads them."""
    nlp = load_model()
    keep_tensors(nlp)
    documents, lines = [document_of_text(row["text"]) for row in rows], []
    for row, document in zip(rows, documents, strict=True):
        gold = sorted(gold_spans(row))
        docs = nlp.pipe(document.inputs())
        lines.append([Line(doc, line.start, gold) for doc, line in zip(docs, document.lines, strict=True)])
    return documents, lines


def folds_by_outlet(rows: list[dict], count: int) -> np.ndarray:
    """A fold number for each document; all documents of an outlet share one."""
    outlets = [re.sub(r"_\d+$", "", row["id"]) for row in rows]
    outlets = [re.sub(r"(conllpp-dev/)(\d+)", lambda m: m[1] + str(int(m[2]) // 20), o) for o in outlets]
    names = sorted(set(outlets))
    order = dict(zip(names, np.random.default_rng(3).permutation(len(names)) % count, strict=True))
    return np.array([order[outlet] for outlet in outlets])


def token_network(lines: list[list[Line]], chosen: np.ndarray) -> Ensemble:
    """The token networks trained on the chosen documents."""
    used = [line for i in chosen for line in lines[i] if len(line.places)]
    features = np.vstack([line.features for line in used])
    classes = np.concatenate([line.classes for line in used])
    return Ensemble(tuple(train(features, classes, hidden=128, epochs=6, seed=seed) for seed in (0, 1)))


def evidence(network: Ensemble, lines: list[Line]) -> np.ndarray:
    """(tokens, TOKEN_WIDTH): places and thousandths, as `Reading.tokens` holds them."""
    used = [line for line in lines if len(line.places)]
    if not used:
        return NO_TOKENS
    values = network.probabilities(np.vstack([line.features for line in used]).astype(np.float32))
    return np.hstack([np.vstack([line.places for line in used]), np.rint(values[:, 1:] * 1000).astype(np.int64)])


class Article(NamedTuple):
    """A document as one fold's networks see it: its lines, and the evidence of its tokens by networks that had not
    seen its outlet. `headline` is the length of its headline when only that is asked about, else 0."""

    row: dict
    fold: int
    document: Document
    lines: list[Line]
    tokens: np.ndarray
    headline: int

    def examples(self) -> tuple[np.ndarray, np.ndarray]:
        """Features and true classes of the tokens."""
        features = document_features(self.document, self.tokens)
        classes = np.concatenate([line.classes for line in self.lines if len(line.places)])
        asked = self.tokens[:, 1] <= (self.headline or len(self.document.text))
        return features[asked], classes[asked]

    def second_reading(self, network: Ensemble) -> Rereading:
        return reread([self.document], [self.tokens], network)[0]

    def mentions(self, second: Rereading | None, without: frozenset[str] = frozenset()) -> list[Mention]:
        """The mentions after a second reading, or without one, and all corrections but those left out."""
        document = self.document if second else document_of_text(self.row["text"])
        spans = [span for line in self.lines for span in line.spans]
        return correct(document, Reading(spans, self.tokens), second, without)


def articles_of(rows: list[dict], fold_of: dict[str, int], networks: list[Ensemble], parts) -> list[Article]:
    """The rows with what `read` gives of them and the evidence of their fold's token networks."""
    found = []
    for row, document, lines in zip(rows, *parts, strict=True):
        fold = fold_of[row["id"]]
        tokens = evidence(networks[fold], lines)
        found.append(Article(row, fold, document, lines, tokens, row.get("lead_chars", 0)))
    return found


def document_network(articles: list[Article], headlines: list[Article]) -> Ensemble:
    """Two document networks: one trained on the articles, one on their headlines too, HEADLINE_WEIGHT times."""
    plain = [article.examples() for article in articles if len(article.tokens)]
    titled = [article.examples() for article in headlines if len(article.tokens)] * HEADLINE_WEIGHT
    stacked = [tuple(map(np.concatenate, zip(*pairs, strict=True))) for pairs in (plain, plain + titled)]
    return Ensemble(tuple(train(features, classes, hidden=64, epochs=6) for features, classes in stacked))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    rows = read_rows(args.file)
    documents, lines = read(rows)
    folds, everyone = folds_by_outlet(rows, args.folds), np.arange(len(rows))
    fold_of = {row["id"]: fold for row, fold in zip(rows, folds, strict=True)}
    tokens = [token_network(lines, everyone[folds != fold]) for fold in range(args.folds)]
    titled = headline_rows(rows)
    articles = articles_of(rows, fold_of, tokens, (documents, lines))
    headlines = articles_of(titled, fold_of, tokens, read(titled))
    networks = [
        document_network([a for a in articles if a.fold != fold], [a for a in headlines if a.fold != fold])
        for fold in range(args.folds)
    ]
    print(f"cross-validated over {args.folds} folds of outlets")
    seconds = [article.second_reading(networks[article.fold]) for article in articles]
    scored(articles, seconds).print()
    print("headlines in Title Case, each with its article, cross-validated likewise")
    of_headlines = Scores()
    for article in headlines:
        second = article.second_reading(networks[article.fold])
        add_headline(of_headlines, article.row, article.mentions(second))
    of_headlines.print()
    ablation(articles, seconds)
    identity = model_identity(DEFAULT_MODEL)
    model = f"{identity.name} {identity.version}"
    save(Weights(model, token_network(lines, everyone), document_network(articles, headlines)))


def scored(articles: list[Article], seconds: Sequence[Rereading | None], *without: str) -> Scores:
    """The scores of articles, each with its second reading if it has one."""
    scores = Scores()
    for article, second in zip(articles, seconds, strict=True):
        found = predicted_spans(article.row["text"], article.mentions(second, frozenset(without)))
        scores.add(article.row["source"], gold_spans(article.row), found)
    return scores


def ablation(articles: list[Article], seconds: Sequence[Rereading]) -> None:
    """Micro F1 and that of organisations on each source, one step left out at a time."""
    steps, none = ("fragments", *CORRECTIONS), [None] * len(articles)
    left_out = {f"without {step}": scored(articles, seconds, step) for step in steps}
    alone = {"without second reading": scored(articles, none), "model alone": scored(articles, none, *steps)}
    for name, scores in ({"all": scored(articles, seconds)} | left_out | alone).items():
        figures = (f"{scores.f1(source, 'micro'):7.2f} {scores.f1(source, 'ORG'):6.2f}" for source in scores.sources())
        print(f"{name:26}" + "  ".join(figures))


def save(weights: Weights) -> None:
    """Writes both networks: the hidden weights in a byte each, the rest in half precision."""
    arrays = {
        f"{name}_{i}_{field}": value.astype(np.int8 if field == "hidden_weights" else np.float16)
        for name in ("token", "document")
        for i, member in enumerate(getattr(weights, name).members)
        for field, value in in_whole_numbers(member)._asdict().items()
    }
    np.savez_compressed(WEIGHTS_PATH, model=weights.model, **arrays)
    print(f"{WEIGHTS_PATH.name}: {WEIGHTS_PATH.stat().st_size:,} bytes")


def in_whole_numbers(network: Network) -> Network:
    """The network with hidden weights rounded to whole numbers of at most 127.

    A hidden unit passes on a positive multiple of its input as the same multiple of its output: what its weights are
    divided by, the weights behind it are multiplied with.
    """
    step = np.abs(network.hidden_weights).max(axis=0) / 127
    return network._replace(
        hidden_weights=np.rint(network.hidden_weights / step),
        hidden_bias=network.hidden_bias / step,
        output_weights=network.output_weights * step[:, None],
    )


if __name__ == "__main__":
    main()
