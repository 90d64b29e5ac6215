"""Line features: what a line looks like, how it stands on its page, and how often its outlet repeats it.

Every function takes a batch of pages and gives float32 columns, one row a line, without a loop over lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.characters import CharClass, classify
from pipeline.clean.lines import PageLines
from pipeline.clean.phrases import Strength, phrase_book
from pipeline.clean.word_lists import word_list
from pipeline.clean.words import Hashes, Words, find_words, word_hashes

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Pages measured once: lines, characters, words, phrases; what all features and the rules read.

    titles: the line number of each page's title in the batch, or -1
    """

    pages: PageLines
    urls: list[str | None]
    titles: Ints

    @cached_property
    def _characters(self) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
        return classify(self.pages.joined)

    @cached_property
    def char_class(self) -> NDArray[np.uint8]:
        return self._characters[0]

    @cached_property
    def words(self) -> Words:
        return find_words(*self._characters)

    @cached_property
    def line_ends(self) -> Ints:
        """Where each line's break stands in `joined`."""
        return np.flatnonzero(self.char_class == CharClass.BREAK)

    @cached_property
    def line_starts(self) -> Ints:
        return np.append(0, self.line_ends[:-1] + 1) if len(self.line_ends) else self.line_ends

    @cached_property
    def phrases(self) -> NDArray[np.uint8]:
        return phrase_book().match(self.words)

    @cached_property
    def keys(self) -> Ints:
        return self.words.line_keys()


def local_features(batch: Batch) -> dict[str, Floats]:
    """What each line looks like by itself."""
    n = len(batch.pages)
    classes, starts, ends = batch.char_class, batch.line_starts, batch.line_ends
    line_of = np.repeat(np.arange(n), ends - starts + 1)
    n_classes = len(CharClass)
    counts = np.bincount(line_of * n_classes + classes, minlength=n * n_classes).reshape(n, n_classes)
    chars = (ends - starts).astype(np.float32)
    letters = counts[:, CharClass.LOWER] + counts[:, CharClass.UPPER] + counts[:, CharClass.LETTER]
    words = batch.words
    per_line = words.per_line
    at_least_1 = np.maximum(per_line, 1)

    def per_word(flags: NDArray) -> Floats:
        return np.bincount(words.line[flags], minlength=n) / at_least_1

    # A stop that a space and a capital, quote or digit follow ends a sentence inside the line.
    stop = classes == CharClass.STOP
    opens = np.isin(classes, (CharClass.UPPER, CharClass.QUOTE, CharClass.DIGIT, CharClass.LETTER))
    inner = np.flatnonzero(stop[:-2] & (classes[1:-1] == CharClass.SPACE) & opens[2:])
    sentences = np.bincount(line_of[inner], minlength=n)
    last, before_last = classes[ends - 1], classes[np.maximum(ends - 2, 0)]
    closed = (last == CharClass.STOP) | ((last == CharClass.QUOTE) & (before_last == CharClass.STOP))
    closed |= (last == CharClass.QUOTE) & (before_last == CharClass.COMMA)
    first = classes[starts]
    out = {
        "log_chars": np.log1p(chars),
        "log_words": np.log1p(per_line),
        "word_chars": np.minimum(letters / at_least_1, 20),
        "upper": counts[:, CharClass.UPPER] / np.maximum(letters, 1),
        "capital_words": per_word(words.is_capital),
        "number_words": per_word(words.is_number),
        "function_words": per_word(word_list("function_words").flags(words.hash)),
        "date_words": per_word(word_list("date_words").flags(words.hash)),
        "speech_words": per_word(word_list("speech_words").flags(words.hash)),
        "reader_words": per_word(word_list("reader_words").flags(words.hash)),
        "address_words": per_word(word_list("address_words").flags(words.hash)),
        "sentences": np.minimum(sentences + closed, 12),
        "closed": closed,
        "ends_colon": last == CharClass.COLON,
        "ends_question": np.char.endswith(np.array([line[-1:] for line in batch.pages.lines]), "?") if n else closed,
        "ends_ellipsis": (last == CharClass.STOP) & (before_last == CharClass.STOP),
        "first_class": first,
        "last_class": last,
        "other_script": counts[:, CharClass.LETTER] / np.maximum(letters, 1),
    }
    for char_class in ("COMMA", "COLON", "QUOTE", "DASH", "BRACKET", "SEPARATOR", "SIGN", "SYMBOL", "DIGIT"):
        column = counts[:, CharClass[char_class]]
        out[f"{char_class.lower()}s"] = column / np.maximum(chars, 1)
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def phrase_features(batch: Batch) -> dict[str, Floats]:
    """The strength of each phrase class, and of the strongest."""
    found = batch.phrases
    out = {f"phrase_{c.name}": found[:, i].astype(np.float32) for i, c in enumerate(phrase_book().classes)}
    cut = [i for i, c in enumerate(phrase_book().classes) if c.decides is not None]
    out["phrase_cut"] = found[:, cut].max(axis=1, initial=0).astype(np.float32)
    return out


