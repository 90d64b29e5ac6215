"""From what the model read to mentions: the second reading and the corrections, in the order in which they act."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from pipeline.entities.acronyms import apply_acronyms, drop_common_acronyms
from pipeline.entities.closing_words import complete_organisations
from pipeline.entities.compound_bodies import complete_compounds
from pipeline.entities.context import Rereading
from pipeline.entities.datelines import label_datelines, opens_story
from pipeline.entities.document import Document
from pipeline.entities.edges import split_brackets, trim_edges
from pipeline.entities.fragments import complete_fragments
from pipeline.entities.gazetteer import apply_gazetteer, place_label
from pipeline.entities.inherit import agree_on_labels, fill_repeats, inherit_labels, label_short_forms
from pipeline.entities.join import join_names
from pipeline.entities.mention import LABELS, Mention
from pipeline.entities.organisations import label_acronyms, label_by_context, split_off_persons
from pipeline.entities.outputs import Reading
from pipeline.entities.precision import drop_non_names
from pipeline.entities.roles import apply_roles
from pipeline.entities.ships import drop_ships
from pipeline.entities.spans import Taken, resolve_overlaps

Correction = Callable[[Document, list[Mention]], list[Mention]]

CORRECTIONS: dict[str, Correction] = {
    "brackets": split_brackets,
    "split": split_off_persons,
    "edges": trim_edges,
    "join": join_names,
    "roles": apply_roles,
    "closing words": complete_organisations,
    "compounds": complete_compounds,
    "context": label_by_context,
    "datelines": label_datelines,
    "gazetteer": apply_gazetteer,
    "acronym shape": label_acronyms,
    "acronyms": apply_acronyms,
    "common": drop_common_acronyms,
    "inherit": inherit_labels,
    "short forms": label_short_forms,
    "majority": agree_on_labels,
    "fill": fill_repeats,
    "ships": drop_ships,
    "precision": drop_non_names,
}


def correct(
    document: Document, reading: Reading, second: Rereading | None = None, without: frozenset[str] = frozenset()
) -> list[Mention]:
    """The mentions of a document, in order of place and without overlap, from what the model read in it.

    `second` is the second reading of the tokens' evidence; `without` names corrections to leave out, for measuring
    what each is worth.
    """
    mentions = [Mention(start, end, label, "model") for start, end, label in reading.spans if label in LABELS]
    if second:
        mentions = _second_reading(document, second, mentions)
        if "fragments" not in without:
            mentions = resolve_overlaps(complete_fragments(document, mentions, reading.spans))
    for name, correction in CORRECTIONS.items():
        if name not in without:
            mentions = resolve_overlaps(correction(document, mentions))
    return [within_its_line(document, mention) for mention in mentions]


def within_its_line(document: Document, mention: Mention) -> Mention:
    """The mention up to the end of the line it begins in: a line is a block, and a name stands in one block."""
    line = document.lines[bisect_right(document.lines, mention.start, key=lambda line: line.start) - 1]
    if mention.end <= line.end:
        return mention
    return mention._replace(end=mention.start + len(document.text[mention.start : line.end].rstrip()))


def _second_reading(document: Document, rereading: Rereading, first: list[Mention]) -> list[Mention]:
    """The names of the second reading; of the first, what the second has no class for and does not contradict."""
    by_place = {(m.start, m.end): m for m in first}
    second = []
    document.outside = rereading.outside
    for start, end, label in rereading.names:
        same = by_place.get((start, end))
        if label == "LOC":
            label = place_label(document.view[start:end], same.label if same else None)
        elif same and same.label == "GPE" and opens_story(document, start, end):
            label = "GPE"
        unchanged = same is not None and same.label == label
        second.append(Mention(start, end, label, "model" if unchanged else "learned:document"))
    taken = Taken(second)
    return second + [m for m in first if m.label in ("NORP", "FAC", "EVENT") and (m.start, m.end) not in taken]
