"""The features of one pair of names in plain Python: `pair_features`, where arrays for a single pair would cost more
than they save. Both must give the same numbers (tests/property/test_single_pair.py)."""

from __future__ import annotations

from functools import lru_cache
from math import exp, log
from operator import mul
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein, Prefix

from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.name_table import KIND_WEIGHT, MAX_PARTS, row_of
from pipeline.resolve.names import CORE, INITIAL, LIGHT, NUMBER, Name, scope_words, scopes_clash
from pipeline.resolve.pair_features import ALIKE, NICKNAME
from pipeline.resolve.phonetics import coarse_skeleton, phone, skeleton
from pipeline.resolve.rarity import rarity
from pipeline.resolve.syllables import syllables, syllables_alike, syllables_clash
from pipeline.resolve.token_similarity import FEATURES as TOKEN_FEATURES
from pipeline.resolve.token_similarity import MOST_LIKE, WORTH_COMPARING, token_weights, vowels_of

_similarity = Levenshtein.normalized_similarity
_NONE = (0.0,) * len(TOKEN_FEATURES)


class Part(NamedTuple):
    """A name part in comparison."""

    word: str
    kind: int
    weight: float


def _parts(name: Name) -> list[Part]:
    return [Part(word, kind, KIND_WEIGHT[kind] * rarity(word, name.group)) for word, kind in row_of(name)]


def _write_as_one(side: list[Part], other: list[Part]) -> list[Part]:
    wanted = {bones for part in other if len(bones := skeleton(part.word)) > 2}
    for k in range(len(side) - 1):
        word = side[k].word + side[k + 1].word
        if side[k].kind == side[k + 1].kind == CORE and skeleton(word) in wanted:
            return [*side[:k], Part(word, CORE, 1.0), *side[k + 2 :]]
    return side


class TokenPair(NamedTuple):
    """Likeness of two different parts, forms of one given name included, and the features of their spelling."""

    score: float
    features: tuple[float, ...]


def _forms_of_one(a: str, b: str) -> bool:
    nicknames = lexicon().nicknames
    return nicknames.get(a, a) == nicknames.get(b, b)


@lru_cache(maxsize=1 << 16)
def _token_pair(a: str, b: str) -> TokenPair:
    least_score = float(NICKNAME) if _forms_of_one(a, b) else 0.0
    letters = _similarity(a, b)
    coarse_a, coarse_b = coarse_skeleton(a), coarse_skeleton(b)
    if letters < WORTH_COMPARING and coarse_a != coarse_b:
        return TokenPair(least_score, _NONE)
    sound_a, sound_b, bones_a, bones_b = phone(a), phone(b), skeleton(a), skeleton(b)
    least = min(len(a), len(b))
    short, shared, sound = 1 / max(least, 1), Prefix.similarity(a, b), _similarity(sound_a, sound_b)
    one_edit = Levenshtein.distance(sound_a, sound_b) <= 1
    features = (
        a == b, sound_a == sound_b, bones_a == bones_b, coarse_a == coarse_b,
        (sound_a or "?")[0] == (sound_b or "?")[0], (sound_a or "?")[-1] == (sound_b or "?")[-1],
        JaroWinkler.similarity(a, b), letters, sound, JaroWinkler.similarity(sound_a, sound_b),
        _similarity(bones_a, bones_b), _similarity(coarse_a, coarse_b),
        _similarity(vowels_of(sound_a), vowels_of(sound_b)), 2 < shared == least, short,
        abs(len(a) - len(b)) / max(len(a), len(b), 1), 1 / max(min(len(bones_a), len(bones_b)), 1),
        max(0.0, 0.7 - letters), max(0.0, 0.7 - sound), one_edit, one_edit * short,
        a.rstrip("ao") == b.rstrip("ao") and a.endswith("a") != b.endswith("a"),
    )  # fmt: skip
    weights, bias = token_weights()
    logit = sum(map(mul, features, weights.tolist())) + bias
    return TokenPair(max(min(1 / (1 + exp(-logit)), MOST_LIKE), least_score), features)


def _likeness(a: Part, b: Part) -> float:
    word_a, kind_a, _ = a
    word_b, kind_b, _ = b
    if word_a == word_b:
        return 1.0
    if kind_a == INITIAL or kind_b == INITIAL:
        return 0.8 if (phone(word_a) or "?")[0] == (phone(word_b) or "?")[0] else 0.0
    if kind_a == NUMBER or kind_b == NUMBER:
        return 0.0
    return _token_pair(word_a, word_b).score if word_a < word_b else _token_pair(word_b, word_a).score