def place_features(batch: Batch) -> dict[str, Floats]:
    """Where a line stands: on the page, in the page's mass of text, and beside the title."""
    pages = batch.pages
    n, page = len(pages), pages.page
    begin = pages.first[:-1][page]
    count = np.diff(pages.first)[page]
    index = np.arange(n) - begin
    chars = (batch.line_ends - batch.line_starts).astype(np.float64)
    before = np.cumsum(chars) - chars
    before -= before[begin] if n else 0
    total = np.bincount(page, chars, minlength=len(pages.texts))[page] if n else chars
    prose = chars * (batch.words.per_line >= 12)
    prose_total = np.bincount(page, prose, minlength=len(pages.texts))[page] if n else chars
    prose_before = np.cumsum(prose) - prose
    prose_before -= prose_before[begin] if n else 0
    gap_before, gap_after = _gaps(pages)
    title = batch.titles[page] if n else index
    known = title >= 0
    out = {
        "index": np.log1p(index),
        "from_end": np.log1p(count - index - 1),
        "place": (index + 0.5) / np.maximum(count, 1),
        "text_before": before / np.maximum(total, 1),
        "prose_before": prose_before / np.maximum(prose_total, 1),
        "page_lines": np.log1p(count),
        "page_prose": np.log1p(prose_total),
        "page_prose_share": prose_total / np.maximum(total, 1),
        "gap_before": gap_before,
        "gap_after": gap_after,
        "has_title": known,
        "after_title": np.where(known, np.clip(np.arange(n) - title, -20, 60), 99),
        "slug_overlap": _slug_overlap(batch),
        "title_overlap": _title_overlap(batch),
    }
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def _gaps(pages: PageLines) -> tuple[NDArray, NDArray]:
    """Characters between a line and the one before it and after it (9 at a page's edges)."""
    if not len(pages):
        return np.zeros(0), np.zeros(0)
    between = pages.start[1:] - pages.end[:-1]
    between = np.where(pages.page[1:] == pages.page[:-1], np.minimum(between, 8), 9)
    return np.append(9, between), np.append(between, 9)


def cohesion_features(batch: Batch) -> dict[str, Floats]:
    """How much of a line's vocabulary its page's prose shares, and whether the page says the line twice."""
    words, pages = batch.words, batch.pages
    n = len(pages)
    content = ~word_list("function_words").flags(words.hash) & (words.chars >= 4) & ~words.is_number
    at = np.flatnonzero(content)
    line = words.line[at]
    key = words.hash[at] ^ (pages.page[line].astype(np.uint64) * np.uint64(0xA24BAED4963EE407))
    _, group = np.unique(key, return_inverse=True)
    is_prose = (words.per_line >= 15)[line]
    # Prose lines that say the word, the line itself left out.
    pairs = np.unique(group * (n + 1) + line) if len(at) else np.zeros(0, np.int64)
    pair_group, pair_line = pairs // (n + 1), pairs % (n + 1)
    prose_lines = np.bincount(pair_group[(words.per_line >= 15)[pair_line]], minlength=int(group.max(initial=-1)) + 1)
    others = prose_lines[group] - is_prose if len(at) else np.zeros(0)
    per_line = np.maximum(np.bincount(line, minlength=n), 1)
    capital = words.is_capital[at] & (words.nth[at] > 0)
    capitals = np.bincount(line[capital], minlength=n)
    out = {
        "shared_words": np.bincount(line, others > 0, minlength=n) / per_line,
        "shared_weight": np.bincount(line, np.minimum(others, 5), minlength=n) / per_line,
        "shared_names": np.where(
            capitals, np.bincount(line[capital], others[capital] > 0, minlength=n) / np.maximum(capitals, 1), -1
        ),
        "content_words": np.log1p(np.bincount(line, minlength=n)),
    }
    out |= _repeats(batch)
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def _repeats(batch: Batch) -> dict[str, NDArray]:
    """How many lines of the page are word for word this one, before it and after it."""
    page, keys = batch.pages.page, batch.keys
    n = len(keys)
    order = np.lexsort((np.arange(n), keys, page))
    same = (
        (np.diff(keys[order]) == 0) & (np.diff(page[order]) == 0) & (keys[order][1:] != 0) if n else np.zeros(0, bool)
    )
    begins = np.concatenate(([True], ~same))[:n]
    run = np.cumsum(begins) - 1
    start = np.flatnonzero(begins)
    size = np.diff(np.append(start, n))
    earlier, later = np.zeros(n), np.zeros(n)
    earlier[order] = np.arange(n) - start[run] if n else 0
    later[order] = size[run] - 1 - earlier[order] if n else 0
    return {"same_before": np.minimum(earlier, 9), "same_after": np.minimum(later, 9)}


