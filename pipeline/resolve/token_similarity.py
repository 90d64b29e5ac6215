"""How alike two name parts are, for many pairs at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline.resolve.lexicon import DATA
from pipeline.resolve.phonetics import coarse_skeleton, phone, skeleton

if TYPE_CHECKING:
    import numpy as np

FEATURES = (
    "same", "same_sound", "same_skeleton", "same_coarse", "same_start", "same_end", "letters_jw", "letters",
    "sound", "sound_jw", "bones", "coarse", "vowels", "prefix", "short", "length_gap", "bones_short",
    "letters_far", "sound_far", "one_edit", "one_edit_short",
)  # fmt: skip
_DROP_CONSONANTS = str.maketrans("", "", "bcdfghjklmnpqrstvwxyzXSCJW")


def token_features(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
    """Features of token pairs (a[i], b[i]), folded tokens: array (pairs, len(FEATURES)), float32, symmetric."""
    import numpy as np
    from rapidfuzz.distance import JaroWinkler, Levenshtein
    from rapidfuzz.process import cpdist

    def alike(x: list[str], y: list[str], scorer: object) -> np.ndarray:
        return cpdist(x, y, scorer=scorer, dtype=np.float32, workers=1)

    a, b = list(a), list(b)
    sound_a, sound_b = [phone(t) for t in a], [phone(t) for t in b]
    bones_a, bones_b = [skeleton(t) for t in a], [skeleton(t) for t in b]
    coarse_a, coarse_b = [coarse_skeleton(t) for t in a], [coarse_skeleton(t) for t in b]
    vowels_a = [t.translate(_DROP_CONSONANTS) for t in sound_a]
    vowels_b = [t.translate(_DROP_CONSONANTS) for t in sound_b]

    def same(x: Sequence[str], y: Sequence[str]) -> np.ndarray:
        return np.fromiter((p == q for p, q in zip(x, y, strict=True)), np.float32, len(a))

    size_a = np.fromiter(map(len, a), np.float32, len(a))
    size_b = np.fromiter(map(len, b), np.float32, len(a))
    bones = np.minimum(
        np.fromiter(map(len, bones_a), np.float32, len(a)), np.fromiter(map(len, bones_b), np.float32, len(a))
    )
    short = 1 / np.maximum(np.minimum(size_a, size_b), 1)
    letters = alike(a, b, Levenshtein.normalized_similarity)
    sound = alike(sound_a, sound_b, Levenshtein.normalized_similarity)
    one_edit = (alike(sound_a, sound_b, Levenshtein.distance) <= 1).astype(np.float32)
    prefix = np.fromiter(
        (len(x) > 2 and len(y) > 2 and (x.startswith(y) or y.startswith(x)) for x, y in zip(a, b, strict=True)),
        np.float32, len(a),
    )  # fmt: skip
    columns = [
        same(a, b), same(sound_a, sound_b), same(bones_a, bones_b), same(coarse_a, coarse_b),
        same([t[:1] for t in sound_a], [t[:1] for t in sound_b]),
        same([t[-1:] for t in sound_a], [t[-1:] for t in sound_b]),
        alike(a, b, JaroWinkler.similarity), letters, sound, alike(sound_a, sound_b, JaroWinkler.similarity),
        alike(bones_a, bones_b, Levenshtein.normalized_similarity),
        alike(coarse_a, coarse_b, Levenshtein.normalized_similarity),
        alike(vowels_a, vowels_b, Levenshtein.normalized_similarity),
        prefix, short, np.abs(size_a - size_b) / np.maximum(size_a, size_b), 1 / np.maximum(bones, 1),
        np.maximum(0, 0.7 - letters), np.maximum(0, 0.7 - sound), one_edit, one_edit * short,
    ]  # fmt: skip
    return np.column_stack(columns)


@cache
def _weights() -> tuple[np.ndarray, float]:
    import numpy as np

    stored = json.loads((DATA / "token_weights.json").read_text(encoding="utf-8"))
    return np.array([stored["weights"][name] for name in FEATURES], np.float32), float(stored["bias"])


def scores_of(features: np.ndarray) -> np.ndarray:
    """Probability that tokens with these features are one name part spelled twice: array (pairs,), float32 in 0..1."""
    import numpy as np

    weights, bias = _weights()
    score = 1 / (1 + np.exp(-(features @ weights + bias)))
    return np.where(features[:, 0] == 1, np.float32(1), np.minimum(score, np.float32(0.995)))


def token_scores(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
    """`scores_of` the features of token pairs (a[i], b[i])."""
    return scores_of(token_features(a, b))
