"""Mentions: quality on a file of annotated articles, headlines, and speed.

    python -m benchmarks.mentions quality   ner_dev.jsonl.gz
    python -m benchmarks.mentions headlines ner_dev.jsonl.gz
    python -m benchmarks.mentions speed     ner_dev.jsonl.gz [--processes 2]

Input: JSON lines with source, text and ents [[start, end, PERSON | ORG | LOC], ...] in code points. A name counts as
found when label and edges agree; determiners, possessives and edge punctuation are trimmed on both sides. GPE and LOC
count as one. The speed is set against the bare pipeline over the same texts in the same process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pipeline.entities import DEFAULT_MODEL, Mention, ModelSettings, annotate
from pipeline.entities.edges import clean_range
from pipeline.entities.model import load_model

LABELS = ("PERSON", "ORG", "LOC")
SCORED = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
LabelledRange = tuple[int, int, str]


class Scores:
    """Counts of right, spurious and missed names by source and label."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, source: str, gold: set[LabelledRange], found: set[LabelledRange]) -> None:
        for label in LABELS:
            wanted, given = {x for x in gold if x[2] == label}, {x for x in found if x[2] == label}
            for key in ((source, label), (source, "micro")):
                for i, size in enumerate((len(wanted & given), len(given - wanted), len(wanted - given))):
                    self.counts[key][i] += size

    def f1(self, source: str, label: str) -> float:
        """F1 in percent."""
        right, spurious, missed = self.counts[source, label]
        return 200 * right / max(1, 2 * right + spurious + missed)

    def sources(self) -> list[str]:
        return sorted({source for source, _ in self.counts})

    def print(self) -> None:
        print(f"{'':24}{'precision':>10}{'recall':>8}{'F1':>7}")
        for source in self.sources():
            for label in (*LABELS, "micro"):
                right, spurious, missed = self.counts[source, label]
                precision, recall = 100 * right / max(1, right + spurious), 100 * right / max(1, right + missed)
                print(f"{source[:16]:17}{label:7}{precision:10.1f}{recall:8.1f}{self.f1(source, label):7.1f}")


def gold_spans(row: dict) -> set[LabelledRange]:
    """The annotated names with trimmed edges."""
    return trimmed(row["text"], row["ents"])


def predicted_spans(text: str, mentions: Iterable[Mention]) -> set[LabelledRange]:
    """The found names of the scored labels with trimmed edges."""
    return trimmed(text, ((m.start, m.end, SCORED[m.label]) for m in mentions if m.label in SCORED))


def trimmed(text: str, spans: Iterable[tuple[int, int, str]]) -> set[LabelledRange]:
    cleaned = ((*clean_range(text, start, end), label) for start, end, label in spans)
    return {(start, end, label) for start, end, label in cleaned if start < end}


def read_rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def quality(rows: list[dict]) -> None:
    scores = Scores()
    for row, mentions in zip(rows, annotate([row["text"] for row in rows]), strict=True):
        scores.add(row["source"], gold_spans(row), predicted_spans(row["text"], mentions))
    scores.print()


def headlines(rows: list[dict]) -> None:
    """The lead line of each article put into Title Case, with the article below it: names in that line."""
    alone, recased = Scores(), Scores()
    for row in headline_rows(rows):
        for scores, given in ((alone, row["text"][: row["lead_chars"]]), (recased, row["text"])):
            add_headline(scores, row, annotate([given])[0])
    for name, scores in (("line alone", alone), ("with its article", recased)):
        print(name)
        scores.print()


def headline_rows(rows: list[dict]) -> list[dict]:
    """The articles whose first line can stand for a headline, that line in Title Case, `lead_chars` its length."""
    found = []
    for row in rows:
        lead = row["text"].split("\n", 1)[0]
        if 40 <= len(lead) <= 400 and len(row["text"]) >= len(lead) + 400:
            found.append({**row, "text": title_case(lead) + row["text"][len(lead) :], "lead_chars": len(lead)})
    return found


def add_headline(scores: Scores, row: dict, mentions: Iterable[Mention]) -> None:
    """Counts the names of a headline alone."""
    gold = {span for span in gold_spans(row) if span[1] <= row["lead_chars"]}
    found = (m for m in mentions if m.end <= row["lead_chars"])
    scores.add(row["source"], gold, predicted_spans(row["text"], found))


def title_case(line: str) -> str:
    """The line as a headline: every word capitalised but the small ones."""
    small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "as", "from"}
    words = [w if w.lower() in small and i else w[:1].upper() + w[1:] for i, w in enumerate(line.split(" "))]
    return " ".join(words)


def speed(rows: list[dict], processes: int) -> None:
    """Words a second, by the clock and of CPU time: the bare pipeline and `annotate`, alternating, best of three."""
    texts = [row["text"] for row in rows]
    words = sum(len(text.split()) for text in texts)
    nlp, settings = load_model(DEFAULT_MODEL), ModelSettings(processes=processes)
    annotate(texts[:20])
    measured = []
    for _ in range(3):
        before = seconds()
        for _doc in nlp.pipe(texts, n_process=processes):
            pass
        between = seconds()
        annotate(texts, settings)
        measured.append(np.diff([before, between, seconds()], axis=0))
    (bare, bare_cpu), (whole, whole_cpu) = np.min(measured, axis=0)
    for kind, one, other in (("clock", bare, whole), ("CPU", bare_cpu, whole_cpu)):
        rates = f"bare nlp.pipe {words / one:,.0f} words/s, annotate {words / other:,.0f}"
        print(f"{kind:6}{rates}: {100 * one / other:.0f}%")


def seconds() -> tuple[float, float]:
    """The clock, and the CPU seconds of this process and of those it waited for."""
    usage = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return time.perf_counter(), sum(used.ru_utime + used.ru_stime for used in usage)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quality", "headlines", "speed"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--processes", type=int, default=1, help="speed: processes of the pipeline")
    parser.add_argument("--limit", type=int, help="read the first so many articles only")
    args = parser.parse_args()
    rows = read_rows(args.file)[: args.limit]
    if args.what == "speed":
        speed(rows, args.processes)
    else:
        {"quality": quality, "headlines": headlines}[args.what](rows)


if __name__ == "__main__":
    main()
