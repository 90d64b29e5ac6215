"""A small feed-forward network scored with numpy alone, in whole numbers where the order of sums could matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
STEPS = 32  # a standard deviation is cut into so many steps
_LARGEST = 127  # of a feature in steps, and of a hidden weight
_SUREST = 9.0  # log-odds
_ONE_THREAD = 1 << 18  # multiplications that OpenBLAS does not spread over threads


@dataclass(frozen=True)
class Network:
    """One hidden layer of rectified units over standardised features.

    center, spread: of each feature; hidden: (features, units), whole numbers up to 127 times `scale` of the unit;
    hidden_bias, out: (units,); out_bias: (1,)

    Features are whole numbers too, so every sum below 2^24 is exact in float32: a line scores the same in any batch
    and with any linear algebra library, however that orders its sums.
    """

    center: Floats
    spread: Floats
    hidden: Floats
    scale: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def log_odds(self, features: Floats) -> Floats:
        """One log-odds, within -9 and 9, for each row of (n, features)."""
        units = _product(in_steps(features, self.center, self.spread), self.hidden)
        units *= self.scale
        units += self.hidden_bias
        np.maximum(units, 0, out=units)
        units *= self.out
        return np.clip(units.sum(axis=1) + self.out_bias, -_SUREST, _SUREST)

    @classmethod
    def load(cls, stored: Mapping[str, NDArray], prefix: str) -> Network:
        """A network from the arrays that `arrays` gives."""
        return cls(*(np.asarray(stored[f"{prefix}{name}"], np.float32) for name in cls.__dataclass_fields__))


def _product(rows: Floats, weights: Floats) -> Floats:
    """rows @ weights, in pieces too small for the linear algebra library to share out: its second thread would wait for
    the next piece at full load, and cost more than the product."""
    out = np.empty((len(rows), weights.shape[1]), np.float32)
    step = max(1, _ONE_THREAD // weights.size)
    for begin in range(0, len(rows), step):
        np.matmul(rows[begin : begin + step], weights, out=out[begin : begin + step])
    return out


def in_steps(features: Floats, center: Floats, spread: Floats) -> Floats:
    """Features in steps of their standard deviation from their mean, whole numbers up to 127."""
    out = features - center
    out *= STEPS / spread
    np.rint(out, out=out)
    return np.clip(out, -_LARGEST, _LARGEST, out=out)


def arrays(
    center: NDArray, spread: NDArray, hidden: NDArray, hidden_bias: NDArray, out: NDArray, out_bias: NDArray
) -> dict[str, NDArray]:
    """What `Network.load` reads, from weights learned on `in_steps(...) / STEPS`; hidden weights rounded to 8 bits."""
    scale = np.maximum(np.abs(hidden).max(axis=0), 1e-6) / _LARGEST
    return {
        "center": np.asarray(center, np.float32),
        "spread": np.asarray(spread, np.float32),
        "hidden": np.rint(hidden / scale).astype(np.int8),
        "scale": (scale / STEPS).astype(np.float32),
        "hidden_bias": np.asarray(hidden_bias, np.float32),
        "out": np.asarray(out, np.float32),
        "out_bias": np.asarray(out_bias, np.float32),
    }
