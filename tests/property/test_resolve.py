"""What must hold for resolution whatever the names."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.resolve import compare, compare_many, resolve_mentions
from pipeline.resolve.clustering import cluster_nodes
from pipeline.resolve.names import parse_name
from tests.unit.resolve.corpus_tables import tables

GIVEN = ["Qasim", "Kassem", "Edith", "Orrin", "Laleh", "Izzat", "Ezzat"]
FAMILY = ["Behruzi", "Behrouzi", "Tallow", "al-Harashi", "al-Hrashi", "Zafarani"]
NAMES = st.one_of(st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY)), st.sampled_from(FAMILY))
PAGES = st.lists(st.lists(NAMES, min_size=1, max_size=4), min_size=2, max_size=7)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["PERSON", "ORG", "GPE", "NORP"]))
@settings(max_examples=60, deadline=None)
def test_comparison_is_symmetric_and_bounded_for_any_text(a: str, b: str, label: str) -> None:
    there, back = compare(a, b, label), compare(b, a, label)
    assert there.score == back.score
    assert 0 <= there.score <= 1
    assert compare(a, a, label).is_match


@given(st.lists(st.tuples(NAMES, st.one_of(NAMES, st.text(max_size=20))), min_size=1, max_size=20))
@QUICK
def test_a_pair_scores_the_same_by_itself_and_among_many(pairs: list[tuple[str, str]]) -> None:
    assert [c.score for c in compare_many(pairs, "PERSON")] == [compare(a, b, "PERSON").score for a, b in pairs]


@given(NAMES)
def test_taking_a_name_apart_is_stable(name: str) -> None:
    assert parse_name(" ".join(parse_name(name, "PERSON").parts), "PERSON").key == parse_name(name, "PERSON").key


EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(-6, 6)), max_size=30)
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5)


@given(EDGES, PAIRS)
@settings(max_examples=150)
def test_barred_pairs_never_share_a_cluster(edges: list[tuple[int, int, float]], barred: list[tuple[int, int]]) -> None:
    distinct = {(min(a, b), max(a, b)): w for a, b, w in edges if a != b}
    barred = [(a, b) for a, b in barred if a != b]
    left, right = [a for a, _ in distinct], [b for _, b in distinct]
    label = cluster_nodes(10, left, right, list(distinct.values()), (), barred)
    assert all(label[a] != label[b] for a, b in barred)
    shuffled = list(distinct.items())[::-1]
    again = cluster_nodes(
        10, [p[0] for p, _ in shuffled], [p[1] for p, _ in shuffled], [w for _, w in shuffled], (), barred[::-1]
    )
    assert label == again


def _pages(listed: list[list[str]]) -> dict[str, str]:
    return {f"out{i % 3}-{i}": ". Then came ".join(f"[{n}|PERSON]" for n in names) for i, names in enumerate(listed)}


def _partition(resolution) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in resolution.mention_entities.to_pylist():
        groups.setdefault(row["entity_id"], set()).add(row["mention_id"])
    return {frozenset(g) for g in groups.values()}


@given(PAGES, st.randoms(use_true_random=False))
@QUICK
def test_batches_in_any_order_end_in_the_same_entities_and_every_old_id_resolves(listed, random) -> None:
    pages = _pages(listed)
    whole = resolve_mentions(*tables(pages))
    order = list(pages)
    random.shuffle(order)
    state, compared, seen, known = None, None, {}, set()
    while order:
        size = random.randint(1, 3)
        seen |= {d: pages[d] for d in order[:size]}
        order = order[size:]
        last = resolve_mentions(*tables(seen), state, compared=compared)
        state, compared = last.state, last.compared
        known |= set(last.entities["entity_id"].to_pylist())
    assert _partition(last) == _partition(whole)
    standing = set(last.entities["entity_id"].to_pylist())
    leads = {r["old_entity_id"]: r["entity_id"] for r in last.entity_redirects.to_pylist()}
    assert all(e in standing or leads[e] in standing for e in known)
