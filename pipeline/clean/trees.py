"""Gradient-boosted regression trees scored with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_CELLS = 1 << 16  # line x tree cells walked at a time, so that the work stays in cache
_FEATURE_BITS = 10
_FEATURE_MASK = (1 << _FEATURE_BITS) - 1


@dataclass(frozen=True)
class Trees:
    """A sum of binary trees. All nodes stand in flat arrays; a leaf is its own child.

    root: first node of each tree; branch: where to go when the value is not above the threshold (the node after it
    otherwise), and in the low bits the feature that is asked, so that one look-up gives both; value: of a leaf;
    depth: of the deepest tree
    """

    root: NDArray[np.int64]
    branch: NDArray[np.int64]
    threshold: NDArray[np.float32]
    value: NDArray[np.float32]
    depth: int

    def sum(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """The trees' total for each row of (n, features): a log-odds. No value may be NaN."""
        n, width = features.shape
        out = np.empty(n, np.float32)
        step = max(1, _CELLS // len(self.root))
        at_root, threshold = self.branch[self.root], self.threshold[self.root]
        for begin in range(0, n, step):
            rows = np.ascontiguousarray(features[begin : begin + step])
            flat, offset = rows.ravel(), (np.arange(len(rows)) * width)[:, None]
            node = (at_root >> _FEATURE_BITS) + (rows.take(at_root & _FEATURE_MASK, axis=1) > threshold)
            for _ in range(self.depth - 1):
                branch = self.branch.take(node)
                above = flat.take((branch & _FEATURE_MASK) + offset) > self.threshold.take(node)
                branch >>= _FEATURE_BITS
                branch += above
                node = branch
            out[begin : begin + step] = self.value.take(node).sum(axis=1)
        return out

    @classmethod
    def load(cls, stored: Mapping[str, NDArray], prefix: str) -> Trees:
        """Trees from the arrays that `arrays` gives."""
        child = np.asarray(stored[f"{prefix}child"], np.int64)
        is_leaf = child == 0  # no node has the first node of all as its child
        value = np.asarray(stored[f"{prefix}threshold"], np.float32)
        branch = np.where(is_leaf, np.arange(len(child)), child) << _FEATURE_BITS
        return cls(
            root=np.asarray(stored[f"{prefix}root"], np.int64),
            branch=branch | np.asarray(stored[f"{prefix}feature"], np.int64),
            threshold=np.where(is_leaf, np.float32(np.inf), value),
            value=np.where(is_leaf, value, np.float32(0)),
            depth=int(stored[f"{prefix}depth"]),
        )
