"""Line features: what a line looks like by itself.

Every function takes a batch of pages and gives float columns by name, one value a line, without a loop over lines.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Flags, Floats
from pipeline.clean.characters import CharClass
from pipeline.clean.phrases import phrase_book

_RATES = ("COMMA", "COLON", "QUOTE", "DASH", "BRACKET", "SEPARATOR", "SIGN", "SYMBOL", "DIGIT")
_WORD_LISTS = ("function_words", "date_words", "speech_words", "reader_words", "address_words")

_OPENS_SENTENCE = np.isin(list(CharClass), (CharClass.UPPER, CharClass.QUOTE, CharClass.DIGIT, CharClass.LETTER))


def local_features(batch: Batch) -> dict[str, Floats]:
    """Size, letters, punctuation, word classes and phrases of each line."""
    out = _letters(batch) | _word_rates(batch) | _edges(batch)
    found = batch.phrases
    classes = phrase_book().classes
    out |= {f"phrase_{c.name}": found[:, i] for i, c in enumerate(classes)}
    cutting = [i for i, c in enumerate(classes) if c.decides is not None]
    out["phrase_cut"] = found[:, cutting].max(axis=1)
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def _letters(batch: Batch) -> dict[str, NDArray]:
    """Shares of the kinds of characters."""
    counts, chars = batch.char_counts, batch.line_ends - batch.line_starts
    letters = counts[:, [CharClass.LOWER, CharClass.UPPER, CharClass.LETTER]].sum(axis=1)
    some_letters = np.maximum(letters, 1)
    out = {
        "log_chars": np.log1p(chars),
        "word_chars": np.minimum(letters / np.maximum(batch.words.per_line, 1), 20),
        "upper": counts[:, CharClass.UPPER] / some_letters,
        "other_script": counts[:, CharClass.LETTER] / some_letters,
    }
    return out | {f"{name.lower()}_rate": counts[:, CharClass[name]] / chars for name in _RATES}


def _word_rates(batch: Batch) -> dict[str, NDArray]:
    """Shares of the kinds of words."""
    words = batch.words
    some = np.maximum(words.per_line, 1)

    def rate(flags: Flags) -> NDArray:
        return batch.count_words(flags) / some

    out = {name: rate(batch.in_list(name)) for name in _WORD_LISTS}
    return out | {
        "log_words": np.log1p(words.per_line),
        "capital_words": rate(words.is_capital),
        "number_words": rate(words.is_number),
    }


def _edges(batch: Batch) -> dict[str, NDArray]:
    """How a line begins and ends, and how many sentences it holds."""
    classes, starts, ends = batch.char_class, batch.line_starts, batch.line_ends
    first, last, before_last = classes[starts], classes[ends - 1], classes[np.maximum(ends - 2, 0)]
    spoken = (last == CharClass.QUOTE) & np.isin(before_last, (CharClass.STOP, CharClass.COMMA))
    closed = (last == CharClass.STOP) | spoken
    # A stop that a space and then a capital, digit or quote follow ends a sentence inside the line.
    opens = _OPENS_SENTENCE[classes]
    is_stop, is_space = classes == CharClass.STOP, classes == CharClass.SPACE
    inner = np.flatnonzero(is_stop[:-2] & is_space[1:-1] & opens[2:])
    sentences = np.bincount(np.searchsorted(ends, inner), minlength=len(batch))
    return {
        "closed": closed,
        "sentences": np.minimum(sentences + closed, 12),
        "ends_colon": last == CharClass.COLON,
        "ends_question": np.array([line[-1] in "?？؟" for line in batch.pages.lines]),
        "ends_ellipsis": (last == CharClass.STOP) & (before_last == CharClass.STOP),
        "first_class": first,
        "last_class": last,
    }
