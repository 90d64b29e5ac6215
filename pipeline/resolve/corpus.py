"""Who is who over all documents: mentions become name nodes, nodes become entities."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pipeline.resolve.knowledge import Knowledge
from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.names import ORG, PERSON, Name, fold, parse_name
from pipeline.resolve.overrides import Split
from pipeline.resolve.within_document import SHORT_BODY, Spot, between, link_document

NEAR = 24  # characters between two mentions that tell how they belong together
STRAY = 10  # times as many documents as a longer name that a body's name is in, to be no short form of it
_LISTING = {",", "and", ", and", "&", ";", "or", ", or"}

NodeKey = tuple[str, str, str]  # group, name key, split tag ("" but for the user's splits)


@dataclass(frozen=True)
class Document:
    """A document as resolution sees it: its mentions in the order of the text, of the text itself what stands between
    close ones. `surfaces` and `behind` (NEAR characters at most) go with `spans` (start, end, label); `roles` are those
    in front of some, by place."""

    document_id: str
    outlet_id: str
    spans: Sequence[tuple[int, int, str]]
    surfaces: Sequence[str]
    behind: Sequence[str]
    roles: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        document_id: str,
        outlet_id: str,
        text: str,
        spans: Sequence[tuple[int, int, str]],
        roles: Mapping[int, str] | None = None,
    ) -> Document:
        """The document of this text; `spans` in the order of the text."""
        starts = [start for start, _, _ in spans]
        behind = []
        for _, end, _ in spans:
            following = bisect_left(starts, end)
            near = following < len(starts) and starts[following] - end <= NEAR
            behind.append(text[end : end + NEAR] if near else "")
        return cls(document_id, outlet_id, spans, [text[start:end] for start, end, _ in spans], behind, roles or {})


@dataclass
class Node:
    """One name as the corpus uses it: every mention that means exactly this name."""

    key: NodeKey
    name: Name
    known: int | None = None
    mentions: int = 0
    documents: int = 0
    outlets: set[str] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    offices: set[tuple[str, ...]] = field(default_factory=set)


@dataclass
class ShortForm:
    """A spelling that its document explains by a fuller name."""

    rule: str
    document_id: str
    count: int = 0


@dataclass
class Corpus:
    """Nodes in canonical order, each mention's node, and what the documents say about spellings."""

    nodes: list[Node]
    node_of: list[list[int]]  # [document][span]
    short_forms: dict[tuple[str, int], ShortForm]  # (short surface, node) -> why
    example: dict[tuple[int, str], str]  # (node, surface) -> a document
    definitions: Counter[tuple[str, int]]  # (acronym, node): documents that define it
    listed: set[tuple[int, int]]  # full names named side by side in one sentence
    repeated: list[set[int]]  # [document]: nodes that it names more than once, short forms aside

    @cached_property
    def established(self) -> set[int]:
        """The nodes that some document names more than once: no slips."""
        return set().union(*self.repeated)


def office(role: str | None, name: Name) -> tuple[str, ...]:
    """The words of an office in front of a person's name or within it, folded; () if they tell of none."""
    words = (*fold(role or "").replace(".", "").replace("-", " ").split(), *name.titles)
    return tuple(word for word in words if word not in lexicon().no_office) if name.group == PERSON else ()


def shared_office(a: Node, b: Node) -> str:
    """The office of several words that both are called by (health minister); "" if none. One word very many hold."""
    return " ".join(max((words for words in a.offices & b.offices if len(words) > 1), default=()))


def _split_tag(name: Name, document: Document, splits: Sequence[Split]) -> str:
    for split in splits:
        there = split.document == document.document_id if split.document else split.outlet == document.outlet_id
        if there and parse_name(split.name, name.group).key == name.key:
            return split.document or split.outlet or ""
    return ""


