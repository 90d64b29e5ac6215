"""The learned judge of lines: which line is the title, and how likely each belongs to the article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Flags, Floats, Ints
from pipeline.clean.context import best_run, matrix, neighbour_features, second_look
from pipeline.clean.features import local_features
from pipeline.clean.lexicon import Lexicon
from pipeline.clean.markup import Markup, markup_features
from pipeline.clean.page_features import outlet_features, page_features, title_features
from pipeline.clean.title import hint_forms
from pipeline.clean.trees import Trees
from pipeline.clean.words import prefix_keys

_WEIGHTS = Path(__file__).parent / "data" / "line_model.npz"
_SITE_MARK = re.compile(r"\s[-–—|»·:]+\s")
_LEAST_PROSE = 12  # words; shorter lines interrupt a run of prose
_STATED = 12.0  # log-odds for a line that says the stated title
TITLE_FLOOR = -1.0  # log-odds from which a page's best candidate is taken for its title


@dataclass(frozen=True)
class Judgement:
    """titles: the line number of each page's title in the batch, or -1; title_log_odds, log_odds: one a line."""

    titles: Ints
    title_log_odds: Floats
    log_odds: Floats


@dataclass(frozen=True)
class Stage:
    """Trees and the names of the columns they were learned on."""

    columns: list[str]
    trees: Trees

    def log_odds(self, features: Mapping[str, Floats]) -> Floats:
        return self.trees.sum(matrix(features, self.columns))


class LineModel:
    """Boosted trees in stages: title, first look, second look, and markup where there is some.

    Learned by benchmarks/train_stripping.py.
    """

    def __init__(self, stored: Mapping[str, NDArray]) -> None:
        self.lexicon = Lexicon(stored["lexicon"], float(stored["lexicon_scale"]))
        self._title, self._first, self._second, self._markup = (
            Stage(stored[f"{name}_columns"].tolist(), Trees.load(stored, f"{name}_"))
            for name in ("title", "first", "second", "markup")
        )

    def judge(
        self,
        batch: Batch,
        share: NDArray,
        pages_seen: NDArray,
        stated_titles: Sequence[str | None] = (),
        markups: Sequence[Markup | None] = (),
    ) -> Judgement:
        """Judge all lines of a batch.

        share, pages_seen: repetition by outlet, see `outlet_features`
        stated_titles, markups: of each page, what its record or markup calls it, and its markup; none when empty
        """
        features = line_features(batch, share, pages_seen, self.lexicon.scores(batch.words))
        title = self._title.log_odds(features)
        if any(stated_titles):
            title = title + _STATED * says_title(batch, stated_titles)
        titles = settle_titles(batch, best_lines(batch, title, TITLE_FLOOR), title)
        features |= title_features(batch, titles)
        first = self._first.log_odds(features)
        features |= second_look(batch, first)
        second = self._second.log_odds(features)
        if any(markups):
            has_markup = np.array([markup is not None for markup in markups])[batch.pages.page]
            seen = self._markup.log_odds(features | markup_features(batch, markups, second))
            second = np.where(has_markup, seen, second)
        return Judgement(titles, title, second)


def says_title(batch: Batch, stated_titles: Sequence[str | None]) -> Flags:
    """Lines that say, word for word, the stated title of their page, with or without its site's name."""
    out = np.zeros(len(batch), bool)
    for number, stated in enumerate(stated_titles):
        if stated and stated.strip():
            a, b = batch.pages.first[number], batch.pages.first[number + 1]
            forms = [form for form in hint_forms(stated) if len(form.split()) >= 2]
            out[a:b] = np.isin(batch.keys[a:b], Batch.of(["\n".join(forms)], [None]).keys)
    return out & (batch.keys != 0)


def line_features(batch: Batch, share: NDArray, pages_seen: NDArray, lexical: Floats) -> dict[str, Floats]:
    """All features that need no judgement of other lines."""
    features = local_features(batch) | page_features(batch) | outlet_features(share, pages_seen)
    features["lexical"] = lexical
    return features | neighbour_features(features, batch.pages.page)


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
    words, three or more, are its first. Of equal lines the last one before the main run of prose is the title.
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
            above = copies[copies <= best_run(prose, a, b)[0]]
            title = int(above[-1] if len(above) else copies[0])
        out[number] = title
    return out


@cache
def line_model() -> LineModel:
    """The model that ships with the package."""
    with np.load(_WEIGHTS) as stored:
        return LineModel(dict(stored))
