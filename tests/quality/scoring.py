"""Scores of the pipeline's tables on the gold pages. Pure functions over rows; nothing is run here."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.quality.alignment import Aligned, Row
from tests.quality.gold import ARTICLE_KINDS, METADATA_KINDS, GoldMention, GoldPage

# Mentions are marked in English pages alone: other languages do not reach the English model.
MARKED_LANGUAGE = "en"
METADATA_FIELDS = ("title", "byline", "dateline", "published_date", "published_at", "language", "outlet_id")

# Kinds that are as right as the gold's: plain text does not tell a pulled quote from a paragraph of speech, and a
# stamp of the crawl's day is a time stamp, though none of the page's.
EITHER_KIND = {("body", "quote"), ("quote", "body"), ("other_boilerplate", "timestamp")}

Span = tuple[str, int, int]  # page id, first and past-the-last non-blank character


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 from counts; `wrong` lists the disagreements in words."""

    hits: int
    extra: int
    missed: int
    wrong: list[str] = field(default_factory=list, repr=False)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        found, there = self.hits + self.extra, self.hits + self.missed
        return 2 * self.hits / (found + there) if found + there else 1.0


@dataclass(frozen=True)
class LineJudgement:
    """A gold line and what the pipeline's blocks made of most of its characters."""

    page_id: str
    text: str
    kind: str
    found_kind: str | None
    is_kept: bool
    rule: str | None

    @property
    def should_be_kept(self) -> bool | None:
        """None where either is right: lines that only feed metadata."""
        return None if self.kind in METADATA_KINDS else self.kind in ARTICLE_KINDS


def judge_lines(aligned: Mapping[str, Aligned], blocks: Iterable[Row]) -> list[LineJudgement]:
    """What became of every non-blank gold line. `blocks` are rows of the blocks table."""
    by_document = defaultdict(list)
    for block in blocks:
        by_document[block["document_id"]].append(block)
    judged = []
    for page_id, pair in aligned.items():
        spans = [
            (pair.document_at[block["start"]], pair.document_at[block["end"]], block)
            for block in by_document[pair.document["document_id"]]
        ]
        for line in pair.page.lines:
            start, end = pair.gold_at[line.start], pair.gold_at[line.end]
            cover, block = max(
                ((min(end, e) - max(start, s), b) for s, e, b in spans), key=lambda c: c[0], default=(0, None)
            )
            found = block if cover > 0 else None
            judged.append(
                LineJudgement(
                    page_id,
                    line.text,
                    line.kind,
                    found["kind"] if found else None,
                    bool(found and found["is_kept"]),
                    found["rule"] if found else None,
                )
            )
    return judged


def score_kept(lines: Iterable[LineJudgement]) -> Score:
    """Article lines kept (hits), boilerplate kept (extra), article lines cut (missed)."""
    return _score_decision(lines, True, "kept boilerplate", "cut article")


def score_cut(lines: Iterable[LineJudgement]) -> Score:
    """Boilerplate lines cut (hits), article lines cut (extra), boilerplate kept (missed)."""
    return _score_decision(lines, False, "cut article", "kept boilerplate")


def _score_decision(lines: Iterable[LineJudgement], keep: bool, extra: str, missed: str) -> Score:
    counts: Counter[str] = Counter()
    wrong = []
    for line in lines:
        if line.should_be_kept is None:
            continue
        outcome = {(True, True): "hit", (False, True): missed, (True, False): extra}.get(
            (line.is_kept == keep, line.should_be_kept == keep)
        )
        if outcome:
            counts[outcome] += 1
            if outcome != "hit":
                wrong.append(f"{outcome}: {line.page_id} [{line.kind}, {line.rule}] {line.text[:90]}")
    return Score(counts["hit"], counts[extra], counts[missed], wrong)


def score_kinds(lines: Iterable[LineJudgement]) -> Score:
    """Lines of a right kind (hits); a line of another kind is both extra and missed."""
    lines = list(lines)
    wrong = [
        f"{line.kind} read as {line.found_kind}: {line.page_id} [{line.rule}] {line.text[:80]}"
        for line in lines
        if line.found_kind != line.kind and (line.kind, line.found_kind) not in EITHER_KIND
    ]
    return Score(len(lines) - len(wrong), len(wrong), len(wrong), wrong)


def score_metadata(aligned: Mapping[str, Aligned]) -> dict[str, Score]:
    """By field: right values (hits), values that are wrong or invented (extra), values not given (missed)."""
    scores = {}
    for name in METADATA_FIELDS:
        hits, extra, missed, wrong = 0, 0, 0, []
        same = _SAME.get(name, _plain)
        for page_id, pair in aligned.items():
            gold, found = gold_metadata(pair.page, name), pair.document[name]
            if (gold and same(gold)) == (found and same(str(found))):
                hits += bool(gold)
                continue
            extra += bool(found)
            missed += bool(gold)
            wrong.append(f"{name} of {page_id}: {found!r}, should be {gold!r}")
        scores[name] = Score(hits, extra, missed, wrong)
    return scores