def _side_by_side(spots: Sequence[Spot], roots: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Neighbours of one group joined by a comma or `and` alone, by their place in the document."""
    for i, (a, b) in enumerate(pairwise(spots)):
        if a.name.group == b.name.group and (between(a, b) or "").strip() in _LISTING:
            yield roots[i], roots[i + 1]


def _documents_of_bodies(documents: Sequence[Document]) -> Counter[str]:
    """In how many documents each body's name stands."""
    return Counter(
        key
        for document in documents
        for key in {
            parse_name(surface, label).key
            for (_, _, label), surface in zip(document.spans, document.surfaces, strict=True)
            if label == ORG
        }
    )


def build_corpus(documents: Sequence[Document], knowledge: Knowledge, splits: Sequence[Split] = ()) -> Corpus:
    """Read every document once: link short forms to full names, then count each name.

    A name that `splits` names means a node of its own there, and so do the short forms that stand for it.
    """
    named = _documents_of_bodies(documents)

    def may_be_short(short: Name, full: Name) -> bool:
        """Whether a body's name is not known by itself, nor so common that the longer one is a stray span."""
        return knowledge.find(short) is None and named[short.key] < STRAY * named[full.key]

    found: dict[NodeKey, Node] = {}
    keys_of: list[list[NodeKey]] = []
    short: dict[tuple[str, NodeKey], ShortForm] = {}
    example: dict[tuple[NodeKey, str], str] = {}
    definitions: Counter[tuple[str, NodeKey]] = Counter()
    listed: set[tuple[NodeKey, NodeKey]] = set()
    written: dict[NodeKey, Counter[Name]] = {}
    repeated: list[list[NodeKey]] = []
    for document in documents:
        surfaces = document.surfaces
        spots = [
            Spot(parse_name(surface, label), start, end, behind)
            for (start, end, label), surface, behind in zip(document.spans, surfaces, document.behind, strict=True)
        ]
        links = {
            link.mention: link for link in link_document(spots)
            if link.rule != SHORT_BODY or may_be_short(spots[link.mention].name, spots[link.target].name)
        }  # fmt: skip
        tags = [_split_tag(s.name, document, splits) for s in spots]
        roots = list(range(len(spots)))
        for k in range(len(spots)):
            while roots[k] in links and not tags[roots[k]]:
                roots[k] = links[roots[k]].target
        keys: list[NodeKey] = [("", "", "")] * len(spots)
        here = set()
        for k, root in enumerate(roots):
            name = spots[root].name
            key = (name.group, name.key, tags[root])
            node = found.get(key)
            if node is None:
                node = found[key] = Node(key, name)
            node.mentions += 1
            node.surfaces[surfaces[k]] += 1
            node.labels[document.spans[root][2]] += 1
            if told := office(document.roles.get(k), spots[k].name):
                node.offices.add(told)
            keys[k] = key
            here.add(key)
            if root == k:
                written.setdefault(key, Counter())[name] += 1
            example.setdefault((key, surfaces[k]), document.document_id)
            if root != k:
                entry = short.setdefault((surfaces[k], key), ShortForm(links[k].rule, document.document_id))
                entry.count += 1
                if spots[k].name.is_acronym:
                    definitions[spots[k].name.key, key] += 1
        for key in here:
            found[key].documents += 1
            found[key].outlets.add(document.outlet_id)
        for a, b in _side_by_side(spots, roots):
            pair = (spots[a].name, spots[b].name)
            if all(len(n.parts) > 1 for n in pair) and pair[0].key != pair[1].key:
                x, y = sorted(k for k in ((n.group, n.key, "") for n in pair))
                listed.add((x, y))
        keys_of.append(keys)
        in_full = Counter(key for k, key in enumerate(keys) if roots[k] == k)
        repeated.append([key for key, count in in_full.items() if count > 1])
    for key, names in written.items():
        name = max(names, key=lambda n: (names[n], n.surface))  # "LA" where one headline has "La"
        found[key].name, found[key].known = name, knowledge.find(name)
    nodes = [found[key] for key in sorted(found)]
    number = {node.key: i for i, node in enumerate(nodes)}
    return Corpus(
        nodes,
        [[number[k] for k in keys] for keys in keys_of],
        {(s, number[k]): v for (s, k), v in short.items()},
        {(number[k], s): d for (k, s), d in example.items()},
        Counter({(a, number[k]): n for (a, k), n in definitions.items()}),
        {(number[a], number[b]) for a, b in listed if a in number and b in number},
        [{number[key] for key in keys} for keys in repeated],
    )


def harmonised_groups(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Pairs of nodes with one spelling under two labels, where one label is the tagger's slip."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        if node.key[0] != "NORP":
            by_text[node.key[1]].append(i)
    pairs = []
    for same in by_text.values():
        same.sort(key=lambda i: (-nodes[i].mentions, nodes[i].key))
        for other in same[1:]:
            first = same[0]
            if len(nodes[first].name.parts) > 1 or nodes[first].mentions >= 3 * nodes[other].mentions:
                pairs.append((first, other))
    return pairs
