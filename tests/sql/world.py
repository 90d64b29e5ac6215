"""A small invented world, written into a lake as the stages would: pages of lines, names in them, whom they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.schema import Type, table, table_from_rows
from pipeline.warehouse.build import build_warehouse
from pipeline.warehouse.checks import CheckResult
from pipeline.warehouse.lake import Lake

INGEST_DAY = date(2031, 5, 20)
VERSION = "v1"
_PARTITIONED = {"landing_files", "raw_documents", "rejected_documents", "documents", "blocks", "mentions"}
_FILLERS = {
    Type.TEXT: "x",
    Type.COUNT: 0,
    Type.SCORE: 0.5,
    Type.FLAG: True,
    Type.DAY: INGEST_DAY,
    Type.INSTANT: datetime(2031, 5, 20, 6, 0),
}
_CUT_KINDS = {"share", "comment_form", "navigation"}


@dataclass
class World:
    """Rows of the lake's tables by name; `page` adds what a page gives to all of them."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, name: str, /, **values: Any) -> None:
        self.rows.setdefault(name, []).append(values)

    def page(
        self,
        document_id: str,
        lines: list[tuple[str, str]],
        names: Mapping[str, tuple[str, ...]],
        *,
        published: date | None = None,
        **columns: Any,
    ) -> None:
        """A page of (kind, line) pairs; `names`: spelling to (entity, label) or (entity, label, role)."""
        raw_text = "\n \u00a0\n".join(line for _, line in lines)
        path = f"{document_id}.txt"
        shared = {
            "document_id": document_id,
            "source_path": path,
            "media_type": "text/plain",
            "encoding": "utf-8",
            "ingest_date": INGEST_DAY,
            "content_sha256": document_id * 8,
            "raw_text": raw_text,
        }
        outlet = {key: columns.pop(key) for key in ("outlet_name", "outlet_domain") if key in columns}
        self.add("raw_documents", **shared, **outlet, outlet_id=columns.get("outlet_id"))
        self.add(
            "landing_files",
            source_path=path,
            byte_size=len(raw_text.encode()),
            modified_ns=1,
            document_count=1,
            new_document_count=1,
            rejected_count=0,
            ingest_date=INGEST_DAY,
        )
        kept = [line for kind, line in lines if kind not in _CUT_KINDS]
        dated = {
            "published_date": published,
            "published_text": f"on {published}",
            "published_precision": "day",
            "published_basis": "text",
        }
        self.add(
            "documents",
            **shared,
            **(dated if published else {}),
            **columns,
            raw_chars=len(raw_text),
            kept_chars=sum(map(len, kept)),
            clean_text="\n\n".join(kept),
        )
        end = 0
        for number, (kind, line) in enumerate(lines):
            start = raw_text.index(line, end)
            end = start + len(line)
            self._block(document_id, number, start, line, kind, names)

    def _block(
        self,
        document_id: str,
        number: int,
        start: int,
        line: str,
        kind: str,
        names: Mapping[str, tuple[str, ...]],
    ) -> None:
        is_kept = kind not in _CUT_KINDS
        span = {"document_id": document_id, "block_no": number, "start": start, "end": start + len(line)}
        self.add("blocks", **span, text=line, kind=kind, is_kept=is_kept, rule="test", score=float(is_kept))
        taken: list[int] = []
        for surface in sorted(names, key=len, reverse=True) if is_kept else []:
            at = line.find(surface)
            if at < 0 or at in taken or any(at <= t < at + len(surface) for t in taken):
                continue
            taken += range(at, at + len(surface))
            mention_id = f"{document_id}-{start + at:04d}"
            entity_id, label, *role = names[surface]
            self.add(
                "mentions",
                mention_id=mention_id,
                document_id=document_id,
                block_no=number,
                sentence_no=0,
                start=start + at,
                end=start + at + len(surface),
                surface=surface,
                label=label,
                method="test",
                role=role[0] if role else None,
            )
            self.add("mention_entities", mention_id=mention_id, entity_id=entity_id)

    def write(self, home: Path) -> Lake:
        """Write all rows into the lake below `home`; required columns that a row lacks get a filler."""
        lake = Lake(home)
        for name, rows in self.rows.items():
            fillers = {c.name: _FILLERS[c.type] for c in table(name).columns if c.required}
            data = table_from_rows(name, [{**fillers, **row} for row in rows])
            day = INGEST_DAY if name in _PARTITIONED else None
            lake.write(name, data, version=VERSION, partition=day)
        return lake

    def build(self, home: Path) -> tuple[Path, list[CheckResult]]:
        """Write the lake and build a warehouse from it; returns its path and what the checks found."""
        target = home / "build" / "warehouse.duckdb"
        return target, build_warehouse(target, self.write(home))


