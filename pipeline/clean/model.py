"""The learned judge of lines: which line is the title, and how likely each belongs to the article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Floats, Ints
from pipeline.clean.context import matrix, neighbour_features, second_look
from pipeline.clean.features import local_features
from pipeline.clean.lexicon import Lexicon
from pipeline.clean.markup import Markup, markup_features
from pipeline.clean.network import Network
from pipeline.clean.page_features import outlet_features, page_features, title_features
from pipeline.clean.title import find_titles
from pipeline.clean.trees import Trees

_WEIGHTS = Path(__file__).parent / "data" / "line_model.npz"


@dataclass(frozen=True)
class Judgement:
    """titles: the line number of each page's title in the batch, or -1; title_log_odds, log_odds: one a line."""

    titles: Ints
    title_log_odds: Floats
    log_odds: Floats


@dataclass(frozen=True)
class Stage:
    """What scores lines, and the names of the columns it was learned on."""

    columns: list[str]
    score: Callable[[Floats], Floats]

    def log_odds(self, features: Mapping[str, Floats]) -> Floats:
        return self.score(matrix(features, self.columns))


class LineModel:
    """Boosted trees in stages: title, first look, second look, and markup where there is some.

    A network takes the second look too, and the mean of both counts. Learned by benchmarks/train_stripping.py.
    """

    def __init__(self, stored: Mapping[str, NDArray]) -> None:
        self.lexicon = Lexicon(stored["lexicon"], float(stored["lexicon_scale"]))
        self._title, self._first, self._second, self._markup = (
            Stage(stored[f"{name}_columns"].tolist(), Trees.load(stored, f"{name}_").sum)
            for name in ("title", "first", "second", "markup")
        )
        self._network = Stage(stored["network_columns"].tolist(), Network.load(stored, "network_").log_odds)

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
        titles, title = find_titles(batch, title, stated_titles)
        features |= title_features(batch, titles)
        first = self._first.log_odds(features)
        features |= second_look(batch, first)
        second = mean(self._second.log_odds(features), self._network.log_odds(features))
        if any(markups):
            has_markup = np.array([markup is not None for markup in markups])[batch.pages.page]
            seen = self._markup.log_odds(features | markup_features(batch, markups, second))
            second = np.where(has_markup, mean(second, seen), second)
        return Judgement(titles, title, second)


def mean(one: Floats, other: Floats) -> Floats:
    """The log-odds halfway between two verdicts."""
    return (one + other) * np.float32(0.5)


def line_features(batch: Batch, share: NDArray, pages_seen: NDArray, lexical: Floats) -> dict[str, Floats]:
    """All features that need no judgement of other lines."""
    features = local_features(batch) | page_features(batch) | outlet_features(share, pages_seen)
    features["lexical"] = lexical
    return features | neighbour_features(features, batch.pages.page)


@cache
def line_model() -> LineModel:
    """The model that ships with the package."""
    with np.load(_WEIGHTS) as stored:
        return LineModel(dict(stored))
