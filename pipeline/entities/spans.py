"""Small tools over mentions that every correction uses: the places they hold, and overlaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.entities.mention import Mention


class Taken:
    """The places of a document that mentions already hold."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans = sorted((m.start, m.end) for m in mentions)

    def __contains__(self, span: tuple[int, int]) -> bool:
        """Whether a range overlaps a place that is held."""
        at = bisect_right(self._spans, (span[0], span[0]))
        after = at < len(self._spans) and self._spans[at][0] < span[1]
        return after or (at > 0 and self._spans[at - 1][1] > span[0])


def resolve_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """In order of place; where two overlap the longer one stands, of equals the first given."""
    mentions, at = list(mentions), 0
    for mention in mentions:
        if mention.start < at or mention.start == mention.end:
            break
        at = mention.end
    else:
        return mentions
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.start - m.end)):
        if chosen and mention.start < chosen[-1].end:
            if mention.end - mention.start > chosen[-1].end - chosen[-1].start:
                chosen[-1] = mention
            continue
        chosen.append(mention)
    return chosen
