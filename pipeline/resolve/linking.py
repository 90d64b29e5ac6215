"""Links between name nodes: every reason for and against their being one entity, then the clustering."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, combinations

import numpy as np

from pipeline.resolve.canonical import company_words
from pipeline.resolve.clustering import LIMIT, UNLIKE, cluster_nodes
from pipeline.resolve.company import Company, nearly_same
from pipeline.resolve.comparison import pair_evidence
from pipeline.resolve.corpus import Corpus, Node, harmonised_groups, shared_office
from pipeline.resolve.distinctions import held_apart, is_another, other_person
from pipeline.resolve.knowledge import Knowledge
from pipeline.resolve.links import Linked, NodeLink
from pipeline.resolve.lone_forms import (
    KNOWN,
    ONLY_BEARER,
    explained_elsewhere,
    is_lone,
    lone_surnames,
    shortened_bodies,
)
from pipeline.resolve.name_pairs import NameMemory, compare_names
from pipeline.resolve.names import NORP, ORG, PLACE, Name
from pipeline.resolve.overrides import Overrides
from pipeline.resolve.user_decisions import forbidden_pairs, join_clusters, merged_links, without_forbidden
from pipeline.resolve.within_document import JUNIORS, is_no_person

SAME_LETTERS = 0.99  # score of two places that differ in spaces, accents and doubled letters alone
DEFINED_ACRONYM, ONLY_INITIALS = "acronym defined in a document", "acronym of the only name with these initials"
BY_COMPANY = ("spelling", ONLY_BEARER, DEFINED_ACRONYM, ONLY_INITIALS)  # rules that ask what company two names keep
DEFINED = 4.0  # evidence of an acronym that a document defines
_GENERATIONS = JUNIORS | {"sr", "senior"}


def _of_two_generations(a: Name, b: Name) -> bool:
    """Whether one is called junior, senior or by a number, and the other is not so called."""
    return a.suffix != b.suffix and bool(_GENERATIONS & {a.suffix, b.suffix})


def _is_known_place(node: Node) -> bool:
    """Whether the knowledge file knows this place or nationality."""
    return node.known is not None and node.key[0] in (PLACE, NORP)


def spelling_links(
    nodes: Sequence[Node], compared: NameMemory, misread: Set[int]
) -> tuple[list[NodeLink], list[float]]:
    """Compared pairs with their probability and their evidence; lone surnames are not compared with full names, nor
    nodes that are `misread` with any."""
    left, right, score = compared.left, compared.right, compared.score
    weight = pair_evidence([node.name for node in nodes], left, score)
    lone = np.array([is_lone(node) for node in nodes], bool)
    # Two offices, however alike in spelling, acronyms and what is no person say nothing.
    named = np.array(
        [not (node.name.is_acronym or node.name.is_title or is_no_person(node.name)) for node in nodes], bool
    )
    named[sorted(misread)] = False
    told = np.flatnonzero((weight != UNLIKE) & (lone[left] == lone[right]) & named[left] & named[right])
    links, weights = [], []
    for a, b, p, w in zip(*(side[told].tolist() for side in (left, right, score, weight)), strict=True):
        if w > 0 and is_another(nodes[a].name, nodes[b].name):
            continue  # a body and its branch, a company and its product, two people of one surname
        if w > 0 and p < SAME_LETTERS and _is_known_place(nodes[a]) != _is_known_place(nodes[b]):
            continue  # Columbia is not Colombia: the knowledge file spells what it knows
        links.append(NodeLink(a, b, "spelling", p))
        weights.append(-LIMIT if _of_two_generations(nodes[a].name, nodes[b].name) else w)
    return links, weights


def _held_against(corpus: Corpus, a: int, b: int, company: Company) -> float:
    """What speaks against two nodes that are spelled alike: one document holds them apart, or documents that lack
    company. Names that are nearly the same, or of one office, need none."""
    one, other = corpus.nodes[a], corpus.nodes[b]
    if held_apart(corpus, company, a, b):
        return 2 * LIMIT
    return 0.0 if nearly_same(one.name, other.name) or shared_office(one, other) else company.against(a, b)


def in_company(corpus: Corpus, links: Sequence[NodeLink], weights: Sequence[float], company: Company) -> list[float]:
    """The evidence of spelling links, less what the documents hold against those that speak for joining."""
    return [
        w - _held_against(corpus, link.left, link.right, company) if w > 0 else w
        for link, w in zip(links, weights, strict=True)
    ]


def acronym_links(corpus: Corpus) -> Iterator[NodeLink]:
    """An acronym and the name that documents define it by; undefined, the only name whose initials it spells."""
    spelled: dict[str, list[int]] = defaultdict(list)
    defined: dict[str, Counter[int]] = defaultdict(Counter)
    for i, node in enumerate(corpus.nodes):
        for acronym in node.name.acronyms:
            spelled[acronym].append(i)
    for (acronym, number), count in corpus.definitions.items():
        defined[acronym][number] += count
    for i, node in enumerate(corpus.nodes):
        acronym = node.name.key
        if not node.name.is_acronym:
            continue
        if acronym in defined:
            best = min(defined[acronym], key=lambda n: (-defined[acronym][n], n))
            yield NodeLink(min(i, best), max(i, best), DEFINED_ACRONYM, 0.98)
        elif (
            node.known is None
            and len(acronym) >= 4
            and len(spelled[acronym]) == 1
            and corpus.nodes[spelled[acronym][0]].key[0] == ORG
        ):
            other = spelled[acronym][0]
            yield NodeLink(min(i, other), max(i, other), ONLY_INITIALS, 0.9)


def _undefined_here(corpus: Corpus, link: NodeLink, company: Company) -> float:
    """What speaks against the meaning of an acronym in documents that do not define it: the company that they lack, if
    few documents have the full name, for others of its letters are not far."""
    short, full = sorted((link.left, link.right), key=lambda i: corpus.nodes[i].name.is_acronym, reverse=True)
    return 0.0 if corpus.nodes[full].documents >= KNOWN else company.against(short, full)


def known_links(nodes: Sequence[Node], knowledge: Knowledge) -> Iterator[NodeLink]:
    """Nodes that spell one known entity."""
    first: dict[int, int] = {}
    for i, node in enumerate(nodes):
        if node.known is not None:
            start = first.setdefault(node.known, i)
            if start != i:
                yield NodeLink(start, i, "knowledge file", 1.0)


def misread_nodes(nodes: Sequence[Node], same_text: Sequence[NodeLink]) -> set[int]:
    """Nodes of a group to which the tagger's slip alone puts them: their spelling is told by the other group's node."""
    ends = ((link.left, link.right) for link in same_text)
    return {min(pair, key=lambda i: (nodes[i].mentions, i)) for pair in ends}


def _known_apart(nodes: Sequence[Node], links: Sequence[NodeLink]) -> Iterator[tuple[int, int]]:
    for link in links:
        a, b = nodes[link.left].known, nodes[link.right].known
        if a is not None and b is not None and a != b:
            yield link.left, link.right


def _bearers_apart(
    nodes: Sequence[Node], links: Sequence[NodeLink], weights: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """People whose names end in one shorter name and begin unlike (Edith and Orrin Quist-Tallow), which means one."""
    bearers: dict[int, set[int]] = defaultdict(set)
    for link, w in zip(links, weights, strict=True):
        short, full = sorted((link.left, link.right), key=lambda i: len(nodes[i].name.parts))
        ending, parts = nodes[short].name.parts, nodes[full].name.parts
        if w > 0 and len(ending) < len(parts) and parts[-len(ending) :] == ending:
            bearers[short].add(full)
    for of_one in bearers.values():
        yield from ((a, b) for a, b in combinations(sorted(of_one), 2) if other_person(nodes[a].name, nodes[b].name))


def link_nodes(corpus: Corpus, knowledge: Knowledge, overrides: Overrides, before: NameMemory | None = None) -> Linked:
    """Cluster the corpus's nodes. A function of the set of documents, not of their order.

    What the user forbids bars every join; what he merges is joined last, whole clusters at a time. `before`: names
    that need not be compared again.
    """
    nodes = corpus.nodes
    compared = compare_names([node.name for node in nodes], before)
    forbidden = forbidden_pairs(nodes, overrides)
    same_text = [NodeLink(min(p), max(p), "same spelling, other label", 0.9) for p in harmonised_groups(nodes)]
    misread = misread_nodes(nodes, same_text)
    spelled, by_spelling = spelling_links(nodes, compared, misread)
    acronyms = list(acronym_links(corpus))
    certain = without_forbidden((*known_links(nodes, knowledge), *same_text), len(nodes), forbidden)
    must = [(x.left, x.right) for x in certain]
    cannot = [*forbidden, *_known_apart(nodes, (*spelled, *acronyms)), *sorted(corpus.listed)]
    cannot += _bearers_apart(nodes, spelled, by_spelling)
    soft = [*spelled, *acronyms]
    ends, defined = ([x.left for x in soft], [x.right for x in soft]), [DEFINED] * len(acronyms)
    alone = cluster_nodes(len(nodes), *ends, by_spelling + defined, must, cannot)
    company = Company(corpus.node_of, alone)
    weights = in_company(corpus, spelled, by_spelling, company)
    weights += [DEFINED - _undefined_here(corpus, link, company) for link in acronyms]
    cluster = cluster_nodes(len(nodes), *ends, weights, must, cannot)
    short = (find(corpus, cluster, misread) for find in (shortened_bodies, explained_elsewhere))
    last = (*lone_surnames(corpus, cluster, company), *chain.from_iterable(short))
    certain = without_forbidden((*certain, *last), len(nodes), forbidden)
    cluster = cluster_nodes(len(nodes), *ends, weights, [(x.left, x.right) for x in certain], cannot)
    merges = merged_links(nodes, overrides)
    cluster = join_clusters(nodes, cluster, merges, forbidden, cannot)
    joined = [
        link for link, w in zip(soft, weights, strict=True)
        if w > 0 and cluster[link.left] == cluster[link.right]
    ]  # fmt: skip
    inside = [x for x in (*merges, *certain) if cluster[x.left] == cluster[x.right]]
    links = [
        replace(x, company=company_words(corpus, company, x.left, x.right)) if x.rule in BY_COMPANY else x
        for x in (*inside, *joined)
    ]
    return Linked(cluster, links, compared, company)
