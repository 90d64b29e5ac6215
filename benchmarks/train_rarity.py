"""Count how common name parts and words are (pipeline/resolve/data/part_rarity.npz), by hash bucket.

    python -m benchmarks.train_rarity ../shared/bench/name_clusters_dev.jsonl.gz ../shared/bench/pages_dev.jsonl.gz

Clusters: JSON lines with type (PER, ORG) and names, one entity a line. Pages: JSON lines with text_full; counted are
words in small letters. Stored is one byte a bucket and table: inverse frequency among entities or pages, 255 for what
none or one has. No name and no word is stored.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pipeline.resolve.lexicon import DATA
from pipeline.resolve.names import ORG, PERSON, parse_name
from pipeline.resolve.rarity import BUCKETS, WORD_BUCKETS, WORDS, bucket, inverse_frequency, stem

_SMALL = re.compile(r"(?<![\w'-])[a-z]{2,}(?!\w)")


def read(path: Path) -> list[dict]:
    """The rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def bearers(entities: Iterable[list[str]], group: str) -> np.ndarray:
    """How many of these entities, each a list of names, bear a part in each bucket: (BUCKETS,)."""
    counts = np.zeros(BUCKETS)
    for names in entities:
        counts[sorted({bucket(part) for name in names for part in parse_name(name, group).parts})] += 1
    return counts


def pages_with(texts: Iterable[str]) -> np.ndarray:
    """How many of these texts have a word of each bucket in small letters: (WORD_BUCKETS,)."""
    counts = np.zeros(WORD_BUCKETS)
    for text in texts:
        counts[sorted({bucket(stem(word), WORD_BUCKETS) for word in _SMALL.findall(text)})] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("pages", type=Path)
    args = parser.parse_args()
    tables = {}
    for kind, group in (("PER", PERSON), ("ORG", ORG)):
        entities = [row["names"] for row in read(args.clusters) if row["type"] == kind]
        counts = bearers(entities, group)
        tables[group] = inverse_frequency(counts, len(entities))
        print(f"{group}: {len(entities)} entities, {(counts > 1).sum()} buckets with more than one")
    texts = [row["text_full"] for row in read(args.pages)]
    counts = pages_with(texts)
    tables[WORDS] = inverse_frequency(counts, len(texts))
    print(f"{WORDS}: {len(texts)} pages, {(counts > 1).sum()} buckets with more than one")
    np.savez_compressed(DATA / "part_rarity.npz", **tables)


if __name__ == "__main__":
    main()
