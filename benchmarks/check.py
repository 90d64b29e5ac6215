"""Fast sanity checks: every benchmark runs on a small file of its format and prints figures in a sane range.

    python -m benchmarks.check

The files are made from samples/gold. The figures here mean nothing by themselves (docs/benchmarks.md has those that
do); what is held is that each command of that page still works and that its figures are not absurd.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.quality.gold import GoldPage, gold_entities, gold_pages

KEPT = {"body", "subheading", "quote", "list_item", "dateline_line"}
NER_LABELS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}


@dataclass(frozen=True)
class Check:
    """A benchmark's command, a pattern whose group is a figure it prints, and the least that the figure may be."""

    command: tuple[str, ...]
    figure: str
    least: float


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def page_row(page: GoldPage) -> dict[str, Any]:
    """A page as benchmarks/page_corpus.py describes it; the one text serves as every variant."""
    outlet = page.page_id.split("/")[0]
    labels = "".join("2" if line.kind == "title" else "1" if line.kind in KEPT else "0" for line in page.lines)
    text = "\n".join(line.text for line in page.lines)
    title = next((line.text for line in page.lines if line.kind == "title"), "")
    gold = "\n".join(line.text for line in page.lines if line.kind in KEPT)
    shared = {"id": page.page_id, "url": f"https://{outlet}.example/{page.page_id}", "domain": f"{outlet}.example"}
    variants = {
        f"{part}_{v}": value for v in ("light", "semi", "full") for part, value in (("text", text), ("labels", labels))
    }
    return {**shared, "set": "samples", "group": "news", "title": title, "gold_text": gold, **variants}


def article_row(page: GoldPage) -> dict[str, Any]:
    """The kept lines of a page as an annotated article."""
    text, ents = "", []
    for line in page.lines:
        if line.kind in KEPT:
            at = len(text)
            ents += [
                [at + m.start - line.start, at + m.end - line.start, NER_LABELS[m.label]]
                for m in line.mentions
                if m.label in NER_LABELS
            ]
            text += line.text + "\n"
    return {"id": page.page_id.replace("/", "_") + "_1", "source": "samples", "text": text, "ents": ents}


def name_rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Pairs and clusters of the persons' and organisations' spellings."""
    kinds = {"PERSON": "PER", "ORG": "ORG"}
    entities = [e for e in gold_entities().values() if e.label in kinds]
    spelled = {e.key: sorted({s for names in e.spellings.values() for s in names}) for e in entities}
    clusters = [
        {"id": e.key, "type": kinds[e.label], "origin": "other", "names": spelled[e.key], "weak": []}
        for e in entities
        if spelled[e.key]
    ]
    pairs = [
        {"a": a, "b": b, "type": row["type"], "origin": "other", "same": 1, "cls": "spelling"}
        for row in clusters
        for a, b in combinations(row["names"], 2)
    ]
    pairs += [
        {"a": x["names"][0], "b": y["names"][0], "type": x["type"], "origin": "other", "same": 0, "cls": "other"}
        for x, y in combinations(clusters, 2)
        if x["type"] == y["type"]
    ]
    return pairs, clusters


def checks(folder: Path) -> list[Check]:
    """The commands, on files made below `folder`."""
    found = gold_pages()
    pages = write_rows(folder / "pages.jsonl.gz", map(page_row, found))
    articles = write_rows(folder / "articles.jsonl.gz", map(article_row, found[:12]))
    pair_rows, cluster_rows = name_rows()
    pairs = write_rows(folder / "pairs.jsonl.gz", pair_rows)
    clusters = write_rows(folder / "clusters.jsonl.gz", cluster_rows)
    number = r"(\d*\.\d+)"
    return [
        Check(("benchmarks.stripping", str(pages)), r"strip_corpus.* f1 (\d\.\d+)", 0.9),
        Check(("benchmarks.titles", str(pages)), number, 0.6),
        Check(("benchmarks.mentions", "quality", str(articles)), r"micro +\S+ +\S+ +(\d+\.\d)", 80),
        Check(("benchmarks.mentions_memory", str(pages), "--documents", "100"), r"100 +(\d+)", 100),
        Check(("benchmarks.name_scale", "blocking", str(pairs), str(clusters)), r"(\d\.\d+) of \d+ pairs", 0.7),
        Check(("benchmarks.name_scale", "speed", "--names", "2000"), r"(\d+(?:\.\d+)?)", 0.0),
        Check(("benchmarks.warehouse_scale", "--documents", "200", "--home", str(folder / "scale")), number, 0.0),
        Check(("benchmarks.run_cost", str(pages), "--pages", "20", "--variants", "light"), r"CPU: (\d+\.\d+)", 0.1),
    ]


def main() -> None:
    passed = failed = 0
    with TemporaryDirectory() as scratch:
        for check in checks(Path(scratch)):
            started = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", *check.command], capture_output=True, text=True
            )
            match = re.search(check.figure, done.stdout)
            sound = done.returncode == 0 and match is not None and float(match[1]) >= check.least
            passed, failed = passed + sound, failed + (not sound)
            name = " ".join(word for word in check.command if not word.startswith("/"))
            print(f"{'ok  ' if sound else 'FAIL'} {name} ({time.perf_counter() - started:.0f} s)", flush=True)
            if not sound:
                print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
