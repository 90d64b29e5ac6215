"""Short forms that their own documents leave unexplained: theirs who alone bears them in the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.resolve.company import STRANGER, Company
from pipeline.resolve.corpus import Corpus, Node
from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.links import NodeLink
from pipeline.resolve.names import CORE, LIGHT, ORG, PERSON, Name, commonness, parse_name
from pipeline.resolve.phonetics import phone
from pipeline.resolve.within_document import is_junior

SURNAME_LEAD = 3  # times more mentions than the next bearer has, for a lone surname to be his
KNOWN = 3  # documents in which a person is named in full, to be meant by the surname alone
ONLY_BEARER = "only bearer of the surname"
SAME_OFFICE = "only bearer of the surname in this office"
MOST_AGAINST = STRANGER / 3  # evidence against a lone surname for the company that it lacks
SHORTEST_WORD = 4  # letters of a first word that may stand for a whole body


def is_lone(node: Node) -> bool:
    """Whether a person is named by a surname alone, particles aside."""
    *particles, last = node.name.kinds
    alone = not particles or (last == CORE and all(k == LIGHT for k in particles))
    return node.key[0] == PERSON and alone and not node.name.is_acronym and not node.name.is_title


def surname_parts(name: Name) -> set[str]:
    """The parts of a full name that may be its surname: the last; the first too where East Asian order is likely."""
    parts = name.parts
    return {parts[-1], parts[0]} if parts[0] in lexicon().leading_surnames and len(parts) in (2, 3) else {parts[-1]}


@dataclass
class _Bearers:
    """Who bears which surname in full, by clusters: how often, under which most used name, in which offices."""

    counts: dict[str, Counter[int]]
    lead: dict[int, int]
    offices: dict[int, set[tuple[str, ...]]]

    @classmethod
    def of(cls, corpus: Corpus, cluster: Sequence[int]) -> _Bearers:
        found = cls(defaultdict(Counter), {}, defaultdict(set))
        full = [
            (i, node) for i, node in enumerate(corpus.nodes)
            if node.key[0] == PERSON and len(node.name.parts) > 1 and not (is_lone(node) or node.name.is_title)
        ]  # fmt: skip
        for juniors in (False, True):  # who count only where no elder bears the surname
            elders = set(found.counts)
            for i, node in full:
                if is_junior(node.name) != juniors:
                    continue
                for part in surname_parts(node.name) - (elders if juniors else set()):
                    found.counts[part][cluster[i]] += node.mentions
                found.offices[cluster[i]] |= node.offices
                lead = found.lead.setdefault(cluster[i], i)
                if node.mentions > corpus.nodes[lead].mentions:
                    found.lead[cluster[i]] = i
        return found

    def by_sound(self) -> dict[str, list[str]]:
        """Surnames of some length by how they sound."""
        alike: dict[str, list[str]] = defaultdict(list)
        for part in sorted(self.counts):
            alike[part[0] + phone(part)].append(part)
        return alike

    def meant(self, part: str, who: Counter[int], offices: Set[tuple[str, ...]]) -> tuple[int | None, bool]:
        """The one of `who` that the surname alone means, if any, and whether he is called by an office of several
        words that the surname is called by."""
        holders = [owner for owner in who if self.offices[owner] & offices]
        if len(holders) == 1:
            return holders[0], any(len(words) > 1 for words in self.offices[holders[0]] & offices)
        ranked = sorted(who.items(), key=lambda kv: (-kv[1], kv[0]))
        others = ranked[1][1] if len(ranked) > 1 else 0
        if ranked and (not others or (commonness(part) < 1 and ranked[0][1] >= SURNAME_LEAD * others)):
            return ranked[0][0], False
        return None, False


def lone_surnames(corpus: Corpus, cluster: Sequence[int], company: Company) -> Iterator[NodeLink]:
    """Surnames that their documents leave unexplained: theirs who alone (or by far most) bears them in the corpus, or
    alone bears them in the office that goes with them.

    He must be known (spelled so, and named in KNOWN documents), hold the same office of several words, or be met in the
    same company.
    """
    bearers = _Bearers.of(corpus, cluster)
    alike = bearers.by_sound()
    for i, node in enumerate(corpus.nodes):
        if not is_lone(node) or node.known is not None:
            continue
        part, who = node.name.parts[-1], Counter[int]()
        spelled = part in bearers.counts
        for other in [part] if spelled else [p for p in alike.get(part[0] + phone(part), ()) if len(part) > 3]:
            who.update(bearers.counts[other])
        _count_once(who, {owner: corpus.nodes[bearers.lead[owner]].name.parts for owner in who})
        owner, in_office = bearers.meant(part, who, node.offices)
        if owner is None:
            continue
        target = bearers.lead[owner]
        known = spelled and corpus.nodes[target].documents >= KNOWN
        if known or in_office or company.against(i, target) <= MOST_AGAINST:
            yield NodeLink(min(i, target), max(i, target), SAME_OFFICE if in_office else ONLY_BEARER, 0.8)


def _count_once(who: Counter[int], names: Mapping[int, tuple[str, ...]]) -> None:
    """Count for one bearer what is his full name with a word more in front (Backup Edith Tallow), which is rarer."""
    for longer, more in names.items():
        for shorter, less in names.items():
            if 1 < len(less) < len(more) and more[-len(less) :] == less and who[longer] < who[shorter]:
                who[shorter] += who.pop(longer)
                break


def shortened_bodies(corpus: Corpus, cluster: Sequence[int], misread: Set[int]) -> Iterator[NodeLink]:
    """Bodies named by the telling words that one body's name begins with, in an outlet that writes both.

    No other body, and no person or place, may have the first of these words in its name; and one that is named alone in
    more documents than in full, or mostly before it, is no short form, but what the longer name is a part or a product
    of; so is one that a number or a word for a part follows.
    """
    bearers: dict[str, set[int]] = defaultdict(set)
    longer: dict[str, list[int]] = defaultdict(list)
    for i, node in enumerate(corpus.nodes):
        if node.name.is_acronym or (node.key[0] == ORG and len(node.name.parts) == 1):
            continue
        for part in set(node.name.parts):
            bearers[part].add(cluster[i])
        if node.key[0] == ORG:
            longer[node.name.parts[0]].append(i)
    found = []
    for i, node in enumerate(corpus.nodes):
        name, first = node.name, node.name.parts[0]
        telling = len(first) >= SHORTEST_WORD and all(k == CORE for k in name.kinds)
        if node.key[0] != ORG or i in misread or name.is_acronym or node.known is not None or not telling:
            continue
        full = [
            k for k in longer[first]
            if k != i and corpus.nodes[k].name.parts[: len(name.parts)] == name.parts
            and len(corpus.nodes[k].name.parts) > len(name.parts) and node.outlets & corpus.nodes[k].outlets
            and not _names_a_part(corpus.nodes[k].name.parts[len(name.parts) :])
        ]  # fmt: skip
        if node.documents > sum(corpus.nodes[k].documents for k in full):
            continue
        if full and len({*bearers[first], *(cluster[k] for k in full)} - {cluster[i]}) == 1:
            found.append((i, min(full, key=lambda k: (-corpus.nodes[k].mentions, k))))
    for i, target in _introduced(corpus, found):
        yield NodeLink(min(i, target), max(i, target), "only body whose name begins so", 0.8)


def _names_a_part(tail: Sequence[str]) -> bool:
    """Whether what follows a body's name makes it the name of a product, a part or a fair of it."""
    return not all(map(str.isalpha, tail)) or not lexicon().offshoots.isdisjoint(tail)


