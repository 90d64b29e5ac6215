"""Line features: what the markup of an HTML page says of each line of its rendering."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Floats, Ints
from pipeline.ingest import Rendering

_DATA = Path(__file__).parent / "data" / "markup_hints.yml"
_TAGS = ("p", "li", "div", "td", "blockquote", "figcaption", "heading", "button")
_AREAS = ("article", "main", "nav", "header", "footer", "aside", "form", "table", "figure", "ul")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HINT_DEPTH = 4
_PARENTS = 3  # how many containers' contents are weighed


@dataclass(frozen=True)
class Markup:
    """The block elements of one page, and which of them holds each line.

    parents: of each frame, -1 for none; tags, hints: its tag and its attribute words
    starts: where each line begins in the text; frames: the frame it stands in; link_share: of its characters
    """

    parents: Sequence[int]
    tags: Sequence[str]
    hints: Sequence[str]
    starts: Ints
    frames: Ints
    link_share: Floats

    @classmethod
    def of(cls, rendering: Rendering) -> Markup:
        return cls._from(rendering.frames, rendering.spans)

    @classmethod
    def from_json(cls, stored: str | None) -> Markup | None:
        """Of raw_documents.markup; None for plain text."""
        if not stored:
            return None
        table = json.loads(stored)
        return cls._from(table["frames"], table["lines"])

    @classmethod
    def _from(cls, frames: Sequence[Sequence], spans: Sequence[Sequence]) -> Markup:
        parents, tags, hints = zip(*frames, strict=True) if frames else ((), (), ())
        start, _, frame, chars, link_chars = (
            (np.array(column) for column in list(zip(*spans, strict=True))[:5]) if spans else [np.zeros(0, int)] * 5
        )
        return cls(parents, tags, hints, start, frame, (link_chars / np.maximum(chars, 1)).astype(np.float32))


def markup_features(batch: Batch, markups: Sequence[Markup | None], log_odds: Floats) -> dict[str, Floats]:
    """Links, tags, containers and their names, and how much of each container's text was judged article.

    log_odds: what the text alone says of each line. Lines of pages without markup get zeros.
    """
    names = _column_names()
    out = np.zeros((len(batch), len(names)), np.float32)
    certainty = 1 / (1 + np.exp(-log_odds.astype(np.float64)))
    words = batch.words.per_line + 1.0
    for number, markup in enumerate(markups):
        a, b = batch.pages.first[number], batch.pages.first[number + 1]
        if markup is None or a == b or not len(markup.starts):
            continue
        line = np.maximum(np.searchsorted(markup.starts, batch.pages.start[a:b], side="right") - 1, 0)
        frame = markup.frames[line]
        purity = _purity(markup, frame, (certainty * words)[a:b], words[a:b])
        out[a:b] = np.hstack([markup.link_share[line][:, None], _frame_features(markup)[frame], purity])
    return dict(zip(names, out.T, strict=True)) | {"text": np.asarray(log_odds, np.float32)}


def _column_names() -> list[str]:
    names = ["links", *(f"tag_{t}" for t in _TAGS), *(f"in_{a}" for a in _AREAS), *(f"hint_{h}" for h in _hints())]
    return names + [f"{what}_{level}" for level in range(_PARENTS) for what in ("pure", "share", "size")]


def _frame_features(markup: Markup) -> NDArray[np.float32]:
    """For each frame: its tag, the areas around it, the hints on it and its nearest parents."""
    tags = np.array(markup.tags)
    tag = np.stack([np.isin(tags, _HEADINGS if name == "heading" else (name,)) for name in _TAGS])
    area = np.stack([tags == name for name in _AREAS], axis=1)
    parents = np.array(markup.parents)
    nearest = parents = np.where(parents >= 0, parents, np.arange(len(parents)))  # a root is its own parent
    while (area != (wider := area | area[parents])).any():
        area, parents = wider, parents[parents]  # twice as far up each time
    own = np.array([_named(words) for words in markup.hints], np.float32)
    hint, above = own.copy(), nearest
    for depth in range(1, _HINT_DEPTH):
        hint = np.maximum(hint, own[above] * (1 - depth / _HINT_DEPTH))
        above = nearest[above]
    return np.hstack([tag.T, area, hint]).astype(np.float32)


@lru_cache(4096)
def _named(words: str) -> tuple[bool, ...]:
    """Which hints the attribute words of a frame give."""
    said = words.split()
    return tuple(not listed.isdisjoint(said) for listed in _hints().values())


def _purity(markup: Markup, frame: Ints, kept: NDArray, words: NDArray) -> NDArray[np.float32]:
    """For each line and its three nearest containers: what share of the container's words is judged article, what
    share of the page's article it holds, and how many words it holds (log)."""
    n = len(markup.tags)
    held, size = np.bincount(frame, kept, n).tolist(), np.bincount(frame, words, n).tolist()
    for child in range(n - 1, 0, -1):  # parents stand before their children
        above = markup.parents[child]
        if above >= 0:
            held[above] += held[child]
            size[above] += size[child]
    mass, parents = np.array([held, size]), np.array(markup.parents)
    total = max(float(kept.sum()), 1e-6)
    columns, at = [], frame
    for _ in range(_PARENTS):
        at = np.where(parents[at] >= 0, parents[at], at)
        columns += [mass[0, at] / mass[1, at], mass[0, at] / total, np.log1p(mass[1, at])]
    return np.stack(columns, axis=1).astype(np.float32)


@cache
def _hints() -> dict[str, frozenset[str]]:
    import yaml

    listed = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return {name: frozenset(entry["words"].split()) for name, entry in listed.items()}
