"""The second reading: each token's evidence beside that of the same word elsewhere in the document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from pipeline.entities.document import Document
from pipeline.entities.gazetteer import is_city, is_country, is_nationality
from pipeline.entities.lexicon import lexicon_rows
from pipeline.entities.network import CLASSES, Ensemble
from pipeline.entities.topics import topic_shares

_N = len(CLASSES)
_LISTS = ("head_words", "not_names", "context_words")
_FLOOR = 5e-4

LabelledRange = tuple[int, int, str]


class Rereading:
    """The names that the second reading finds, and how sure it is that a place is none."""

    def __init__(self, document: Document, places: np.ndarray, probabilities: np.ndarray) -> None:
        self.names: list[LabelledRange] = _decode(places, probabilities, document.view) if len(places) else []
        self._outside = dict(zip(places[:, 0].tolist(), probabilities[:, 0].tolist(), strict=True))

    def outside(self, start: int) -> float:
        """Probability that the token that begins at `start` belongs to no name; 0 where nothing is known."""
        return self._outside.get(start, 0.0)


def reread(documents: Sequence[Document], tokens: Sequence[np.ndarray], network: Ensemble) -> list[Rereading]:
    """The second reading of documents, each from the evidence of its own tokens, all judged in one product."""
    features = [document_features(d, t) for d, t in zip(documents, tokens, strict=True) if len(t)]
    probabilities = network.probabilities(np.vstack(features)) if features else np.zeros((0, _N), np.float32)
    own = np.split(probabilities, np.cumsum([len(t) for t in tokens])[:-1]) if tokens else []
    return [Rereading(d, t[:, :2], p) for d, t, p in zip(documents, tokens, own, strict=True)]


def document_features(document: Document, tokens: np.ndarray) -> np.ndarray:
    """(tokens, features) for the candidate tokens of a document, given as rows of (start, end, thousandths...)."""
    starts, ends = tokens[:, 0], tokens[:, 1]
    words = [document.view[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
    local = np.empty((len(tokens), _N), np.float32)
    local[:, 1:] = tokens[:, 2:] / 1000
    local[:, 0] = np.maximum(0, 1 - local[:, 1:].sum(axis=1))
    follows = _follows(starts, ends, document.view)
    ids = np.unique(np.array(words, dtype=object).astype(str), return_inverse=True)[1]
    pairs = np.where(np.append(follows, False), ids * (ids.max() + 1) + np.append(ids[1:], 0), -1 - np.arange(len(ids)))
    pair_means = _means_elsewhere(np.unique(pairs, return_inverse=True)[1], local)
    lexical = _lexical_features(document, words, starts)
    single = np.hstack([np.log(np.maximum(local, _FLOOR)), lexical])
    near = np.hstack([_means_elsewhere(ids, local), pair_means, most_elsewhere(ids, local)])
    topics = np.tile(topic_shares(document), (len(tokens), 1))
    return np.hstack([_window(single, follows, 2), _window(near, follows, 1), topics])


def _follows(starts: np.ndarray, ends: np.ndarray, text: str) -> np.ndarray:
    """For each token but the last, whether nothing but blanks of one line stand before the next."""
    gaps = starts[1:] - ends[:-1]
    close = gaps <= 1
    newline = [bool(c) and text[e] == "\n" for c, e in zip(close & (gaps == 1), ends[:-1].tolist(), strict=True)]
    return close & ~np.array(newline, dtype=bool)


def _means_elsewhere(ids: np.ndarray, local: np.ndarray) -> np.ndarray:
    """Mean evidence of the other tokens with the same id, and the logarithm of how many there are."""
    sums = np.zeros((ids.max() + 1, _N), np.float32)
    np.add.at(sums, ids, local)
    others = np.bincount(ids)[ids] - 1
    mean = (sums[ids] - local) / np.maximum(others, 1)[:, None]
    mean[others == 0] = 0
    return np.hstack([mean, np.log1p(others)[:, None].astype(np.float32)])


def most_elsewhere(ids: np.ndarray, local: np.ndarray) -> np.ndarray:
    """Highest evidence for each class of a name among the other tokens with the same id; 0 where there is none."""
    names, shape = local[:, 1:], (ids.max() + 1, _N - 1)
    best, second, count = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape, np.int64)
    np.maximum.at(best, ids, names)
    is_best = names == best[ids]
    np.maximum.at(second, ids, np.where(is_best, np.float32(0), names))
    np.add.at(count, ids, is_best)
    return np.where(is_best & (count[ids] == 1), second[ids], best[ids])


def _window(values: np.ndarray, follows: np.ndarray, reach: int) -> np.ndarray:
    """Each row beside its neighbours at -reach..reach; zeros where another phrase or the line's end lies between."""
    parts, back, ahead = [values], np.append(False, follows), np.append(follows, False)
    left, right, left_open, right_open = values, values, np.ones(len(values), bool), np.ones(len(values), bool)
    for _ in range(reach):
        left_open = back & np.append(False, left_open[:-1])
        right_open = ahead & np.append(right_open[1:], False)
        left = np.roll(left, 1, axis=0) * left_open[:, None]
        right = np.roll(right, -1, axis=0) * right_open[:, None]
        parts += [left, right]
    return np.hstack(parts)


