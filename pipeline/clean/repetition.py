"""Lines that an outlet repeats from page to page: counted once, added up over days, asked for every page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.schema import conform, empty_table

PAGES_KEY = 0  # the line key under which an outlet's pages are counted: no line with words hashes to it
_PREFIXES = ("www.", "m.", "mobile.", "amp.")
_PROSE_CHARS = 100  # a line this long is prose more often than furniture
_FEWEST_PROSE = 4  # lines of prose from which a page tells how often its story was delivered


def site_of(url: str | None) -> str | None:
    """The site an address belongs to, for grouping pages whose outlet nobody stated; None without a host."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    for prefix in _PREFIXES:
        if host and host.startswith(prefix):
            host = host[len(prefix) :]
    return host or None


def count_lines(outlets: Sequence[str | None], page: NDArray[np.int64], keys: NDArray[np.int64]) -> pa.Table:
    """On how many of the pages each outlet's lines stand, as an outlet_lines table.

    outlets: of each page, None where unknown (not counted); page, keys: page number and line key of each line
    """
    ids = pa.array(outlets, pa.string()).dictionary_encode()
    names, code = ids.dictionary, np.asarray(ids.indices.fill_null(-1), np.int64)
    spoken = keys != PAGES_KEY
    on = np.concatenate([np.arange(len(outlets)), page[spoken]])  # each page counts itself, then its lines once each
    said = np.concatenate([np.full(len(outlets), PAGES_KEY), keys[spoken]])
    order = np.lexsort((on, said, code[on]))
    on, said = on[order], said[order]
    once = _changes(on, said) & (code[on] >= 0)
    outlet, said = code[on[once]], said[once]
    begins = np.flatnonzero(_changes(outlet, said))
    counts = np.diff(np.append(begins, len(said)))
    table = {"outlet_id": names.take(pa.array(outlet[begins])), "line_key": said[begins], "page_count": counts}
    return conform(pa.table(table), "outlet_lines")


def _changes(*columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a row differs from the one before it; True for the first."""
    differs = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.append(True, differs)[: len(columns[0])]


class OutletLines:
    """outlet_lines tables added up and made ready for questions."""

    def __init__(self, tables: Sequence[pa.Table]) -> None:
        counts = pa.concat_tables([empty_table("outlet_lines"), *tables])
        counts = counts.group_by(["outlet_id", "line_key"]).aggregate([("page_count", "sum")])
        counts = counts.rename_columns({"page_count_sum": "page_count"})
        self.table = conform(counts.sort_by([("outlet_id", "ascending"), ("line_key", "ascending")]), "outlet_lines")
        keys, page_counts = (self.table[name].to_numpy() for name in ("line_key", "page_count"))
        outlets = self.table["outlet_id"].combine_chunks().dictionary_encode()
        first = np.searchsorted(outlets.indices.to_numpy(), np.arange(len(outlets.dictionary) + 1))
        self._lines = {
            name: (keys[a:b], page_counts[a:b])
            for name, a, b in zip(outlets.dictionary.to_pylist(), first[:-1], first[1:], strict=True)
        }

    def shares_of_pages(
        self,
        outlets: Sequence[str | None],
        first: NDArray[np.int64],
        keys: NDArray[np.int64],
        lengths: NDArray[np.int64],
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """`shares` for the lines of several pages; first: the first line of each page, and the total as last entry."""
        share, seen = np.empty(len(keys)), np.empty(len(keys), np.int64)
        for outlet, a, b in zip(outlets, first[:-1], first[1:], strict=True):
            share[a:b], seen[a:b] = self.shares(outlet, keys[a:b], lengths[a:b])
        return share, seen

    def shares(
        self, outlet: str | None, keys: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], int]:
        """Of the outlet's other pages, the share that bears each line (-1 when there is no other page), and how
        many other pages there are. The page that asks is taken to be counted.

        A story fetched again under a changed header or with new comments is another page with the same prose. Such
        copies are left out on both sides, or the article would count as what the outlet repeats.
        """
        known, counts = self._lines.get(outlet or "", (keys[:0], keys[:0]))
        pages = int(self._count(known, counts, np.array([PAGES_KEY]))[0])
        found = np.where(keys == PAGES_KEY, 1, self._count(known, counts, keys))
        copies = _deliveries(found[(lengths >= _PROSE_CHARS) & (keys != PAGES_KEY)])
        others = pages - copies
        if others < 1:
            return np.full(len(keys), -1.0), 0
        return np.clip((found - copies) / others, 0, 1), others

    @staticmethod
    def _count(known: NDArray, counts: NDArray, keys: NDArray) -> NDArray[np.int64]:
        if not len(known):
            return np.zeros(len(keys), np.int64)
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[at] == keys, counts[at], 0)


def _deliveries(prose: NDArray[np.int64]) -> int:
    """On how many pages a story stands, its own included: on so many as half of its lines of prose do."""
    return max(1, int(np.median(prose))) if len(prose) >= _FEWEST_PROSE else 1
