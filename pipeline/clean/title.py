"""Find the line of each page that is the article's title, or say that there is none."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.clean.batch import Batch, Flags, Floats, Ints
from pipeline.clean.context import best_run
from pipeline.clean.title_features import FEATURES, no_title_pattern, title_features
from pipeline.clean.trees import Trees
from pipeline.clean.words import prefix_keys

_WEIGHTS = Path(__file__).parent / "data" / "title_model.npz"
_SITE_MARK = re.compile(r"\s[-–—|»·:]+\s")
_LEAST_PROSE = 12  # words; shorter lines interrupt a run of prose
_STANDFIRST = 0.2  # of the main run's prose, that may stand between a page's header and its title
_STATED = 12.0  # log-odds for a line that says the stated title
_NEVER = -30.0  # log-odds of a line that cannot be a title
_CLEAR_LEAD = 2.0  # log-odds by which a likely line leads all others: no closer look is taken
_LINE_WEIGHT = 0.6  # of the line model's log-odds beside the closer look's
_FLOOR = -1.5  # log-odds of both together from which a page's best line is its title


@functools.cache
def title_model() -> Trees:
    """Boosted trees over title_features (see benchmarks/train_titles.py): a score for each candidate."""
    with np.load(_WEIGHTS) as stored:
        if tuple(stored["columns"].tolist()) != FEATURES:
            raise ValueError(f"{_WEIGHTS.name} was learned from other features: run benchmarks/train_titles.py")
        return Trees.load(stored, "title_")


def find_titles(
    batch: Batch, log_odds: Floats, stated_titles: Sequence[str | None] = (), closer_look: Trees | None = None
) -> tuple[Ints, Floats]:
    """The line number of each page's title in the batch, or -1 where it has none, and the log-odds of every line.

    log_odds: what the line model thinks of each line as a title. Where its choice does not lead clearly, the title
    model compares the page's candidates with each other and both are added up (weights set by cross-validation).
    stated_titles: of each page, what its record or markup calls it; a line that says the same wins.
    closer_look: the title model, by default the one that ships.
    """
    scores = log_odds.copy()
    if any(stated_titles):
        scores += np.float32(_STATED) * says_title(batch, stated_titles)
    _rule_out(batch, scores, np.flatnonzero(scores >= 0))
    best = best_lines(batch, scores, 0.0)
    unsure = np.flatnonzero(_lead(batch, scores, best) <= _CLEAR_LEAD)
    scores = _look_closer(batch, scores, unsure, closer_look or title_model())
    return choose_titles(batch, scores), scores


def choose_titles(batch: Batch, scores: Floats) -> Ints:
    """The title's line of each page, or -1, by the final log-odds of every line."""
    return settle_titles(batch, best_lines(batch, scores, _FLOOR), scores)


def _rule_out(batch: Batch, scores: Floats, lines: Ints) -> None:
    """Among some lines, those whose form no title has: wire slugs, letters to choose a text size by."""
    matches = no_title_pattern().fullmatch
    never = [line for line in lines.tolist() if matches(batch.pages.lines[line])]
    scores[never] = _NEVER


def _lead(batch: Batch, scores: Floats, best: Ints) -> Floats:
    """By how much the best line of each page leads its other lines; -1 where there is none."""
    others = scores.copy()
    others[best[best >= 0]] = _NEVER
    second = best_lines(batch, others, -np.inf)
    return np.where(best >= 0, scores[best] - others[second], -1)


def _look_closer(batch: Batch, scores: Floats, pages: Ints, model: Trees) -> Floats:
    """The scores, on some pages replaced by those of the title model for its candidates plus a share of their own."""
    first, lines = batch.pages.first.tolist(), batch.pages.lines
    out, at, features = scores.copy(), [], []
    for page in pages.tolist():
        a, b = first[page], first[page + 1]
        candidates, rows = title_features(lines[a:b], batch.urls[page])
        out[a:b] = _NEVER
        at.append(a + candidates)
        features.append(rows)
    if at:
        where = np.concatenate(at)
        likely = model.sum(np.concatenate(features)) + _LINE_WEIGHT * scores[where]
        out[where] = np.maximum(likely, _NEVER)
        _rule_out(batch, out, where)
    return out


def says_title(batch: Batch, stated_titles: Sequence[str | None]) -> Flags:
    """Lines that say, word for word, the stated title of their page, with or without its site's name."""
    out = np.zeros(len(batch), bool)
    for number, stated in enumerate(stated_titles):
        if stated and stated.strip():
            a, b = batch.pages.first[number], batch.pages.first[number + 1]
            forms = [form for form in hint_forms(stated) if len(form.split()) >= 2]
            out[a:b] = np.isin(batch.keys[a:b], Batch.of(["\n".join(forms)], [None]).keys)
    return out & (batch.keys != 0)


def best_lines(batch: Batch, log_odds: Floats, floor: float) -> Ints:
    """For each page its line of greatest log-odds (the first of equals), or -1 when that is below the floor."""
    page, first = batch.pages.page, batch.pages.first
    order = np.lexsort((-log_odds, page))
    best = np.full(len(first) - 1, -1)
    filled = np.flatnonzero(np.diff(first) > 0)
    best[filled] = order[first[filled]]
    best[filled] = np.where(log_odds[best[filled]] >= floor, best[filled], -1)
    return best


def settle_titles(batch: Batch, titles: Ints, log_odds: Floats) -> Ints:
    """The titles, each exchanged for a better line that says the same.

    A title that bears its site's name ("Pier reopens - Halden Observer") gives way to the bare one: the line whose
    words, three or more, are its first. Of equal lines the last one before the main run of prose is the title, a
    standfirst or a picture's caption between them not counting for prose.
    """
    keys, bounds = batch.keys, batch.pages.first.tolist()
    prose = (np.minimum(batch.words.per_line, 60) - _LEAST_PROSE).tolist()
    out = titles.copy()
    for number in np.flatnonzero(titles >= 0).tolist():
        a, b, title = bounds[number], bounds[number + 1], int(titles[number])
        if _SITE_MARK.search(batch.pages.lines[title]):
            begin, end = batch.words.first[title : title + 2]
            bare = a + np.flatnonzero(np.isin(keys[a:b], prefix_keys(batch.words.hash[begin:end])[2:-1]))
            title = int(bare[log_odds[bare].argmax()]) if len(bare) else title
        copies = a + np.flatnonzero(keys[a:b] == keys[title])
        if len(copies) > 1:
            begin, end = best_run(prose, a, b)
            run = np.maximum(prose[begin : end + 1], 0)
            above = copies[copies <= begin + np.searchsorted(np.cumsum(run), _STANDFIRST * run.sum(), "right")]
            title = int(above[-1] if len(above) else copies[0])
        out[number] = title
    return out


def hint_forms(hint: str) -> list[str]:
    """A stated title as it stands, then without its leading or trailing site name, longest first.

    >>> hint_forms("Grain talks resume - The Morning Ledger")
    ['Grain talks resume - The Morning Ledger', 'Grain talks resume', 'The Morning Ledger']
    """
    forms = [hint.strip()]
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · ", " » "):
        left, found, right = hint.rpartition(mark)
        if found:
            forms += sorted((left.strip(), right.strip()), key=len, reverse=True)
    return forms
