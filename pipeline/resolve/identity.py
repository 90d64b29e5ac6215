"""Entity ids: minted once, kept while an entity lives, redirected when it is merged away."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Identities:
    """`entity_of[cluster]` is the id of each cluster; `redirects` are the ids merged away in this run."""

    entity_of: dict[int, str]
    births: dict[str, int]  # id -> order of minting, all ids ever minted
    redirects: dict[str, str]


def mint(seed: str, taken: Mapping[str, int]) -> str:
    """A new id from the founding name; never one that was given before."""
    salt = 0
    while True:
        digest = hashlib.blake2b(f"{seed}|{salt}".encode(), digest_size=8).hexdigest()
        if (entity := f"e{digest}") not in taken:
            return entity
        salt += 1


def assign_ids(
    clusters: Sequence[int],
    keys: Sequence[str],
    weights: Sequence[int],
    previous: Mapping[str, str],
    births: Mapping[str, int],
) -> Identities:
    """Give every cluster an id.

    Node i has the key `keys[i]`, `weights[i]` mentions, and stands in `clusters[i]`; `previous` maps keys of the run
    before to ids, `births` all ids ever given to the order of their birth. An old id goes to the cluster with most of
    its mentions (then the least key); a cluster that could have several keeps the oldest, the others redirect to it;
    a cluster that is left with none has a new one minted from its least key.
    """
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    least: dict[int, str] = {}
    for cluster, key, weight in zip(clusters, keys, weights, strict=True):
        if cluster not in least or key < least[cluster]:
            least[cluster] = key
        if key in previous:
            votes[previous[key]][cluster] += weight + 1
    heir = {old: min(v, key=lambda c: (-v[c], least[c])) for old, v in votes.items()}
    claims: dict[int, list[str]] = defaultdict(list)
    for old in sorted(heir, key=lambda o: (births[o], o)):
        claims[heir[old]].append(old)
    births, entity_of, redirects = dict(births), {}, {}
    for cluster in sorted(least, key=least.__getitem__):
        held = claims.get(cluster)
        if held:
            entity_of[cluster] = held[0]
            redirects.update(dict.fromkeys(held[1:], held[0]))
        else:
            entity_of[cluster] = mint(least[cluster], births)
            births[entity_of[cluster]] = len(births)
    return Identities(entity_of, births, redirects)