def harbor_world() -> World:
    """Three outlets on a port dispute in Sorrel Bay; spellings differ, one story is reprinted, one file is broken."""
    world = World()
    marendt = {"Ilsa Marendt": ("e-marendt", "PERSON"), "Marendt": ("e-marendt", "PERSON")}
    port = {"Sorrel Bay Port Authority": ("e-port", "ORG"), "Port Authority": ("e-port", "ORG")}
    okvel = {"Tomáš Okvel": ("e-okvel", "PERSON"), "Okvel": ("e-okvel", "PERSON")}
    names = {**marendt, **port, **okvel, "Sorrel Bay": ("e-bay", "GPE")}
    ledger = {
        "outlet_id": "ledger",
        "outlet_name": "The Harbor Ledger",
        "outlet_domain": "ledger.example",
    }
    post = {"outlet_id": "post", "outlet_name": "Norwick Post"}
    world.page(
        "d1",
        [
            ("title", "Dockers walk out in Sorrel Bay"),
            ("body", "Ilsa Marendt of the Sorrel Bay Port Authority met Tomáš Okvel 🚢 on Monday."),
            ("body", "Marendt said that Okvel had left. مرحبا"),
            ("share", "Share this page"),
        ],
        names,
        published=date(2031, 5, 5),
        title="Dockers walk out in Sorrel Bay",
        **ledger,
    )
    world.page(
        "d2",
        [
            ("title", "Talks resume"),
            ("body", "I. Marendt and Tomas Okvel spoke for the Port Authority."),
            ("comment_form", "Leave a reply"),
            ("share", "Share"),
        ],
        {
            "I. Marendt": ("e-marendt", "PERSON"),
            "Tomas Okvel": ("e-okvel", "PERSON"),
            "Port Authority": ("e-port", "ORG"),
        },
        published=date(2031, 5, 7),
        title="Talks resume",
        **post,
    )
    world.page(
        "d3",
        [
            ("body", "I. Marendt and Tomas Okvel spoke for the Port Authority."),
            ("share", "Share"),
        ],
        {
            "I. Marendt": ("e-marendt", "PERSON"),
            "Tomas Okvel": ("e-okvel", "PERSON"),
            "Port Authority": ("e-port", "ORG"),
        },
    )
    world.page(
        "d4",
        [
            ("title", "A new face"),
            ("body", "Brunhild Aske joined Harbour Master Ilsa Marendt in Sorrel Bay."),
        ],
        {
            **names,
            "Brunhild Aske": ("e-aske", "PERSON"),
            "Ilsa Marendt": ("e-marendt", "PERSON", "Harbour Master"),
        },
        published=date(2031, 5, 14),
        title="A new face",
        **ledger,
    )
    world.add("document_duplicates", document_id="d3", duplicate_of="d2", similarity=1.0)
    for entity_id, name, label, country in (
        ("e-marendt", "Ilsa Marendt", "PERSON", None),
        ("e-okvel", "Tomáš Okvel", "PERSON", None),
        ("e-port", "Sorrel Bay Port Authority", "ORG", None),
        ("e-bay", "Sorrel Bay", "GPE", "NZ"),
        ("e-aske", "Brunhild Aske", "PERSON", None),
    ):
        world.add("entities", entity_id=entity_id, name=name, label=label, country_code=country)
    for entity_id, one, other, rule, score in (
        ("e-marendt", "Ilsa Marendt", "Marendt", "surname_in_document", 0.98),
        ("e-marendt", "Ilsa Marendt", "I. Marendt", "initial", 0.81),
        ("e-okvel", "Tomáš Okvel", "Tomas Okvel", "folded", 0.99),
        ("e-okvel", "Tomáš Okvel", "Okvel", "surname_in_document", 0.97),
        ("e-port", "Sorrel Bay Port Authority", "Port Authority", "tail", 0.85),
    ):
        world.add(
            "alias_evidence",
            entity_id=entity_id,
            alias_a=one,
            alias_b=other,
            rule=rule,
            score=score,
            explanation=f"{one} and {other}: {rule}",
            document_id="d1",
        )
    world.add("entity_redirects", old_entity_id="e-old", entity_id="e-okvel", reason="merged", run_id="r1")
    world.add(
        "rejected_documents",
        source_path="broken.jsonl#L3",
        byte_size=12,
        reason_code="bad_json",
        detail="line 3 ends inside a string",
        ingest_date=INGEST_DAY,
    )
    world.add("landing_files", source_path="broken.jsonl", byte_size=12, rejected_count=1)
    for number, kept in enumerate((70, 72, 71), 1):
        world.add(
            "runs",
            run_id=f"r{number}",
            finished_at=datetime(2031, 5, number, 6),
            raw_chars=100,
            kept_chars=kept,
            mention_count=7,
            document_count=9,
            rejected_count=1,
        )
    return world
