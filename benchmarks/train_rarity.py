"""Count how common name parts are (pipeline/resolve/data/part_rarity.npz): entities that bear a part, by hash bucket.

    python -m benchmarks.train_rarity ../shared/bench/name_clusters_dev.jsonl.gz

Input: JSON lines with type (PER, ORG) and names, one entity a line. Stored is one byte a bucket and group: inverse
entity frequency, 255 for a part that none or one bears. No name is stored.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

from pipeline.resolve.lexicon import DATA
from pipeline.resolve.names import ORG, PERSON, parse_name
from pipeline.resolve.rarity import BUCKETS, bucket


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    count = {PERSON: np.zeros(BUCKETS), ORG: np.zeros(BUCKETS)}
    entities = dict.fromkeys(count, 0)
    with gzip.open(args.clusters, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            group = PERSON if row["type"] == "PER" else ORG
            entities[group] += 1
            for number in {bucket(p) for name in row["names"] for p in parse_name(name, group).parts}:
                count[group][number] += 1
    tables = {}
    for group, counts in count.items():
        inverse = np.log(entities[group] / (counts + 0.5)) / np.log(entities[group] / 1.5)
        tables[group] = np.round(255 * np.clip(inverse, 0, 1)).astype(np.uint8)
        print(f"{group}: {entities[group]} entities, {(counts > 1).sum()} buckets with more than one")
    np.savez_compressed(DATA / "part_rarity.npz", **tables)


if __name__ == "__main__":
    main()
