"""How long the warehouse takes to build, check and release at a size, and how much memory.

    python -m benchmarks.warehouse_scale --documents 200000 --home build/scale

Makes a lake of invented pages (25 blocks and 25 mentions a page, a fifth of the names beyond ASCII), then builds,
checks and publishes it in a fresh process. Prints seconds a step, peak resident memory and bytes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import arrow_schema, table_from_rows
from pipeline.warehouse.build import build_warehouse
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.query import fetch, load_queries, open_warehouse
from pipeline.warehouse.release import build_path, publish

VERSION, FIRST_DAY, BATCH = "v1", date(2030, 1, 1), 5_000
BLOCKS_PER_PAGE, KEPT_PER_PAGE = 25, 18
SYLLABLES = ["ka", "lo", "mir", "ten", "dra", "vel", "os", "ig", "né", "ław", "dor", "bek", "ani", "sul", "wen", "qu"]
WORDS = [a + b for a in SYLLABLES for b in SYLLABLES]
OUTLETS = [f"outlet-{n:02d}" for n in range(60)]

Name = tuple[str, str, str]  # spelling, entity, label
Paragraph = tuple[str, list[tuple[int, Name]]]  # text, names with their place in it


def invent_names(rng: random.Random, count: int) -> list[Name]:
    """Spellings, two an entity."""
    names = []
    for number in range(count // 2):
        given, family = (rng.choice(WORDS).capitalize() for _ in range(2))
        label = rng.choice(["PERSON", "PERSON", "ORG", "GPE"])
        entity = f"e{rng.getrandbits(64):016x}"
        names += [(f"{given} {family}{number}", entity, label), (f"{given[0]}. {family}{number}", entity, label)]
    return names


def invent_paragraph(rng: random.Random, names: list[Name]) -> Paragraph:
    """About 200 characters; names come by rank, the first ones far more often than the last."""
    words: list[str | Name] = [rng.choice(WORDS) for _ in range(28)]
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        words.insert(rng.randrange(len(words)), names[int(len(names) * rng.random() ** 3)])
    text, found = "", []
    for word in words:
        if isinstance(word, tuple):
            found.append((len(text), word))
        text += (word if isinstance(word, str) else word[0]) + " "
    return text.rstrip() + ".", found


def make_lake(home: Path, documents: int, seed: int = 7) -> None:
    """A lake of that many invented pages: one batch, written again under new ids for each ingest day."""
    rng, lake = random.Random(seed), Lake(home)
    names = invent_names(rng, 40_000)
    paragraphs = [invent_paragraph(rng, names) for _ in range(40_000)]
    batch = invent_batch(rng, paragraphs, min(documents, BATCH))
    for number in range(max(1, documents // BATCH)):
        for name, data in batch.items():
            day = None if name == "mention_entities" else FIRST_DAY + timedelta(days=number)
            lake.write(name, renewed(data, number), version=VERSION, partition=day)
    met = set(batch["mention_entities"]["entity_id"].unique().to_pylist())
    counts = {"mention_count": 0, "document_count": 0, "outlet_count": 0}
    entities = {e: {"entity_id": e, "name": spelling, "label": label, **counts} for spelling, e, label in names}
    rows = [entities[e] for e in sorted(met)]
    lake.write("entities", table_from_rows("entities", rows), version=VERSION)


def invent_batch(rng: random.Random, paragraphs: list[Paragraph], pages: int) -> dict[str, pa.Table]:
    """One ingest day of that many pages, by table."""
    columns: dict[str, dict[str, list]] = {
        name: {column: [] for column in arrow_schema(name).names}
        for name in ("landing_files", "raw_documents", "documents", "blocks", "mentions", "mention_entities")
    }
    for number in range(pages):
        add_page(columns, rng, paragraphs, f"{rng.getrandbits(96):024x}", f"{number}.txt", FIRST_DAY)
    return {name: pa.table(values, schema=arrow_schema(name)) for name, values in columns.items()}


def renewed(data: pa.Table, number: int) -> pa.Table:
    """The same rows with other ids, paths and days."""
    for at, field in enumerate(data.schema):
        column = data[field.name]
        if field.name in ("document_id", "mention_id"):
            column = pc.binary_replace_slice(column, 0, 4, f"{number:04x}")
        elif field.name == "source_path":
            column = pc.binary_join_element_wise(str(number), column, "-")
        elif field.type == pa.date32():
            column = pc.add(column.cast(pa.int32()), pa.scalar(number, pa.int32())).cast(pa.date32())
        data = data.set_column(at, field, column)
    return data


def add_page(
    columns: dict[str, dict[str, list]],
    rng: random.Random,
    paragraphs: list[Paragraph],
    document_id: str,
    path: str,
    day: date,
) -> None:
    """One page into the columns of all tables."""

    def add(name: str, **values: object) -> None:
        for column, stored in columns[name].items():
            stored.append(values.get(column))

    chosen = rng.choices(paragraphs, k=BLOCKS_PER_PAGE)
    start, kept_chars = 0, 0
    for number, (text, found) in enumerate(chosen):
        end, is_kept = start + len(text), number < KEPT_PER_PAGE
        span = {"document_id": document_id, "block_no": number, "start": start, "end": end}
        kind = "body" if is_kept else "related"
        add("blocks", **span, text=text, kind=kind, is_kept=is_kept, rule="made", score=0.9, language="en")
        if is_kept:
            kept_chars += len(text)
            for at, (surface, entity, label) in found:
                mention_id = f"{document_id}{start + at:06d}"
                place = {"start": start + at, "end": start + at + len(surface), "surface": surface}
                add(
                    "mentions",
                    **{**span, **place, "mention_id": mention_id, "label": label, "method": "made", "sentence_no": 0},
                )
                add("mention_entities", mention_id=mention_id, entity_id=entity)
        start = end + 2
    raw_text = "\n\n".join(text for text, _ in chosen)
    published = day - timedelta(days=rng.randrange(3)) if rng.random() < 0.8 else None
    shared = {
        "document_id": document_id,
        "outlet_id": rng.choice(OUTLETS),
        "source_path": path,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "ingest_date": day,
        "content_sha256": document_id * 2,
        "raw_text": raw_text,
    }
    add("raw_documents", **shared)
    add("landing_files", **shared, byte_size=1, modified_ns=1, document_count=1, new_document_count=1, rejected_count=0)
    stated = {
        "published_date": published,
        "published_text": "x",
        "published_precision": "day",
        "published_basis": "text",
    }
    add(
        "documents",
        **shared,
        **(stated if published else {}),
        language="en",
        title=chosen[0][0][:80],
        raw_chars=len(raw_text),
        kept_chars=kept_chars,
        clean_text="\n\n".join(text for text, _ in chosen[:KEPT_PER_PAGE]),
    )


def build_and_publish(home: Path, months_above: int | None) -> None:
    """Build, check and publish; prints wall and CPU seconds of every step."""
    target, times = build_path(home), {}
    last = ["start", time.perf_counter(), time.process_time()]

    def on_step(step: str) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        times[last[0]] = (wall - last[1], cpu - last[2])
        last[:] = [step, wall, cpu]

    results = build_warehouse(target, Lake(home), on_step=on_step)
    on_step("release")
    released = publish(home, target, months_above=months_above)
    on_step("end")
    times["all"] = tuple(map(sum, zip(*times.values(), strict=True)))
    for step, (wall, cpu) in times.items():
        print(f"{step:40} {wall:8.2f} s {cpu:8.2f} s CPU")
    print(f"failed checks: {[(r.name, r.offending_count, r.sample[:1]) for r in results if not r.passed]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory {peak:.2f} GiB; DuckDB file {released.warehouse.stat().st_size / 2**30:.2f} GiB")
    parquet = sum(path.stat().st_size for path in released.folder.rglob("*.parquet") if path.is_file())
    print(f"Parquet files {parquet / 2**30:.2f} GiB")


def ask(home: Path) -> None:
    """Time every question of sql/queries on the published warehouse: best of three, by the clock and in CPU time."""
    with open_warehouse(home / "warehouse.duckdb") as con:
        for name, query in load_queries().items():
            times = []
            for _ in range(3):
                began = time.perf_counter(), time.process_time()
                rows = fetch(con, query.sql).num_rows
                times.append((time.perf_counter() - began[0], time.process_time() - began[1]))
            wall, cpu = min(times)
            print(f"query {name:34} {1000 * wall:8.0f} ms {1000 * cpu:8.0f} ms CPU {rows:8} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--home", type=Path, required=True, help="a folder to fill; a lake in it is used again")
    parser.add_argument("--months-above", type=int, metavar="ROWS", help="export larger tables as a file a month")
    options = parser.parse_args()
    if not (options.home / "lake").exists():
        make_lake(options.home, options.documents)
    lake = Lake(options.home)
    print(", ".join(f"{lake.row_count(n):,} {n}" for n in ("documents", "blocks", "mentions", "entities")))
    for step, arguments in ((build_and_publish, (options.home, options.months_above)), (ask, (options.home,))):
        process = multiprocessing.get_context("spawn").Process(target=step, args=arguments)
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(process.exitcode)


if __name__ == "__main__":
    main()