def gold_metadata(page: GoldPage, name: str) -> str | None:
    """What the gold says of a column of documents; None where the column must be null."""
    if name == "title":
        return page.title
    if name == "published_at":
        return (page.get(name) or "").replace("T", " ").removesuffix("Z") or None
    return page.get("outlet" if name == "outlet_id" else name)


def _plain(value: str) -> str:
    return " ".join(value.split())


def _names(value: str) -> str:
    """A byline as its names, in order, without case."""
    return "|".join(re.split(r"\s*(?:,|;|&|\band\b)\s*", _plain(value).casefold()))


def _places(value: str) -> str:
    """A dateline as its places, without case, agency tag or closing dash."""
    return re.sub(r"\(.*?\)|[\s–—:-]+$", "", _plain(value)).strip(" –—:-").casefold()


_SAME: dict[str, Callable[[str], str]] = {"byline": _names, "dateline": _places}


def gold_spans(aligned: Mapping[str, Aligned]) -> dict[Span, GoldMention]:
    """The marked names of the English pages by their place."""
    return {
        (page_id, pair.gold_at[mention.start], pair.gold_at[mention.end]): mention
        for page_id, pair in aligned.items()
        if pair.page.get("language") == MARKED_LANGUAGE
        for mention in pair.page.mentions
    }


def found_spans(aligned: Mapping[str, Aligned], mentions: Iterable[Row]) -> dict[Span, Row]:
    """Mentions by their place, those in lines where the gold marks no names (a byline, say) left out."""
    pages = {
        pair.document["document_id"]: (page_id, pair)
        for page_id, pair in aligned.items()
        if pair.page.get("language") == MARKED_LANGUAGE
    }
    neutral = {
        page_id: [
            (pair.gold_at[line.start], pair.gold_at[line.end])
            for line in pair.page.lines
            if line.kind in METADATA_KINDS
        ]
        for page_id, pair in pages.values()
    }
    found = {}
    for mention in mentions:
        if mention["document_id"] in pages:
            page_id, pair = pages[mention["document_id"]]
            start, end = pair.document_at[mention["start"]], pair.document_at[mention["end"]]
            if not any(s <= start and end <= e for s, e in neutral[page_id]):
                found[page_id, start, end] = mention
    return found


def score_mentions(gold: Mapping[Span, GoldMention], found: Mapping[Span, Row], label: str | None = None) -> Score:
    """Mentions with the right place and label; `label` restricts the score to one label."""
    wanted = {(span, m.label): m.surface for span, m in gold.items() if label in (None, m.label)}
    given = {(span, m["label"]): m for span, m in found.items() if label in (None, m["label"])}
    wrong = [
        f"missed {kind} {surface!r} in {span[0]}"
        for (span, kind), surface in wanted.items()
        if (span, kind) not in given
    ] + [
        f"found {kind} {m['surface']!r} ({m['method']}) in {span[0]}"
        for (span, kind), m in given.items()
        if (span, kind) not in wanted
    ]
    hits = len(wanted.keys() & given.keys())
    return Score(hits, len(given) - hits, len(wanted) - hits, wrong)


@dataclass(frozen=True)
class ClusterScore:
    """B-cubed and pairwise agreement of two clusterings of the same items, each 0 to 1."""

    b_cubed_precision: float
    b_cubed_recall: float
    pair_precision: float
    pair_recall: float

    @property
    def b_cubed_f1(self) -> float:
        return _harmonic(self.b_cubed_precision, self.b_cubed_recall)

    @property
    def pair_f1(self) -> float:
        return _harmonic(self.pair_precision, self.pair_recall)


def score_clusters(gold: Sequence[Hashable], found: Sequence[Hashable]) -> ClusterScore:
    """Item i belongs to cluster gold[i] and was put into found[i] (Bagga and Baldwin 1998)."""
    overlap = Counter(zip(gold, found, strict=True))
    gold_sizes, found_sizes = Counter(gold), Counter(found)
    items = max(1, len(gold))
    together = _pairs(overlap)
    return ClusterScore(
        b_cubed_precision=sum(n * n / found_sizes[f] for (_, f), n in overlap.items()) / items,
        b_cubed_recall=sum(n * n / gold_sizes[g] for (g, _), n in overlap.items()) / items,
        pair_precision=together / (_pairs(found_sizes) or 1),
        pair_recall=together / (_pairs(gold_sizes) or 1),
    )


def _pairs(sizes: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def score_duplicates(aligned: Mapping[str, Aligned]) -> Score:
    """Pages marked as carrying an earlier page's story text, with the right original."""
    page_of = {pair.document["document_id"]: page_id for page_id, pair in aligned.items()}
    wanted = {(page_id, of) for page_id, pair in aligned.items() if (of := pair.page.get("duplicate_of"))}
    given = {(page_id, page_of.get(of)) for page_id, pair in aligned.items() if (of := pair.document["duplicate_of"])}
    wrong = [f"missed {a} = {b}" for a, b in sorted(wanted - given)]
    wrong += [f"found {a} = {b}" for a, b in sorted(given - wanted, key=str)]
    return Score(len(wanted & given), len(given - wanted), len(wanted - given), wrong)
