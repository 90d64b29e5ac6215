"""Clusters found many pairs at a time are those found by joining one pair at a time, the best first."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.clustering import UNLIKE, cluster_nodes

SIZE = 9
NODE = st.integers(0, SIZE - 1)
PAIR = st.tuples(NODE, NODE).filter(lambda pair: pair[0] < pair[1])
WEIGHT = st.one_of(st.floats(-6, 6), st.sampled_from([6.0, 3.0, 0.25, UNLIKE, -6.0]))  # many ties too


def one_at_a_time(
    weights: dict[tuple[int, int], float], must: list[tuple[int, int]], cannot: list[tuple[int, int]]
) -> list[int]:
    """The definition: each step weighs every two groups anew, and joins the two whose mean weight is the greatest."""
    groups = [{node} for node in range(SIZE)]

    def joined(one: set[int], other: set[int]) -> None:
        if one is not other:
            groups.remove(other)
            one |= other

    for pair in must:
        joined(*(next(g for g in groups if node in g) for node in pair))
    while True:
        best: list[tuple[float, int, int]] = []
        for one, other in combinations(sorted(groups, key=min), 2):
            across = [(min(pair), max(pair)) for pair in product(one, other)]
            mean = sum(weights.get(pair, UNLIKE) for pair in across) / len(across)
            if mean > 0 and not {*cannot} & {*across}:
                best.append((-mean, min(one), min(other)))
        if not best:
            return [min(next(g for g in groups if node in g)) for node in range(SIZE)]
        joined(*(next(g for g in groups if node in g) for node in min(best)[1:]))


@given(
    st.dictionaries(PAIR, WEIGHT.map(lambda w: round(w * 256) / 256), max_size=30),
    st.lists(PAIR, max_size=2),
    st.lists(PAIR, max_size=3),
)
@settings(max_examples=300, deadline=None)
def test_clusters_are_those_of_joining_the_best_pair_again_and_again(weights, must, cannot) -> None:
    apart = [pair for pair in cannot if pair not in must]
    ends = ([a for a, _ in weights], [b for _, b in weights])
    found = cluster_nodes(SIZE, *ends, list(weights.values()), must, apart)
    assert found == one_at_a_time(weights, must, apart)
