"""The learned judge of lines: weights, and the log-odds they give that a line belongs to the article."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.features import Floats, Ints, with_neighbours
from pipeline.clean.trees import Trees

_WEIGHTS = Path(__file__).parent / "data" / "line_model.npz"


class LineModel:
    """Boosted trees over line features; see benchmarks/train_stripping.py for how they are learned."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.columns: list[str] = stored["columns"].tolist()
            self._lines = Trees.load(stored, "lines_")

    def log_odds(self, features: dict[str, Floats], page: Ints) -> NDArray[np.float32]:
        """For each line the log-odds that it belongs to the article. features: columns by name; page: its page."""
        names, matrix = with_neighbours(features, page)
        if names != self.columns:
            raise ValueError(f"{_WEIGHTS.name} was learned from other features: run benchmarks/train_stripping.py")
        return self._lines.sum(matrix)


@cache
def line_model() -> LineModel:
    """The model that ships with the package."""
    return LineModel(_WEIGHTS)
