"""How alike two name parts are, for many pairs at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from rapidfuzz.distance import JaroWinkler, Levenshtein, Prefix
from rapidfuzz.process import cpdist

from pipeline.resolve.lexicon import DATA, lexicon
from pipeline.resolve.phonetics import coarse_skeleton, phone, skeleton

FEATURES = (
    "same", "same_sound", "same_skeleton", "same_coarse", "same_start", "same_end", "letters_jw", "letters",
    "sound", "sound_jw", "bones", "coarse", "vowels", "prefix", "short", "length_gap", "bones_short",
    "letters_far", "sound_far", "one_edit", "one_edit_short", "gender",
)  # fmt: skip
MOST_LIKE = 0.995  # likeness of two tokens that are not the same, at most
WORTH_COMPARING = 0.34  # likeness of letters under which two tokens of other consonants are held to be apart
_DROP_CONSONANTS = str.maketrans("", "", "bcdfghjklmnpqrstvwxyzXSCJW")


@dataclass(frozen=True)
class TokenTable:
    """Distinct folded tokens with what comparison needs of each, side by side."""

    words: list[str]
    sounds: list[str]
    bones: list[str]
    coarse: list[str]
    vowels: list[str]
    sound_number: np.ndarray  # equal numbers, equal sounds; so for the next two
    bone_number: np.ndarray
    coarse_number: np.ndarray
    nickname_number: np.ndarray  # equal numbers, forms of one given name
    is_short_form: np.ndarray  # bool: bob; robert is none
    size: np.ndarray  # letters
    bone_size: np.ndarray  # letters of the skeleton
    letter: np.ndarray  # first letter
    start: np.ndarray  # first letter of the sound
    end: np.ndarray  # last letter of the sound
    digit_number: np.ndarray  # equal numbers, equal digits
    stem_number: np.ndarray  # equal numbers, equal but for a last a or o
    is_feminine: np.ndarray  # bool: ends in a


def vowels_of(sound: str) -> str:
    """A sound without its consonants."""
    return sound.translate(_DROP_CONSONANTS)


def _numbered(values: Sequence[str]) -> np.ndarray:
    number: dict[str, int] = {}
    return np.array([number.setdefault(v, len(number)) for v in values], np.int32)


def token_table(words: Sequence[str]) -> TokenTable:
    """The attributes of these tokens."""
    sounds, bones = [phone(w) for w in words], [skeleton(w) for w in words]
    coarse = [coarse_skeleton(w) for w in words]
    return TokenTable(
        list(words), sounds, bones, coarse, [vowels_of(s) for s in sounds],
        _numbered(sounds), _numbered(bones), _numbered(coarse),
        _numbered([lexicon().nicknames.get(w, w) for w in words]),
        np.array([lexicon().nicknames.get(w, w) != w for w in words], bool),
        np.array([len(w) for w in words], np.float32), np.array([len(b) for b in bones], np.float32),
        np.array([ord(w[0]) for w in words], np.int32), np.array([ord((s or "?")[0]) for s in sounds], np.int32),
        np.array([ord((s or "?")[-1]) for s in sounds], np.int32),
        _numbered(["".join(filter(str.isdigit, w)) for w in words]), _numbered([w.rstrip("ao") for w in words]),
        np.array([w.endswith("a") for w in words], bool),
    )  # fmt: skip


def forms_of_one(table: TokenTable, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Which pairs of tokens are a given name and a form of it: (pairs,) bool. Two short forms are two names: nobody is
    called both Bob and Bert."""
    same = table.nickname_number[a] == table.nickname_number[b]
    return same & ~(table.is_short_form[a] & table.is_short_form[b] & (a != b))


def _alike(values: list[str], a: list[int], b: list[int], scorer: Any) -> np.ndarray:
    return cpdist([values[k] for k in a], [values[k] for k in b], scorer=scorer, dtype=np.float32)


def worth_comparing(table: TokenTable, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Which token pairs (numbers into the table) could be one name part at all: (pairs,) bool. Other digits, as in two
    models of a product, are other parts."""
    letters = _alike(table.words, a.tolist(), b.tolist(), Levenshtein.normalized_similarity)
    alike = (letters >= WORTH_COMPARING) | (table.coarse_number[a] == table.coarse_number[b])
    return alike & (table.digit_number[a] == table.digit_number[b])


def token_features(table: TokenTable, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Features of token pairs, given as numbers into the table: (pairs, len(FEATURES)) float32, symmetric."""
    one, two = a.tolist(), b.tolist()
    size_a, size_b = table.size[a], table.size[b]
    short = 1 / np.maximum(np.minimum(size_a, size_b), 1)
    bones_short = 1 / np.maximum(np.minimum(table.bone_size[a], table.bone_size[b]), 1)
    letters = _alike(table.words, one, two, Levenshtein.normalized_similarity)
    sound = _alike(table.sounds, one, two, Levenshtein.normalized_similarity)
    one_edit = _alike(table.sounds, one, two, Levenshtein.distance) <= 1
    shared = _alike(table.words, one, two, Prefix.similarity)
    prefix = (shared > 2) & (shared == np.minimum(size_a, size_b))
    columns = [
        a == b, table.sound_number[a] == table.sound_number[b], table.bone_number[a] == table.bone_number[b],
        table.coarse_number[a] == table.coarse_number[b], table.start[a] == table.start[b],
        table.end[a] == table.end[b], _alike(table.words, one, two, JaroWinkler.similarity), letters, sound,
        _alike(table.sounds, one, two, JaroWinkler.similarity),
        _alike(table.bones, one, two, Levenshtein.normalized_similarity),
        _alike(table.coarse, one, two, Levenshtein.normalized_similarity),
        _alike(table.vowels, one, two, Levenshtein.normalized_similarity),
        prefix, short, np.abs(size_a - size_b) / np.maximum(np.maximum(size_a, size_b), 1), bones_short,
        np.maximum(0, 0.7 - letters), np.maximum(0, 0.7 - sound), one_edit, one_edit * short,
        (table.stem_number[a] == table.stem_number[b]) & (table.is_feminine[a] != table.is_feminine[b]),
    ]  # fmt: skip
    return np.column_stack(columns).astype(np.float32)


@cache
def token_weights() -> tuple[np.ndarray, float]:
    """Logistic weights of FEATURES, and the bias."""
    stored = json.loads((DATA / "token_weights.json").read_text(encoding="utf-8"))
    return np.array([stored["weights"][name] for name in FEATURES], np.float32), float(stored["bias"])


def scores_of(features: np.ndarray) -> np.ndarray:
    """Probability that tokens with these features are one name part spelled twice: (pairs,) float32 in 0..1."""
    weights, bias = token_weights()
    score = 1 / (1 + np.exp(-(np.einsum("ij,j->i", features, weights) + bias)))
    return np.where(features[:, 0] == 1, np.float32(1), np.minimum(score, np.float32(MOST_LIKE)))


def token_scores(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
    """`scores_of` the features of token pairs (a[i], b[i])."""
    words = sorted({*a, *b})
    number = {w: i for i, w in enumerate(words)}
    places = (np.array([number[w] for w in side], np.int64) for side in (a, b))
    return scores_of(token_features(token_table(words), *places))
