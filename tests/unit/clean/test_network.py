"""The network scores as its weights say, and a row scores the same whatever stands beside it."""

import numpy as np
import pytest

from pipeline.clean.network import Network, arrays

RNG = np.random.default_rng(4)
CENTER, SPREAD = np.array([1.0, -2.0, 0.0]), np.array([2.0, 0.5, 1.0])


def network(hidden, out, bias=0.0):
    hidden = np.asarray(hidden, float)
    stored = arrays(CENTER, SPREAD, hidden, np.zeros(hidden.shape[1]), np.asarray(out, float), np.array([bias]))
    return Network.load({f"n_{name}": value for name, value in stored.items()}, "n_")


def test_one_unit_by_hand():
    net = network([[0.5], [0.0], [0.0]], [2.0], bias=-1.0)
    rows = np.array([[3.0, 9, 9], [1.0, 0, 0], [-5.0, 0, 0]], np.float32)  # one, none and minus three deviations
    assert net.log_odds(rows) == pytest.approx([0.0, -1.0, -1.0], abs=1e-6)


def test_nothing_is_surer_than_nine():
    net = network([[1.0], [0.0], [0.0]], [1e6])
    assert net.log_odds(np.array([[1e30, 0, 0]], np.float32)).tolist() == [9.0]


def test_eight_bits_are_near_the_weights_they_stand_for():
    hidden, out = RNG.normal(size=(3, 5)), RNG.normal(size=5)
    rows = (CENTER + SPREAD * RNG.uniform(-3, 3, (200, 3))).astype(np.float32)
    exact = np.maximum((rows - CENTER) / SPREAD @ hidden, 0) @ out
    assert np.abs(network(hidden, out).log_odds(rows) - np.clip(exact, -9, 9)).max() < 0.2


def test_rows_are_independent_of_their_batch_to_the_bit():
    net = network(RNG.normal(size=(3, 64)), RNG.normal(size=64))
    rows = RNG.normal(size=(5_000, 3)).astype(np.float32)
    whole = net.log_odds(rows)
    for begin, end in ((0, 1), (17, 18), (100, 117), (4_990, 5_000)):
        assert np.array_equal(whole[begin:end], net.log_odds(rows[begin:end]))
