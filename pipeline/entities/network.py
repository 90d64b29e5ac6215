"""The small networks that read the model's evidence: weights from data/tagger.npz, scored with numpy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.entities.model import ModelIdentity

WEIGHTS_PATH = Path(__file__).parent / "data" / "tagger.npz"
# Classes of a token, in the order of the networks' outputs: outside, or begin / inside of a name.
CLASSES = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


class Network(NamedTuple):
    """One hidden layer over standardised features; arrays of float32."""

    mean: np.ndarray
    scale: np.ndarray
    hidden_weights: np.ndarray
    hidden_bias: np.ndarray
    output_weights: np.ndarray
    output_bias: np.ndarray

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """(tokens, features) to (tokens, classes); rows add up to 1."""
        # Standardised in the weights: they are far fewer than the features.
        weights = self.scale[:, None] * self.hidden_weights
        hidden = features @ weights
        hidden += self.hidden_bias - self.mean @ weights
        scores = np.maximum(hidden, 0, out=hidden) @ self.output_weights + self.output_bias
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores


class Ensemble(NamedTuple):
    """Networks trained from different beginnings; their mean is steadier than each."""

    members: tuple[Network, ...]

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """(tokens, features) to (tokens, classes); rows add up to 1."""
        total = sum(member.probabilities(features) for member in self.members)
        return np.asarray(total) / len(self.members)


class Weights(NamedTuple):
    """Both ensembles, and the model whose evidence they were trained on."""

    model: str
    token: Ensemble
    document: Ensemble


@cache
def weights() -> Weights | None:
    """The shipped weights; None where there are none."""
    if not WEIGHTS_PATH.is_file():
        return None
    with np.load(WEIGHTS_PATH) as stored:
        return Weights(str(stored["model"]), _ensemble(stored, "token"), _ensemble(stored, "document"))


def _ensemble(stored: Mapping[str, np.ndarray], name: str) -> Ensemble:
    count = sum(key.startswith(f"{name}_") for key in stored) // len(Network._fields)
    return Ensemble(
        tuple(
            Network(*(stored[f"{name}_{i}_{field}"].astype(np.float32) for field in Network._fields))
            for i in range(count)
        )
    )


def weights_for(identity: ModelIdentity) -> Weights | None:
    """The weights, when they were trained on this very model and version."""
    found = weights()
    return found if found and found.model == f"{identity.name} {identity.version}" else None