def _introduced(corpus: Corpus, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of a short name and a full one that the documents with both mostly give in full first."""
    wanted = {node for pair in pairs for node in pair}
    places: dict[int, dict[int, int]] = defaultdict(dict)  # [node][document]: its first mention
    for number, nodes in enumerate(corpus.node_of):
        for k, node in enumerate(nodes):
            if node in wanted:
                places[node].setdefault(number, k)
    for short, full in pairs:
        leads = [places[full][d] < places[short][d] for d in places[short].keys() & places[full].keys()]
        if 2 * sum(leads) >= len(leads):
            yield short, full


def explained_elsewhere(corpus: Corpus, cluster: Sequence[int], misread: Set[int]) -> Iterator[NodeLink]:
    """Bodies' short names that some documents leave unexplained: what the outlet's other documents mean by them, if
    they all mean one body."""
    meant: dict[str, set[int]] = defaultdict(set)
    for (surface, number), _ in sorted(corpus.short_forms.items()):
        if corpus.nodes[number].key[0] == ORG:
            meant[parse_name(surface, ORG).key].add(number)
    for i, node in enumerate(corpus.nodes):
        telling = node.key[0] == ORG and not node.name.is_acronym and all(k == CORE for k in node.name.kinds)
        if (
            i in misread
            or not telling
            or node.known is not None
            or len({cluster[k] for k in meant[node.name.key]} - {cluster[i]}) != 1
        ):
            continue
        target = min(meant[node.name.key], key=lambda k: (-corpus.nodes[k].mentions, k))
        if node.outlets & corpus.nodes[target].outlets:
            yield NodeLink(min(i, target), max(i, target), "short form explained in other documents", 0.8)
