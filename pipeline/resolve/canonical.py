"""What to call an entity, and how to explain that two spellings are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.resolve.company import Company
from pipeline.resolve.corpus import Corpus, Node, shared_office
from pipeline.resolve.distinctions import held_apart
from pipeline.resolve.knowledge import Knowledge
from pipeline.resolve.links import NodeLink
from pipeline.resolve.names import PERSON, fold, parse_name
from pipeline.resolve.reasons import reasons
from pipeline.resolve.within_document import is_full

NAMED_WITH = 3  # names that are given as company
_WORD = re.compile(r"\S+")


def without_title(surface: str) -> str:
    """A person's name without the titles in front of it."""
    titles = len(parse_name(surface, PERSON).titles)
    words = list(_WORD.finditer(surface))
    return surface[words[titles].start() :] if 0 < titles < len(words) else surface


def _tidy(surface: str) -> str:
    surface = " ".join(surface.split()).strip('"“”‘,;:-–— ')
    return re.sub(r"[’']s$", "", surface)


def canonical_name(nodes: Sequence[Node], knowledge: Knowledge, renamed: str | None = None) -> str:
    """The name a reader expects: the user's, the knowledge file's, else complete, most used, without title."""
    if renamed:
        return renamed
    known = min((n.known for n in nodes if n.known is not None), default=None)
    if known is not None:
        return knowledge.entities[known].name
    votes: Counter[str] = Counter()
    complete: set[str] = set()
    is_person = max(nodes, key=lambda n: n.mentions).key[0] == PERSON  # whose surname alone may be taken for a body
    for node in nodes:
        for surface, count in node.surfaces.items():
            name = parse_name(surface, node.key[0])
            shown = _tidy(without_title(surface) if node.key[0] == PERSON else surface)
            votes[shown] += count
            if (
                name.key == node.key[1]
                and not name.is_acronym
                and (not is_person or is_full(parse_name(surface, PERSON)))
            ):
                complete.add(shown)
    # A name in full capitals is how a headline shouts it; take it only when there is no other.
    pool = [s for s in votes if s in complete and not s.isupper()] or [s for s in votes if s in complete] or list(votes)
    alike: Counter[str] = Counter()
    for shown in pool:
        alike[_letters(shown)] += votes[shown]
    return min(pool, key=lambda s: (-alike[_letters(s)], -votes[s], -len(s), s))


def _letters(surface: str) -> str:
    """What spellings that differ by accents, case, hyphens or blanks alone have in common."""
    return "".join(filter(str.isalnum, fold(surface)))


def top_surface(node: Node) -> str:
    """The node's most used spelling that is its full name."""
    own = {s: c for s, c in node.surfaces.items() if parse_name(s, node.key[0]).key == node.key[1]}
    pool = own or node.surfaces
    return min(pool, key=lambda s: (-pool[s], s))


def company_words(corpus: Corpus, company: Company, a: int, b: int) -> str:
    """What the company of two nodes says: who is named with both in different documents, or that one document means two
    by them; "" when it is not asked."""
    if held_apart(corpus, company, a, b):
        return "a document names both and means two"
    *others, last = ["", *(top_surface(corpus.nodes[node]) for node in company.in_common(a, b)[:NAMED_WITH])]
    if not last:
        return "nobody is named with both" if company.against(a, b) > 0 else ""
    named = " and ".join(filter(None, (", ".join(others[1:]), last)))
    return f"both are named with {named}, in different documents"


def link_evidence(corpus: Corpus, links: Iterable[NodeLink]) -> Iterable[dict[str, object]]:
    """Rows of alias_evidence (without entity_id) with `node`: a link between two names."""
    for link in links:
        a, b = corpus.nodes[link.left], corpus.nodes[link.right]
        alias_a, alias_b = top_surface(a), top_surface(b)
        if alias_a == alias_b:
            continue
        if link.rule == "spelling":
            explanation = "; ".join(reasons(a.name, b.name))
        elif link.rule == "override":
            explanation = f"overrides.yml says that {alias_a} is {alias_b}"
        elif link.rule == "knowledge file":
            explanation = f"the knowledge file lists {alias_a} and {alias_b} as names of one entity"
        else:
            explanation = f"{alias_a} and {alias_b}: {link.rule}"
        if told := shared_office(a, b):
            explanation += f"; both are called {told}"
        if link.company:
            explanation += f"; {link.company}"
        yield {
            "node": link.left, "alias_a": alias_a, "alias_b": alias_b, "rule": link.rule, "score": float(link.score),
            "explanation": explanation, "document_id": corpus.example.get((link.left, alias_a)),
        }  # fmt: skip


def short_form_evidence(corpus: Corpus) -> Iterable[dict[str, object]]:
    """Rows of alias_evidence for spellings within one name: short forms, and what differs in case or title only."""
    for i, node in enumerate(corpus.nodes):
        full = top_surface(node)
        for surface in sorted(node.surfaces):
            if surface == full:
                continue
            form = corpus.short_forms.get((surface, i))
            rule = form.rule if form else "same name"
            why = f"{surface} stands for {full} in the document: {rule}" if form else (
                "the same but for case, accents, punctuation, titles or legal form")  # fmt: skip
            yield {
                "node": i, "alias_a": full, "alias_b": surface, "rule": rule, "score": 0.95 if form else 1.0,
                "explanation": why,
                "document_id": form.document_id if form else corpus.example.get((i, surface)),
            }  # fmt: skip
