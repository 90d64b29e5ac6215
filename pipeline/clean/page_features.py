"""Line features: how a line stands on its page and among its outlet's pages."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Floats, Ints
from pipeline.clean.repeats import repeat_features
from pipeline.clean.words import HashSet, on_page

PROSE_WORDS = 15  # a line of so many words is taken for prose
_SLUG_CHARS = 150
_FAR = 60  # distances are counted up to so many lines


def page_features(batch: Batch) -> dict[str, Floats]:
    """Place on the page, vocabulary shared with the page's prose, what is said twice, words of the address."""
    out = _place(batch) | _shared_words(batch) | repeat_features(batch)
    out |= {
        "slug_overlap": (overlap := _slug_overlap(batch)),
        "slug_best": overlap >= np.maximum(page_max(batch, overlap), 0.3),
    }
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def outlet_features(share: NDArray, pages_seen: NDArray) -> dict[str, Floats]:
    """Repetition over the outlet's other pages.

    share: of the outlet's other pages, how many bear the line, 0 to 1; -1 where no other page was seen
    pages_seen: how many other pages of the outlet were seen
    """
    return {
        "outlet_share": share.astype(np.float32),
        "outlet_count": np.log1p(np.maximum(share, 0) * pages_seen).astype(np.float32),
        "outlet_pages": np.log1p(pages_seen).astype(np.float32),
    }


def title_features(batch: Batch, titles: Ints) -> dict[str, Floats]:
    """Place and words relative to the title. titles: the line number of each page's title in the batch, or -1."""
    pages, words = batch.pages, batch.words
    title = titles[pages.page]
    has_title = title >= 0
    from_title = np.where(has_title, np.clip(np.arange(len(batch)) - title, -20, _FAR), 99)
    is_title = np.zeros(len(batch), bool)
    is_title[titles[titles >= 0]] = True
    keys = on_page(words.hash, pages.page[words.line])
    shared = HashSet(keys[is_title[words.line]]).flags(keys)
    share = np.bincount(words.line[shared], minlength=len(batch)) / np.maximum(words.per_line, 1)
    out = {"has_title": has_title, "from_title": from_title, "title_overlap": np.where(has_title, share, -1)}
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def _place(batch: Batch) -> dict[str, NDArray]:
    pages = batch.pages
    count = np.diff(pages.first)[pages.page]
    index = np.arange(len(batch)) - batch.first_on_page()
    chars = (batch.line_ends - batch.line_starts).astype(np.float64)
    is_prose = batch.words.per_line >= PROSE_WORDS
    prose = chars * is_prose
    total, prose_total = batch.page_sum(chars), batch.page_sum(prose)
    since, until = lines_apart(batch, is_prose)
    between = np.minimum(pages.start[1:] - pages.end[:-1], 8)
    between = np.where(pages.page[1:] == pages.page[:-1], between, 9)
    return {
        "index": np.log1p(index),
        "from_end": np.log1p(count - index - 1),
        "place": (index + 0.5) / count,
        "text_before": batch.sum_before(chars) / total,
        "prose_before": batch.sum_before(prose) / np.maximum(prose_total, 1),
        "page_lines": np.log1p(count),
        "page_prose": np.log1p(prose_total),
        "page_prose_share": prose_total / total,
        "since_prose": since,
        "until_prose": until,
        "gap_before": np.append(9, between),
        "gap_after": np.append(between, 9),
    }


def lines_apart(batch: Batch, marked: NDArray[np.bool_]) -> tuple[NDArray, NDArray]:
    """For each line how many lines back and on the nearest other marked line of its page is, at most 60."""
    n, at = len(batch), np.arange(len(batch))
    last = np.maximum.accumulate(np.where(marked, at, -1))
    last = np.append(-1, last[:-1])
    since = np.where(last >= batch.first_on_page(), at - last, _FAR)
    following = np.minimum.accumulate(np.where(marked, at, 2 * n)[::-1])[::-1]
    following = np.append(following[1:], 2 * n)
    until = np.where(following < batch.pages.first[1:][batch.pages.page], following - at, _FAR)
    return np.minimum(since, _FAR), np.minimum(until, _FAR)


def _shared_words(batch: Batch) -> dict[str, NDArray]:
    """How much of a line's vocabulary other lines of prose on its page share."""
    words, n = batch.words, len(batch)
    content = ~batch.in_list("function_words") & (words.chars >= 4) & ~words.is_number
    at = np.flatnonzero(content)
    line = words.line[at]
    keys = on_page(words.hash[at], batch.pages.page[line])
    order = np.argsort(keys, kind="stable")  # of a word, its lines stay in order
    word = np.empty(len(at), np.int64)
    is_new = np.append(True, np.diff(keys[order]) != 0)[: len(at)]
    word[order] = np.cumsum(is_new) - 1
    once = order[is_new | (np.diff(line[order], prepend=-1) != 0)]  # each word once a line
    is_prose = words.per_line >= PROSE_WORDS
    in_prose = np.bincount(word[once], is_prose[line[once]], minlength=1).astype(np.int64)
    others = in_prose[word] - is_prose[line]
    n_content = np.maximum(np.bincount(line, minlength=n), 1)
    named = words.is_capital[at] & (words.nth[at] > 0)
    n_named = np.bincount(line[named], minlength=n)
    shared_names = np.bincount(line[named], others[named] > 0, minlength=n) / np.maximum(n_named, 1)
    return {
        "shared_words": np.bincount(line, others > 0, minlength=n) / n_content,
        "shared_weight": np.bincount(line, np.minimum(others, 5), minlength=n) / n_content,
        "shared_names": np.where(n_named, shared_names, -1),
        "content_words": np.log1p(np.bincount(line, minlength=n)),
    }


def page_max(batch: Batch, column: NDArray) -> NDArray:
    """For each line the column's greatest value on its page."""
    begins = batch.pages.first[:-1][np.diff(batch.pages.first) > 0]
    return np.repeat(np.maximum.reduceat(column, begins), np.diff(np.append(begins, len(batch))))


def _slug_overlap(batch: Batch) -> NDArray:
    """Likeness (Dice) of a line's words to those of the page's address; -1 where the address says nothing."""
    words, page = batch.words, batch.pages.page
    slugs = Batch.of([_slug(url) for url in batch.urls], [None] * len(batch.urls))
    slug_page = slugs.pages.page[slugs.words.line] if len(slugs) else np.zeros(0, np.int64)
    size = np.bincount(slug_page, minlength=len(batch.urls))[page]
    hit = HashSet(on_page(slugs.words.hash, slug_page)).flags(on_page(words.hash, page[words.line]))
    dice = 2 * np.bincount(words.line[hit], minlength=len(batch)) / np.maximum(words.per_line + size, 1)
    return np.where(size >= 3, np.minimum(dice, 1), -1)


def _slug(url: str | None) -> str:
    """The words in the wordiest part of a URL's path, usually the title shortened."""
    try:
        parts = urlsplit(url or "").path.split("/")
    except ValueError:
        return ""
    best = max(parts, key=lambda part: part.count("-") + part.count("_"))
    return " ".join(unquote(best).replace("_", " ").split())[:_SLUG_CHARS]
