"""From features to a decision: the probability that two names are one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.clean.trees import Trees
from pipeline.resolve.lexicon import DATA
from pipeline.resolve.name_table import NameTable
from pipeline.resolve.names import ORG, PERSON
from pipeline.resolve.pair_features import BY_INITIAL, FEATURES, pair_features

CHUNK = 1 << 15
FEW_PARTS = 4  # names of no more are compared by themselves: the work grows with the square of the longest
IMPLAUSIBLE = 0.3  # the most that two lone or short words without acceptable evidence may score
DOUBT = math.e  # by what the odds of other pairs without such evidence are divided
SHORT = 0.25  # of worst_short: under four letters
CONTRADICTED = 0.0  # the score of a pair of likely names that say of themselves that they are two
STEPS = 5000
SAME_SOUND = 0.95  # of two places: Basra, Basrah
SAME_SYLLABLES = 0.9  # the least that two East Asian names of the same syllables score; 46 of 46 dev pairs are one
_PLACE = {name: k for k, name in enumerate(FEATURES)}


def in_steps(features: np.ndarray) -> np.ndarray:
    """Features as whole numbers of steps of 1 / STEPS, float32: a tree must not part what only rounding parts. The
    shift keeps the ends of the steps away from common fractions."""
    return np.floor(features * np.float32(STEPS) + np.float32(0.3))


@dataclass(frozen=True)
class Model:
    """Boosted trees, and the probability from which two names are held to be one."""

    trees: Trees
    threshold: float

    def probability(self, features: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-self.trees.sum(in_steps(features))))


@cache
def model(group: str) -> Model:
    """The shipped model of a group: one for persons, one for everything else."""
    kind = PERSON if group == PERSON else ORG
    with np.load(DATA / "pair_trees.npz") as arrays:
        return Model(Trees.load(arrays, f"{kind}_"), float(arrays[f"{kind}_decision"]))


def strict_probability(features: np.ndarray) -> np.ndarray:
    """For places, nationalities and events: neighbours look alike (Iran, Iraq), so only the same sound is one."""
    worst, covered, joined = (_at(features, name) for name in ("worst", "covered_less", "joined_letters"))
    same_start, same_end, same_coarse, same_sound = (
        _at(features, f"worst_same_{what}") == 1 for what in ("start", "end", "coarse", "sound")
    )
    short = _at(features, "worst_short") > SHORT  # two numerals, two syllables: what differs tells
    alike = (covered > 0.97) & (worst > 0.97) & ~short
    near = alike & (joined > 0.85) & same_start & same_end & same_coarse
    return np.select([joined == 1, alike & same_sound, near], [0.99, SAME_SOUND, 0.8], 0.1 * joined)


def _at(features: np.ndarray, name: str) -> np.ndarray:
    return features[:, _PLACE[name]]


def is_plausible(features: np.ndarray, group: str) -> np.ndarray:
    """Which pairs have evidence that a reader would accept at all: (pairs,) bool. The trees were fitted on names of
    lists; this holds them back on names unlike those (one word against a sentence, two short words, two acronyms)."""

    def at(name: str) -> np.ndarray:
        return _at(features, name)

    sounds_same = at("worst_same_sound") == 1
    lone = sounds_same | (at("worst_same_skeleton") == 1) & (at("worst_sound") > 0.7) & (at("worst_short") <= 0.2)
    if group == PERSON:
        enough = (at("matched_parts") >= 2) & ((at("worst") > 0.6) | (at("matched_parts") >= 3))
        enough |= (at("initials_met") >= 1) & (sounds_same | (at("worst") > 0.9))
        one_word = (at("single_both") == 1) & lone
        fused = (at("joined") > 0.9) | (at("same_syllables") == 1)
    else:
        long_or_same = (at("worst_short") < 0.25) | (at("worst_same") == 1)
        one_met = (at("covered_less") > 0.4) & (at("worst") > 0.5) & long_or_same
        enough = (at("matched_parts") >= 2) | one_met & (at("light_clash") <= 0.5)
        one_word = np.where(at("single_both") == 1, lone, sounds_same)
        fused = (at("acronym") == 1) | (at("same_joined") == 1) | (at("joined") > 0.93) & long_or_same
    return np.where(at("single") == 1, one_word, enough) | fused & (at("single_both") == 0)


def is_contradicted(features: np.ndarray, group: str) -> np.ndarray:
    """Which pairs say of themselves that they are two, however alike: (pairs,) bool. Father and son, one more initial
    than the other's, her given name and his, other syllables in East Asia; bodies of two countries, of north and
    south, of other numbers."""

    def at(name: str) -> np.ndarray:
        return _at(features, name)

    if group != PERSON:
        return (at("scope_clash") == 1) | (at("number_clash") == 1)
    initials = (at("initials_met") >= 1) & (at("initials_left") >= 1)
    initials &= (at("matched_parts") >= 2) & (at("worst") > BY_INITIAL) | (at("first_alike") == 0)
    initials |= at("syllable_clash") == 1
    return (at("suffix_clash") == 1) | initials | (at("worst_gender") == 1) & (at("first_alike") < 1)


def score_features(features: np.ndarray, group: str) -> np.ndarray:
    """Probability of one entity for pairs with these features: (pairs,)."""
    if group not in (PERSON, ORG):
        return strict_probability(features)
    return ruled(model(group).probability(features), features, group)


def ruled(score: np.ndarray, features: np.ndarray, group: str) -> np.ndarray:
    """What the rules leave of the trees' probabilities: (pairs,)."""
    score = np.where(_at(features, "same_syllables") == 1, np.maximum(score, SAME_SYLLABLES), score)
    high = np.flatnonzero(score > IMPLAUSIBLE)
    if len(high):
        doubtful = high[~is_plausible(features[high], group)]
        score[doubtful] /= score[doubtful] + DOUBT * (1 - score[doubtful])
        single, same, short = (_at(features[doubtful], f) for f in ("single_both", "worst_same", "worst_short"))
        score[doubtful[(single == 1) | (same == 0) & (short > SHORT)]] = IMPLAUSIBLE
        score[high[is_contradicted(features[high], group)]] = CONTRADICTED
    return score


def score_pairs(table: NameTable, left: np.ndarray, right: np.ndarray, group: str) -> np.ndarray:
    """Probability that names[left[k]] and names[right[k]], all of one group, are the same: (pairs,) float32."""
    out = np.empty(len(left), np.float32)
    long = np.maximum(table.sizes[left], table.sizes[right]) > FEW_PARTS
    for rows in (np.flatnonzero(~long), np.flatnonzero(long)):
        for at in range(0, len(rows), CHUNK):
            part = rows[at : at + CHUNK]
            out[part] = score_features(pair_features(table, left[part], right[part]), group)
    return out


def threshold(group: str) -> float:
    """Probability from which a pair of this group counts as a match."""
    return model(group).threshold if group in (PERSON, ORG) else 0.7