def _title_overlap(batch: Batch) -> NDArray:
    """Share of a line's words that are words of its page's title; -1 on pages without one."""
    pages, words = batch.pages, batch.words
    is_title_line = np.zeros(len(pages), bool)
    is_title_line[batch.titles[batch.titles >= 0]] = True
    salt = pages.page[words.line].astype(np.uint64) * np.uint64(0xA24BAED4963EE407)
    keys = words.hash ^ salt
    shared = np.isin(keys, keys[is_title_line[words.line]])
    share = np.bincount(words.line[shared], minlength=len(pages)) / np.maximum(words.per_line, 1)
    return np.where((batch.titles >= 0)[pages.page], share, -1) if len(pages) else share


def _slug_overlap(batch: Batch) -> NDArray:
    """Share of the words of the page's address that the line says; -1 where the address says nothing."""
    pages, words = batch.pages, batch.words
    out = np.full(len(pages), -1.0)
    for number, url in enumerate(batch.urls):
        slug = slug_words(url)
        if len(slug) >= 3:
            a, b = pages.first[number], pages.first[number + 1]
            wa, wb = words.first[a], words.first[b]
            hit = np.isin(words.hash[wa:wb], slug)
            out[a:b] = np.bincount(words.line[wa:wb][hit] - a, minlength=b - a) / len(slug)
    return np.minimum(out, 2)


def slug_words(url: str | None) -> Hashes:
    """Hashes of the words in the last telling part of a URL's path, usually the title shortened."""
    try:
        parts = urlsplit(url or "").path.split("/")
    except ValueError:
        parts = [""]
    best = max(parts, key=lambda part: part.count("-") + part.count("_"))
    return word_hashes(unquote(best).replace("_", " "))[:20]


def outlet_features(share: NDArray, pages_seen: NDArray) -> dict[str, Floats]:
    """Repetition over the outlet's other pages.

    share: of the outlet's other pages, how many bear the line, 0 to 1; -1 where no other page was seen
    pages_seen: how many other pages of the outlet were seen
    """
    return {
        "outlet_share": np.asarray(share, np.float32),
        "outlet_count": np.log1p(np.maximum(share, 0) * pages_seen).astype(np.float32),
        "outlet_pages": np.log1p(pages_seen).astype(np.float32),
    }


BASE_GROUPS = (local_features, phrase_features, place_features, cohesion_features)
NEIGHBOUR_COLUMNS = (
    "log_chars", "function_words", "closed", "sentences", "capital_words", "phrase_cut", "date_words",
    "shared_words", "title_overlap", "outlet_share", "lexical",
)  # fmt: skip


def base_features(batch: Batch, share: NDArray, pages_seen: NDArray) -> dict[str, Floats]:
    """All features of the lines by themselves and on their page, by name."""
    out: dict[str, Floats] = {}
    for group in BASE_GROUPS:
        out |= group(batch)
    out |= outlet_features(share, pages_seen)
    return out


def with_neighbours(features: dict[str, Floats], page: Ints, reach: int = 3) -> tuple[list[str], Floats]:
    """The columns and, for telling ones, those of the lines up to `reach` before and after (-1 past the page)."""
    names, columns = list(features), list(features.values())
    for offset in [o for o in range(-reach, reach + 1) if o]:
        for name in NEIGHBOUR_COLUMNS:
            if name in features:
                names.append(f"{name}{offset:+d}")
                columns.append(shifted(features[name], page, offset))
    return names, np.stack(columns, axis=1) if columns else np.zeros((0, 0), np.float32)


def shifted(column: Floats, page: Ints, offset: int, missing: float = -1.0) -> Floats:
    """The column's value `offset` lines on, on the same page; `missing` where there is no such line."""
    n = len(column)
    out = np.full(n, missing, column.dtype)
    if abs(offset) < n:
        here, there = (
            (slice(None, -offset), slice(offset, None)) if offset > 0 else (slice(-offset, None), slice(None, offset))
        )
        same = page[here] == page[there]
        out[here] = np.where(same, column[there], missing)
    return out


def strongest(batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """For each line the phrase class that matches best and its `Strength`."""
    found = batch.phrases
    best = found.argmax(axis=1)
    return best, found[np.arange(len(found)), best] if len(found) else np.zeros(0, np.uint8)


__all__ = ["Batch", "Strength", "base_features", "strongest", "with_neighbours"]