def _align(left: list[Part], right: list[Part]) -> tuple[list[float], list[int], list[float]]:
    """For each part its likeness to its partner; for the left ones also the partner's place (-1: none)."""
    grid = [(-_likeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    met, place, met_b = [0.0] * len(left), [-1] * len(left), [0.0] * len(right)
    taken: set[int] = set()
    for negative, i, j in sorted(grid):
        if negative >= -0.02:
            break
        if place[i] < 0 and j not in taken:
            met[i], place[i], met_b[j] = -negative, j, -negative
            taken.add(j)
    return met, place, met_b


def _cover(met: list[float], weights: list[float]) -> float:
    return sum(map(mul, met, weights)) / max(sum(weights), 1e-6)


def _left(met: list[float], weights: list[float]) -> float:
    return sum(weights) - sum(map(mul, met, weights))


def _aligned(
    left: list[Part], right: list[Part], met: list[float], place: list[int], met_b: list[float]
) -> tuple[list[float], int]:
    """The ALIGNED features in their order, and the left part that met its partner worst."""
    wa, wb = [p.weight for p in left], [p.weight for p in right]
    core_a, core_b = [p.kind == CORE for p in left], [p.kind == CORE for p in right]
    light_a, light_b = [float(p.kind == LIGHT) for p in left], [float(p.kind == LIGHT) for p in right]
    core_wa, core_wb = list(map(mul, wa, core_a)), list(map(mul, wb, core_b))
    cover_a, cover_b = _cover(met, wa), _cover(met_b, wb)
    core_cover_a, core_cover_b = _cover(met, core_wa), _cover(met_b, core_wb)
    left_a, left_b, lights_a, lights_b = _left(met, wa), _left(met_b, wb), _left(met, light_a), _left(met_b, light_b)
    serious = [p.kind in (CORE, NUMBER) for p in left]
    shown = [m if s else 1.0 for m, s in zip(met, serious, strict=True)]
    ordered = sorted([*shown, *[1.0] * (MAX_PARTS - len(shown))])
    worst, n_core, whole = ordered[0], min(sum(core_a), sum(core_b)), ordered[0] > 0.8
    matched = sum(m > 0.5 and c for m, c in zip(met, core_a, strict=True))
    unmet = [m < 0.4 and c for m, c in zip(met_b, core_b, strict=True)]
    reached = [j for j in place if j >= 0]
    worth = list(map(mul, met, wa))
    kinds_a = [(p.kind, m) for p, m in zip(left, met, strict=True)]
    kinds_b = [(p.kind, m) for p, m in zip(right, met_b, strict=True)]
    unmet_initials = max(sum(k == INITIAL and m < 0.5 for k, m in kinds) for kinds in (kinds_a, kinds_b))
    apart = [
        (p.weight, right[j].weight) for p, j in zip(left, place, strict=True)
        if j >= 0 and p.kind == CORE and p.word != right[j].word
    ]  # fmt: skip
    clash = min(sum(k == INITIAL and m < 0.5 for k, m in kinds_a), sum(1 - m for k, m in kinds_b if k != LIGHT))
    return [
        min(cover_a, cover_b), max(cover_a, cover_b), cover_a, worst, ordered[1], min(left_a, left_b),
        max(left_a, left_b), min(matched, 4), matched == 1, min(sum(worth), 3), max(worth), len(left) == len(right),
        len(left) == 1, len(right) == 1, reached == sorted(reached), met[0] if place[0] == 0 else 0,
        met[-1] if place[-1] == len(right) - 1 else 0,
        sum(k == INITIAL and m > 0.5 for k, m in (*kinds_a, *kinds_b)), clash,
        any(k == NUMBER and m < 0.5 for k, m in (*kinds_a, *kinds_b)), min(core_cover_a, core_cover_b),
        max(core_cover_a, core_cover_b), min(_left(met, core_wa), _left(met_b, core_wb)), log(worst + 0.02),
        sum(log(m + 0.02) for m, w, s in zip(met, wa, serious, strict=True) if w > 0 and s), n_core <= 1,
        len(right) - len(left), (1 - met[0]) * (1 - met_b[0]) * core_a[0] * core_b[0],
        (1 - met[-1]) * (1 - met_b[-1]), unmet[0], sum(unmet) - unmet[0] - unmet[-1], unmet[-1],
        min(lights_a, lights_b), whole and len(right) > len(left), whole and n_core >= 2, lights_a + lights_b,
        unmet_initials, max((1 - max(w) for w in apart), default=0.0), max((1 - min(w) for w in apart), default=0.0),
    ], shown.index(min(shown))  # fmt: skip


def _worst_part(a: str, b: str | None) -> tuple[float, ...]:
    """Token features of the worst-met part and its partner."""
    if b is None:
        return _NONE
    spelled = a != b and min(len(a), len(b)) > 1 and not (a[0].isdigit() or b[0].isdigit())
    features = _token_pair(min(a, b), max(a, b)).features if spelled else _NONE
    if _forms_of_one(a, b):
        return tuple(1.0 if k in ALIKE else f for k, f in enumerate(features))
    return features


def features_of_pair(a: Name, b: Name) -> list[float]:
    """The values of pair_features.FEATURES for two names in canonical order."""
    one, two = _parts(a), _parts(b)
    left, right = _write_as_one(one, two), _write_as_one(two, one)
    if len(left) > len(right):
        left, right = right, left
    met, place, met_b = _align(left, right)
    aligned, worst = _aligned(left, right, met, place, met_b)
    at = place[worst]
    joined_a, joined_b = "".join(a.parts), "".join(b.parts)
    far = _similarity(joined_a, joined_b)
    short, full = (a, b) if a.is_acronym else (b, a)
    syllabic = bool(syllables(a) and syllables(b))
    alike = syllables_alike(a, b) if syllabic else 0.0
    return [
        *aligned, *_worst_part(left[worst].word, right[at].word if at >= 0 else None),
        JaroWinkler.similarity(joined_a, joined_b), far,
        _similarity(" ".join(sorted(a.parts)), " ".join(sorted(b.parts))), far == 1,
        bool(a.suffix and b.suffix and a.suffix != b.suffix),
        a.is_acronym != b.is_acronym and short.key in full.acronyms,
        bool(a.suffix) != bool(b.suffix), scopes_clash(a, b), bool(scope_words(a)) != bool(scope_words(b)),
        syllabic, alike, alike == 1, syllables_clash(a, b),
    ]  # fmt: skip
