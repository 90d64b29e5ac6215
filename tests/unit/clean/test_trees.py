"""The numpy walk over flat arrays gives what walking each tree by hand gives."""

import numpy as np

from pipeline.clean.trees import Trees

# Two trees: x0 <= 1 ? (x1 <= 0 ? 1 : 2) : 4, and a single leaf of 10. Node 0 is the mark for leaves.
STORED = {
    "t_root": np.array([1, 6]),
    "t_feature": np.array([0, 0, 1, 0, 0, 0, 0]),
    "t_threshold": np.array([0, 1.0, 0.0, 4.0, 1.0, 2.0, 10.0]),
    "t_child": np.array([0, 2, 4, 0, 0, 0, 0]),
    "t_depth": np.array(2),
}


def test_sum_of_trees_by_hand():
    trees = Trees.load(STORED, "t_")
    rows = np.array([[1, 0], [1, 0.5], [1.5, 0], [-9, -9]], np.float32)
    assert trees.sum(rows).tolist() == [11, 12, 14, 11]


def test_rows_are_independent_of_their_batch():
    trees = Trees.load(STORED, "t_")
    rows = np.random.default_rng(1).normal(size=(100_000, 2)).astype(np.float32)
    whole = trees.sum(rows)
    assert np.array_equal(whole[70_000:70_010], trees.sum(rows[70_000:70_010]))
    expected = np.where(rows[:, 0] > 1, 4, np.where(rows[:, 1] > 0, 2, 1)) + 10
    assert np.array_equal(whole, expected)