def _lexical_features(document: Document, words: Sequence[str], starts: np.ndarray) -> np.ndarray:
    lines = np.array([line.start for line in document.lines])
    line_of = np.searchsorted(lines, starts, side="right") - 1
    capitals = np.array([word[:1].isupper() for word in words])
    headline = np.bincount(line_of, capitals, len(lines)) / np.maximum(np.bincount(line_of, minlength=len(lines)), 1)
    bits = np.array([_word_features(word) for word in words], dtype=np.float32)
    lower = document.words.small
    extra = [
        capitals,
        headline[line_of],
        np.array([word.lower() in lower for word in words]),
        starts == lines[line_of],
    ]
    return np.hstack([bits, np.column_stack(extra).astype(np.float32)])


@cache
def _kinds() -> tuple[int, dict[str, tuple[int, ...]]]:
    """How many kinds of word the lists know, and the kinds of each word."""
    kinds: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for name in _LISTS:
        for row in lexicon_rows(name):
            found.setdefault(row["entry"], []).append(kinds.setdefault(f"{name}:{row['kind']}", len(kinds)))
    for row in lexicon_rows("roles"):
        for word in row["entry"].lower().split():
            found.setdefault(word.rstrip("."), []).append(kinds.setdefault(row["strength"], len(kinds)))
    for row in lexicon_rows("particles"):
        found.setdefault(row["entry"], []).append(kinds.setdefault("particle", len(kinds)))
    return len(kinds), {word: tuple(sorted(set(bits))) for word, bits in found.items()}


@cache
def _word_features(word: str) -> tuple[bool, ...]:
    count, kinds = _kinds()
    bits = [False] * count
    for bit in kinds.get(word.lower().rstrip("."), ()):
        bits[bit] = True
    places = (is_country(word), is_city(word), is_nationality(word))
    shape = (word.isupper(), len(word) == 1, "." in word, any(c.isdigit() for c in word), word.isalpha())
    return (*bits, *places, *shape)


def _decode(places: np.ndarray, probabilities: np.ndarray, text: str) -> list[LabelledRange]:
    """Runs of neighbouring tokens to names; a run whose best classes contradict each other goes through Viterbi."""
    follows = _follows(places[:, 0], places[:, 1], text)
    best = probabilities.argmax(axis=1)
    best = _consistent(best, probabilities, follows)
    found: list[LabelledRange] = []
    for at in np.flatnonzero(best).tolist():
        label, (start, end) = CLASSES[best[at]][2:], places[at].tolist()
        if CLASSES[best[at]][0] == "I" and found and found[-1][1] == places[at - 1, 1]:
            found[-1] = (found[-1][0], end, label)
        else:
            found.append((start, end, label))
    return found


def _consistent(best: np.ndarray, probabilities: np.ndarray, follows: np.ndarray) -> np.ndarray:
    before = np.append(0, np.where(follows, best[:-1], 0))
    broken = (best > 0) & (best % 2 == 0) & (before != best) & (before != best - 1)
    if not broken.any():
        return best
    best = best.copy()
    edges = np.flatnonzero(~np.append(follows, False)) + 1
    for at in np.unique(np.searchsorted(edges, np.flatnonzero(broken), side="right")).tolist():
        run = slice(edges[at - 1] if at else 0, edges[at])
        best[run] = _viterbi(np.log(np.maximum(probabilities[run], 1e-9)))
    return best


def _viterbi(scores: np.ndarray) -> list[int]:
    allowed = _transitions()
    total, back = scores[0] + allowed[0], []
    for row in scores[1:]:
        step = total[:, None] + allowed
        back.append(step.argmax(axis=0))
        total = step.max(axis=0) + row
    path = [int(total.argmax())]
    for pointer in reversed(back):
        path.append(int(pointer[path[-1]]))
    return path[::-1]


@cache
def _transitions() -> np.ndarray:
    """0 where a class may follow another, else minus infinity; I-X follows B-X and I-X alone."""
    allowed = np.zeros((_N, _N), np.float32)
    for i in range(2, _N, 2):
        allowed[:, i] = -np.inf
        allowed[i - 1 : i + 1, i] = 0
    return allowed
