"""Could two people of one full name be told apart? What a finished run offers to go by, to be read name by name.

    python -m benchmarks.namesakes HOME

Prints each full name whose documents keep unlike company (no two share half the nats that `company.py` asks of unlike
spellings) or give it unlike offices, how common its parts are, and the words around it in one document of each kind.
Whether it is one person or two is for the reader to say; docs/resolution.md has what was read.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import duckdb

from pipeline.resolve.clustering import components
from pipeline.resolve.company import Company
from pipeline.resolve.corpus import office
from pipeline.resolve.names import PERSON, commonness, parse_name
from pipeline.resolve.within_document import is_full

MENTIONS = """
    SELECT m.document_id, m.entity_id, m.surface, m.label, m.role,
        d.raw_text[greatest(m."start" - 60, 1) : m."end" + 60]
    FROM core.mentions m JOIN core.documents d USING (document_id)
    WHERE d.duplicate_of IS NULL ORDER BY m.document_id, m."start"
"""


class Home:
    """What the documents of a run say of each full name."""

    def __init__(self, home: Path) -> None:
        with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
            rows = con.execute(MENTIONS).fetchall()
        place: dict[tuple[str, str], int] = {}  # an entity in a document
        met: dict[str, set[int]] = defaultdict(set)
        number: dict[str, int] = {}
        cluster: list[int] = []
        self.places: dict[str, dict[int, str]] = defaultdict(dict)  # [full name][place]: words around it
        self.offices: dict[str, dict[int, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
        for document, entity, surface, label, role, around in rows:
            here = place.setdefault((document, entity), len(place))
            if here == len(cluster):
                cluster.append(number.setdefault(entity, len(number)))
            met[document].add(here)
            name = parse_name(surface, PERSON)
            if label == PERSON and is_full(name):
                self.places[name.key].setdefault(here, " ".join(around.split()))
                if told := office(role, name):
                    self.offices[name.key][here].add(told)
        self.company = Company([sorted(nodes) for nodes in met.values()], cluster)

    def companies(self, name: str) -> list[int]:
        """One place of each company that a name keeps."""
        at = sorted(self.places[name])
        near = [
            (i, k) for (i, a), (k, b) in combinations(enumerate(at), 2)
            if self.company.shared(a, b) >= self.company.needed / 2
        ]  # fmt: skip
        return sorted({at[root] for root in components(len(at), near)})

    def has_unlike_offices(self, name: str) -> bool:
        """Whether two documents call the name by offices, none of them the same."""
        told = list(self.offices[name].values())
        return len(told) > 1 and not set.intersection(*told)


def show(title: str, names: Sequence[str], home: Home) -> None:
    print(f"\n{title}: {len(names)}")
    for name in sorted(names, key=lambda n: (-min(map(commonness, n.split())), n)):
        print(f"{name} (commonness of its parts {[commonness(part) for part in name.split()]})")
        for place in home.companies(name)[:4]:
            print(f"    {sorted(home.offices[name].get(place, ()))} {home.places[name][place]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    home = Home(parser.parse_args().home)
    several = [name for name, places in home.places.items() if len(places) > 1]
    print(f"{len(home.places)} full names, {len(several)} of them in several documents")
    show("in unlike company", [name for name in several if len(home.companies(name)) > 1], home)
    show("in unlike offices", [name for name in several if home.has_unlike_offices(name)], home)


if __name__ == "__main__":
    main()
