"""Train the two networks behind `pipeline.entities` and write pipeline/entities/data/tagger.npz.

    python -m benchmarks.train_mentions ner_dev.jsonl.gz [--folds 3]

Input: JSON lines with id, source, text and ents [[start, end, PERSON | ORG | LOC], ...]. Documents are dealt to
folds by outlet (the id without its last number), so that no outlet is on both sides. The document network is
trained on evidence for documents that the token network had not seen; the printed figures are cross-validated.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np

from benchmarks.mentions import Scores, add_headline, gold_spans, headline_rows, predicted_spans, read_rows
from pipeline.entities.context import document_features, reread
from pipeline.entities.correct import correct
from pipeline.entities.document import Document, document_of_text
from pipeline.entities.mention import Mention
from pipeline.entities.model import DEFAULT_MODEL, load_model, model_identity
from pipeline.entities.network import CLASSES, WEIGHTS_PATH, Ensemble, Network, Weights
from pipeline.entities.outputs import Reading
from pipeline.entities.token_evidence import NO_TOKENS, keep_tensors, token_features


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
    return Ensemble(tuple(train(features, classes, hidden=80, epochs=6, seed=seed) for seed in (0, 1)))


def evidence(network: Ensemble, lines: list[Line]) -> np.ndarray:
    """(tokens, TOKEN_WIDTH): places and thousandths, as `Reading.tokens` holds them."""
    used = [line for line in lines if len(line.places)]
    if not used:
        return NO_TOKENS
    values = network.probabilities(np.vstack([line.features for line in used]).astype(np.float32))
    return np.hstack([np.vstack([line.places for line in used]), np.rint(values[:, 1:] * 1000).astype(np.int64)])


def document_network(documents, lines, held_out_evidence, chosen: np.ndarray) -> Ensemble:
    """The document network trained on the chosen documents' evidence."""
    used = [i for i in chosen if len(held_out_evidence[i])]
    features = np.vstack([document_features(documents[i], held_out_evidence[i]) for i in used])
    classes = np.concatenate([line.classes for i in used for line in lines[i] if len(line.places)])
    return Ensemble((train(features, classes, hidden=64, epochs=6),))


def mentions_of(document: Document, lines: list[Line], tokens: np.ndarray, network: Ensemble) -> list[Mention]:
    """The corrected mentions of a document from the evidence of its tokens."""
    (second,) = reread([document], [tokens], network)
    return correct(document, Reading([span for line in lines for span in line.spans], tokens), second)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    args = parser.parse_args()
    rows = read_rows(args.file)
    documents, lines = read(rows)
    folds, everyone = folds_by_outlet(rows, args.folds), np.arange(len(rows))
    tokens = [token_network(lines, everyone[folds != fold]) for fold in range(args.folds)]
    held_out = [evidence(tokens[fold], own) for fold, own in zip(folds, lines, strict=True)]
    networks = [document_network(documents, lines, held_out, everyone[folds != fold]) for fold in range(args.folds)]
    print(f"cross-validated over {args.folds} folds of outlets")
    scores = Scores()
    for row, fold, document, read_lines, judged in zip(rows, folds, documents, lines, held_out, strict=True):
        mentions = mentions_of(document, read_lines, judged, networks[fold])
        scores.add(row["source"], gold_spans(row), predicted_spans(row["text"], mentions))
    scores.print()
    print("headlines in Title Case, each with its article, by the networks that have not seen its outlet")
    fold_of = {row["id"]: fold for row, fold in zip(rows, folds, strict=True)}
    print_headlines(headline_rows(rows), fold_of, tokens, networks)
    identity = model_identity(DEFAULT_MODEL)
    save(
        Weights(
            f"{identity.name} {identity.version}",
            token_network(lines, everyone),
            document_network(documents, lines, held_out, everyone),
        )
    )


def print_headlines(
    rows: list[dict], fold_of: dict[str, int], tokens: list[Ensemble], networks: list[Ensemble]
) -> None:
    """Scores over the names of the headlines, each article read by its fold's networks."""
    scores = Scores()
    for row, document, lines in zip(rows, *read(rows), strict=True):
        fold = fold_of[row["id"]]
        add_headline(scores, row, mentions_of(document, lines, evidence(tokens[fold], lines), networks[fold]))
    scores.print()


def save(weights: Weights) -> None:
    """Writes both networks in half precision."""
    arrays = {
        f"{name}_{i}_{field}": value.astype(np.float16)
        for name in ("token", "document")
        for i, member in enumerate(getattr(weights, name).members)
        for field, value in member._asdict().items()
    }
    np.savez_compressed(WEIGHTS_PATH, model=weights.model, **arrays)
    print(f"{WEIGHTS_PATH.name}: {WEIGHTS_PATH.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
