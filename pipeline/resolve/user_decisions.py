"""What overrides.yml decides, carried out on name nodes: it comes after every other evidence and beats it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.resolve.clustering import components
from pipeline.resolve.corpus import Corpus, Node
from pipeline.resolve.links import Linked, NodeLink
from pipeline.resolve.names import fold, parse_name
from pipeline.resolve.overrides import Overrides

Pair = tuple[int, int]


class _Bearers:
    """Finds the nodes that a name of the user's means."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.by_key: dict[tuple[str, str], int] = {n.key[:2]: i for i, n in enumerate(nodes)}
        self.groups = sorted({n.key[0] for n in nodes})
        self.by_text: dict[str, list[int]] = defaultdict(list)
        for i, node in enumerate(nodes):
            for text in {fold(s) for s in node.surfaces}:
                self.by_text[text].append(i)

    def all_of(self, name: str) -> list[int]:
        """Nodes of that very name, most mentioned first; else those that documents shorten so."""
        keys = ((group, parse_name(name, group).key) for group in self.groups)
        found = [self.by_key[key] for key in keys if key in self.by_key] or self.by_text.get(fold(name), [])
        return sorted(found, key=lambda i: (-self.nodes[i].mentions, i))


def forbidden_pairs(nodes: Sequence[Node], overrides: Overrides) -> list[Pair]:
    """Pairs of nodes that the user forbids to be one. Names that no document has are left out."""
    bearers = _Bearers(nodes)
    pairs = {
        (min(a, b), max(a, b))
        for x, y in overrides.forbid for a in bearers.all_of(x) for b in bearers.all_of(y) if a != b
    }  # fmt: skip
    return sorted(pairs)


def merged_links(nodes: Sequence[Node], overrides: Overrides) -> list[NodeLink]:
    """The user's merges as links between the most mentioned nodes of each name."""
    bearers, links = _Bearers(nodes), []
    for group in overrides.merge:
        found = list(dict.fromkeys(i for name in group for i in bearers.all_of(name)[:1]))
        links += [NodeLink(min(found[0], i), max(found[0], i), "override", 1.0) for i in found[1:]]
    return links


def without_forbidden(links: Iterable[NodeLink], size: int, forbidden: Sequence[Pair]) -> list[NodeLink]:
    """The links that can all be kept without bringing a forbidden pair together, the first ones first."""
    links = list(links)
    root = components(size, ((x.left, x.right) for x in links))
    at_risk = {root[a] for a, b in forbidden if root[a] == root[b]}
    kept: list[NodeLink] = []
    tried: list[Pair] = []  # the kept links of components that all links together would join wrongly
    for link in links:
        pair = (link.left, link.right)
        if root[link.left] in at_risk:
            joined = components(size, (*tried, pair))
            if any(joined[a] == joined[b] for a, b in forbidden):
                continue
            tried.append(pair)
        kept.append(link)
    return kept


def join_clusters(
    nodes: Sequence[Node],
    cluster: Sequence[int],
    merges: Sequence[NodeLink],
    forbidden: Sequence[Pair],
    cannot: Sequence[Pair],
) -> list[int]:
    """Join the whole clusters of merged names: for each node the least node of its cluster.

    The merged names themselves are held apart by a forbidden pair alone; other spellings of theirs come along unless
    a forbidden or `cannot` pair holds them apart from what is joined. What stays behind stays together.
    """
    apart: dict[int, set[int]] = defaultdict(set)
    for a, b in (*forbidden, *((a, b) for a, b in cannot if cluster[a] != cluster[b])):
        apart[a].add(b)
        apart[b].add(a)
    merges = without_forbidden(merges, len(nodes), forbidden)
    members: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(cluster):
        members[label].append(i)
    owner = list(cluster)
    groups: dict[int, set[int]] = defaultdict(set)
    for i, root in enumerate(components(len(nodes), ((m.left, m.right) for m in merges))):
        groups[root].add(i)
    for named in groups.values():
        if len(named) > 1:
            rest = {i for n in named for i in members[cluster[n]]} - named
            joined = set(named)
            for i in sorted(rest, key=lambda i: (-nodes[i].mentions, i)):
                if owner[i] == cluster[i] and not apart[i] & joined:
                    joined.add(i)
            for i in joined:
                owner[i] = len(nodes) + min(named)
    least: dict[int, int] = {}
    return [least.setdefault(label, i) for i, label in enumerate(owner)]


def split_off(whole: Corpus, linked: Linked, split: Corpus) -> Linked:
    """Carry clusters of the undivided corpus over to the same corpus with the user's splits made.

    All else stands as if nothing had been split. What one outlet or document splits off a cluster is a cluster by
    itself that nothing else joins.
    """
    home: dict[int, int] = {}
    for there, here in zip(whole.node_of, split.node_of, strict=True):
        for old, new in zip(there, here, strict=True):
            label = linked.cluster[old]
            home[new] = min(label, home.get(new, label))
    first: dict[tuple[int, str], int] = {}
    cluster = [first.setdefault((home[i], n.key[2]), i) for i, n in enumerate(split.nodes)]
    number = {node.key: i for i, node in enumerate(split.nodes)}
    links = [
        replace(link, left=number[a], right=number[b])
        for link in linked.links
        if (a := whole.nodes[link.left].key) in number and (b := whole.nodes[link.right].key) in number
    ]
    links += [
        NodeLink(owner, i, "override", 1.0)
        for i, owner in enumerate(cluster) if i != owner and split.nodes[i].key[2]
    ]  # fmt: skip
    return replace(linked, cluster=cluster, links=links)
