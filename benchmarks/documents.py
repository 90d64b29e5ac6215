"""What resolution misses in documents with gold mentions, by cause, and how far names would reach.

    python -m benchmarks.documents DOCUMENTS

Documents: as benchmarks/names.py reads them; resolved together by topic (ECB+, NewsWCL50) or as a whole set, as the
judge does. A lost pair is two mentions of one gold entity in two clusters; `recall` is what the pairs of a cause cost
of B-cubed recall. *Within reach*: were no mention joined to another entity's, and each to all of its own that share a
word, a sound or initials with it or are found already, directly or through others.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from benchmarks.names import KINDS, b_cubed, pairwise
from benchmarks.train_pairs import read
from pipeline.resolve import resolve
from pipeline.resolve.clustering import components
from pipeline.resolve.knowledge import shipped_knowledge
from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.names import PERSON, Name, fold, parse_name
from pipeline.resolve.token_similarity import token_scores

BY_TOPIC = ("NewsWCL50", "ECB+")
ALIKE = 0.8  # likeness of two words that a reader takes for one
ONE_NAME, INITIALS, WORD, SOUND = "the same name", "initials", "a word in common", "words alike"
BY_NAME = (ONE_NAME, INITIALS, WORD, SOUND)


@cache
def words_alike(a: str, b: str) -> bool:
    """Whether two parts of names sound or look alike."""
    return len(min(a, b, key=len)) > 2 and bool(token_scores([a], [b])[0] >= ALIKE)


@cache
def relation(a: Name, b: Name) -> str | None:
    """What two names share, if anything."""
    if fold(a.surface) == fold(b.surface) or a.key == b.key:
        return ONE_NAME
    if a.key in b.acronyms or b.key in a.acronyms:
        return INITIALS
    if set(a.core) & set(b.core):
        return WORD
    return SOUND if any(words_alike(x, y) for x in a.core for y in b.core) else None


def is_common(name: Name) -> bool:
    """Whether a mention is an office or role, or stands in for a name (Teen, Police, Officials)."""
    lex = lexicon()
    role = all(p in lex.roles or p in lex.portfolios or p in lex.honorifics for p in name.parts)
    return name.is_title or role


@cache
def is_country(name: Name) -> bool:
    """Whether a name is a known country's, or another known place's."""
    known = shipped_knowledge()
    found = known.find(name)
    return found is not None and known.entities[found].label in ("GPE", "LOC")


def cause(a: Name, b: Name, named: Sequence[Name]) -> str:
    """Why a pair of the entity that is `named` so shares nothing to go by."""
    if any(map(is_country, named)):
        return "officials, bodies and capitals as their country"
    if is_common(a) or is_common(b):
        return "an office or role alone"
    if a.group == b.group == PERSON:
        return "several people under one id, nicknames, nouns"
    return "other names with nothing in common"


def lost(gold: Sequence[str], found: Sequence[int], names: Sequence[Name]) -> Iterator[tuple[str, float]]:
    """Each lost pair's cause, and what it costs of the summed recall of all mentions."""
    entities: dict[str, list[int]] = defaultdict(list)
    for i, entity in enumerate(gold):
        entities[entity].append(i)
    for mentions in entities.values():
        named = [names[i] for i in mentions]
        for i, j in combinations(mentions, 2):
            if found[i] != found[j]:
                yield relation(names[i], names[j]) or cause(names[i], names[j], named), 2 / len(mentions)


def within_reach(gold: Sequence[str], found: Sequence[int], names: Sequence[Name]) -> list[int]:
    """The clusters that what is found and what names share would give a judge who makes no mistake."""
    entities: dict[str, list[int]] = defaultdict(list)
    for i, entity in enumerate(gold):
        entities[entity].append(i)
    edges = (
        (i, j) for mentions in entities.values() for i, j in combinations(mentions, 2)
        if found[i] == found[j] or relation(names[i], names[j])
    )  # fmt: skip
    return components(len(gold), edges)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    groups: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in read(parser.parse_args().documents):
        groups[row["dataset"], row["group"] if row["dataset"] in BY_TOPIC else ""].append(row)
    gold: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[int]] = defaultdict(list)
    names: dict[str, list[Name]] = defaultdict(list)
    for number, ((dataset, _), rows) in enumerate(sorted(groups.items())):
        spans = [[(s, e, KINDS.get(k, "ORG")) for s, e, k, _ in r["mentions"]] for r in rows]
        answer = resolve([(r["text"], of) for r, of in zip(rows, spans, strict=True)])
        found[dataset] += [(number << 32) + n for numbers in answer for n in numbers]
        gold[dataset] += [f"{number} {m[3]}" for r in rows for m in r["mentions"]]
        names[dataset] += [
            parse_name(r["text"][s:e], label) for r, of in zip(rows, spans, strict=True) for s, e, label in of
        ]
    for dataset, of in names.items():
        told = (gold[dataset], found[dataset])
        print(f"{dataset}: B-cubed F1 {b_cubed(*told):.3f}, pairwise F1 {pairwise(*told)[0]:.3f}")
        reach = (gold[dataset], within_reach(*told, of))
        print(f"  within reach: B-cubed F1 {b_cubed(*reach):.3f}, pairwise F1 {pairwise(*reach)[0]:.3f}")
        pairs, cost = Counter[str](), Counter[str]()
        for why, share in lost(*told, of):
            pairs[why] += 1
            cost[why] += share / len(of)
        for why in sorted(cost, key=lambda w: (w not in BY_NAME, -cost[w])):
            print(f"    {why:52s} {pairs[why]:6d} pairs  recall {cost[why]:.4f}")


if __name__ == "__main__":
    main()
