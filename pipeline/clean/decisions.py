"""From log-odds and rules to verdicts: is a line kept, what is it, and what decided."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.blocks import Kind
from pipeline.clean.features import Batch
from pipeline.clean.kinds import cut_kinds, kept_kinds
from pipeline.clean.phrases import Strength, phrase_book

KEEP = 0.5  # certainty from which a line is kept
_SURE = 0.9  # a set phrase does not cut a line of which the model is this certain
_MIN_REPEATED_WORDS = 4  # shorter lines may well be said twice


def decide(
    batch: Batch, log_odds: NDArray[np.float32], share: NDArray[np.float64]
) -> list[tuple[str, bool, str, float]]:
    """For each line: kind, is_kept, rule, score."""
    score = 1 / (1 + np.exp(-log_odds.astype(np.float64)))
    is_title = np.zeros(len(score), bool)
    is_title[batch.titles[batch.titles >= 0]] = True
    phrase, decided = deciding_phrases(batch)
    phrase_cut = decided & (score < _SURE) & ~is_title
    kept = ((score >= KEEP) & ~phrase_cut) | is_title
    repeat = _repeats_of_kept(batch, kept, is_title)
    kept &= ~repeat
    names = [c.name for c in phrase_book().classes]
    kinds = np.where(kept, kept_kinds(batch, kept, is_title), cut_kinds(batch, kept))
    kinds[repeat] = Kind.DUPLICATE
    rules = np.where(score >= KEEP, "model", np.where(share >= 0.3, "repetition:outlet", "model")).astype(object)
    for i in np.flatnonzero(phrase_cut):
        rules[i] = f"phrase:{names[phrase[i]]}"
    rules[repeat], rules[is_title] = "repetition:page", "title"
    score = np.where(is_title, np.maximum(score, KEEP), np.where(kept, score, np.minimum(score, KEEP)))
    return list(zip(map(str, kinds), kept.tolist(), rules.tolist(), np.round(score, 4).tolist(), strict=True))


def deciding_phrases(batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each line the class of its strongest phrase, and whether that phrase alone settles what it is."""
    classes = phrase_book().classes
    found = batch.phrases
    needed = np.array([c.decides if c.decides is not None else 9 for c in classes])
    room = np.array([c.max_words for c in classes])
    fits = (batch.words.per_line[:, None] <= room) | (found == Strength.WHOLE)
    settles = (found >= needed) & fits
    best = np.where(settles, found + 4, found).argmax(axis=1)
    return best, settles.any(axis=1)


def _repeats_of_kept(batch: Batch, kept: NDArray[np.bool_], is_title: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Kept lines that say, word for word, what a kept line before them on the page said."""
    out = np.zeros(len(kept), bool)
    candidates = np.flatnonzero(kept & ((batch.words.per_line >= _MIN_REPEATED_WORDS) | is_title))
    seen: set[tuple[int, int]] = set()
    for i in candidates[np.argsort(~is_title[candidates], kind="stable")].tolist():  # the title is the right copy
        key = (int(batch.pages.page[i]), int(batch.keys[i]))
        out[i] = key in seen
        seen.add(key)
    return out
