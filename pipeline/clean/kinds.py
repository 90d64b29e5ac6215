"""What a line is, once it is known whether it is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.blocks import Kind
from pipeline.clean.characters import CharClass
from pipeline.clean.features import Batch
from pipeline.clean.phrases import Strength, phrase_book
from pipeline.clean.word_lists import word_list

# Kinds that a heading line gives to the cut lines below it, until another phrase speaks.
_SECTIONS = frozenset({Kind.RELATED, Kind.COMMENT_FORM, Kind.SUBSCRIBE, Kind.ADVERT, Kind.LEGAL})
_METADATA = (Kind.BYLINE, Kind.TIMESTAMP)


def kept_kinds(batch: Batch, kept: NDArray[np.bool_], is_title: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Kinds of the lines as if all were kept; meaningful where they are."""
    words = batch.words.per_line
    phrases, columns = batch.phrases, _columns()
    first, last = batch.char_class[batch.line_starts], batch.char_class[batch.line_ends - 1]
    stopped = np.isin(last, (CharClass.STOP, CharClass.COMMA, CharClass.COLON))
    quoted = (first == CharClass.QUOTE) & (last == CharClass.QUOTE)
    bullet = np.isin(first, (CharClass.SEPARATOR, CharClass.SYMBOL)) | _numbered(batch)
    next_kept = np.append(kept[1:], False) & np.append(batch.pages.page[1:] == batch.pages.page[:-1], False)
    dates = np.bincount(batch.words.line[word_list("date_words").flags(batch.words.hash)], minlength=len(words))
    return np.select(
        [
            is_title,
            (phrases[:, columns["photo"]] >= Strength.ANYWHERE) & (words <= 60),
            (phrases[:, columns["byline"]] >= Strength.START) & (words <= 12) & ~stopped,
            (dates * 2 >= words) & (words > 0) & (words <= 12),
            bullet & (words <= 60),
            quoted,
            (words <= 14) & ~stopped & (last != CharClass.QUOTE) & next_kept,
        ],
        [Kind.TITLE, Kind.CAPTION, Kind.BYLINE, Kind.TIMESTAMP, Kind.LIST_ITEM, Kind.QUOTE, Kind.SUBHEADING],
        Kind.BODY,
    ).astype(object)


def cut_kinds(batch: Batch, kept: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Kinds of the lines as if all were cut; meaningful where they are."""
    classes, found = phrase_book().classes, batch.phrases
    kind_of = np.array([str(c.kind) for c in classes], object)
    best = found.argmax(axis=1)
    strength = found.max(axis=1)
    words = batch.words.per_line
    dates = np.bincount(batch.words.line[word_list("date_words").flags(batch.words.hash)], minlength=len(words))
    out = np.full(len(words), str(Kind.OTHER_BOILERPLATE), object)
    out[(dates * 2 >= words) & (words > 0) & (words <= 12)] = Kind.TIMESTAMP
    out[strength > 0] = kind_of[best[strength > 0]]
    out[out == Kind.BODY] = Kind.OTHER_BOILERPLATE
    section, page = "", -1
    for i in range(len(out)):
        if batch.pages.page[i] != page or kept[i]:
            section, page = "", batch.pages.page[i]
        if strength[i] >= Strength.START:
            section = out[i] if out[i] in _SECTIONS else section
        elif section and strength[i] == 0 and out[i] == Kind.OTHER_BOILERPLATE:
            out[i] = section
    return out


def _columns() -> dict[str, int]:
    return {c.name: i for i, c in enumerate(phrase_book().classes)}


def _numbered(batch: Batch) -> NDArray[np.bool_]:
    """Lines that begin with a number and a stop or bracket, as items of a list do."""
    classes = batch.char_class
    second = classes[np.minimum(batch.line_starts + 1, len(classes) - 1)]
    third = classes[np.minimum(batch.line_starts + 2, len(classes) - 1)]
    return (
        (classes[batch.line_starts] == CharClass.DIGIT)
        & np.isin(second, (CharClass.STOP, CharClass.BRACKET))
        & (third == CharClass.SPACE)
    )
