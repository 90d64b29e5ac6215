"""The figures that the gates hold and the report prints, each with the disagreements behind it."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from tests.quality.alignment import Row
from tests.quality.gold import GoldMention
from tests.quality.outputs import Outputs
from tests.quality.scoring import (
    Span,
    found_spans,
    gold_spans,
    judge_lines,
    score_clusters,
    score_cut,
    score_duplicates,
    score_kept,
    score_kinds,
    score_mentions,
    score_metadata,
)

LABELS = ("PERSON", "ORG", "GPE", "NORP")  # those frequent enough for a figure of their own


class Figure(NamedTuple):
    """A value from 0 to 1 and what was counted against it, in words."""

    value: float
    wrong: list[str]


def measure(outputs: Outputs) -> dict[str, Figure]:
    """Every figure by name, in the order of the pipeline."""
    lines = judge_lines(outputs.aligned, outputs.blocks)
    kept, cut, kinds = score_kept(lines), score_cut(lines), score_kinds(lines)
    figures = {
        "lines kept F1": Figure(kept.f1, kept.wrong),
        "lines kept recall": Figure(kept.recall, [w for w in kept.wrong if w.startswith("cut")]),
        "lines cut F1": Figure(cut.f1, cut.wrong),
        "kind accuracy": Figure(kinds.recall, kinds.wrong),
    }
    for name, score in score_metadata(outputs.aligned).items():
        figures[f"{name} F1"] = Figure(score.f1, score.wrong)
    duplicates = score_duplicates(outputs.aligned)
    figures["duplicates F1"] = Figure(duplicates.f1, duplicates.wrong)
    gold, found = gold_spans(outputs.aligned), found_spans(outputs.aligned, outputs.mentions)
    mentions = score_mentions(gold, found)
    figures["mentions F1"] = Figure(mentions.f1, mentions.wrong)
    for label in LABELS:
        score = score_mentions(gold, found, label)
        figures[f"mentions {label} F1"] = Figure(score.f1, score.wrong)
    return figures | entity_figures(gold, found)


def entity_figures(gold: Mapping[Span, GoldMention], found: Mapping[Span, Row]) -> dict[str, Figure]:
    """Agreement on who is meant, over the mentions found in the right place, whatever their label."""
    places = sorted(gold.keys() & found.keys())
    meant = [gold[place].entity for place in places]
    given = [found[place]["entity_id"] for place in places]
    clusters = score_clusters(meant, given)
    wrong = _cluster_faults(gold, found, places)
    people = [i for i, place in enumerate(places) if gold[place].label == "PERSON"]
    of_people = score_clusters([meant[i] for i in people], [given[i] for i in people])
    return {
        "entities B-cubed F1": Figure(clusters.b_cubed_f1, wrong),
        "entities B-cubed precision": Figure(clusters.b_cubed_precision, wrong),
        "entities pair F1": Figure(clusters.pair_f1, wrong),
        "entities PERSON B-cubed F1": Figure(of_people.b_cubed_f1, wrong),
    }


def _cluster_faults(gold: Mapping[Span, GoldMention], found: Mapping[Span, Row], places: list[Span]) -> list[str]:
    """Entities that were split over several ids, and ids that hold several entities."""
    parts: dict[str, Counter[str]] = {}
    holds: dict[str, Counter[str]] = {}
    for place in places:
        meant, given = gold[place], found[place]["entity_id"]
        parts.setdefault(meant.entity, Counter())[f"{meant.surface} ({given})"] += 1
        holds.setdefault(given, Counter())[f"{meant.surface} ({meant.entity})"] += 1
    entities = {place: found[place]["entity_id"] for place in places}
    split = {e for e in parts if len({entities[p] for p in places if gold[p].entity == e}) > 1}
    mixed = {i for i in holds if len({gold[p].entity for p in places if entities[p] == i}) > 1}
    wrong = [f"merged in {i}: {_listed(holds[i])}" for i in sorted(mixed)]
    return wrong + [f"split {e}: {_listed(parts[e])}" for e in sorted(split)]


def _listed(counts: Counter[str]) -> str:
    return "; ".join(f"{name} x{n}" for name, n in counts.most_common())
