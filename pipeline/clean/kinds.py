"""What a line is, once it is known whether it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Flags, Ints
from pipeline.clean.blocks import Kind
from pipeline.clean.characters import CharClass
from pipeline.clean.page_features import lines_apart
from pipeline.clean.phrases import Strength, phrase_book

Kinds = NDArray[np.object_]
# Kinds that a heading gives to the cut lines below it, until another phrase speaks or the article goes on.
_SECTIONS = frozenset({Kind.RELATED, Kind.COMMENT_FORM, Kind.SUBSCRIBE, Kind.ADVERT, Kind.LEGAL})
_DATED_SECTIONS = frozenset({Kind.RELATED, Kind.COMMENT_FORM})  # each of their entries may bear a date
_SHORT, _QUESTION, _FEW, _SOME, _MANY = 4, 8, 12, 14, 60  # words
_TRAIL = re.compile(r"\s[›»>]\s|\s\|\s+\S.*\s\|\s")  # "Home › World", "News | Sport | Weather"
_CREDIT = re.compile(r"(?i)\b(?:photo(?:graph)?s?|pictures?|images?|illustration|composite)(?: credit)?: ?\S")
_NUMERIC_DATE = re.compile(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d")
_FOREIGN = 0.5  # share of letters in a script without case from which a line is foreign to a page in Latin script


def kept_kinds(batch: Batch, kept: Flags, is_title: Flags, is_caption: Flags) -> Kinds:
    """Kinds of the lines as if all were kept; meaningful where they are."""
    words = batch.words.per_line
    first, last = batch.char_class[batch.line_starts], batch.char_class[batch.line_ends - 1]
    stopped = np.isin(last, (CharClass.STOP, CharClass.COMMA, CharClass.COLON))
    item = np.isin(first, (CharClass.SEPARATOR, CharClass.SYMBOL, CharClass.DASH)) | _numbered(batch)
    _, until = lines_apart(batch, kept)
    credited = _where(batch, (words <= _MANY) & _holds(batch, CharClass.COLON), _CREDIT.search)
    asks = _where(batch, words <= _QUESTION, lambda line: line.endswith("?"))
    return np.select(
        [
            is_title,
            is_caption | credited | ((batch.strength("photo") >= Strength.START) & (words <= _MANY)),
            (batch.strength("byline") >= Strength.START) & (words <= _FEW) & ~stopped,
            _dated(batch),
            item & (words <= _MANY),
            (first == CharClass.QUOTE) & (last == CharClass.QUOTE),
            (((words <= _SOME) & ~stopped & (last != CharClass.QUOTE)) | (asks & (np.append(words[1:], 0) > _SOME)))
            & (until == 1),
        ],
        [Kind.TITLE, Kind.CAPTION, Kind.BYLINE, Kind.TIMESTAMP, Kind.LIST_ITEM, Kind.QUOTE, Kind.SUBHEADING],
        Kind.BODY,
    ).astype(object)


def cut_kinds(batch: Batch, kept: Flags, phrase: Ints) -> Kinds:
    """Kinds of the lines as if all were cut; meaningful where they are. phrase: each line's most telling class."""
    kind_of = np.array([str(c.kind) for c in phrase_book().classes], object)
    strength = batch.phrases[np.arange(len(batch)), phrase]
    words = batch.words
    out = np.full(len(batch), str(Kind.OTHER_BOILERPLATE), object)
    named = (strength >= Strength.START) | ((strength > 0) & (words.per_line <= 40))
    out[named] = kind_of[phrase[named]]
    out[out == Kind.BODY] = str(Kind.OTHER_BOILERPLATE)
    numbers = batch.count_words(words.is_number)
    all_numbers = (numbers == words.per_line) & (words.per_line > 0)
    out[(out == Kind.OTHER_BOILERPLATE) & all_numbers] = str(Kind.COUNTER)
    out[(out == Kind.COMMENT_FORM) & (numbers == 1) & (words.per_line == 2)] = str(Kind.COUNTER)  # "14 comments"
    reading_time = (out == Kind.COUNTER) & ~all_numbers
    dated = _dated(batch) | _where(batch, all_numbers, _NUMERIC_DATE.fullmatch)
    out[dated & ~reading_time & ~np.isin(out, list(_SECTIONS))] = str(Kind.TIMESTAMP)
    unnamed = (out == Kind.OTHER_BOILERPLATE) & (words.per_line <= _MANY)
    marked = _holds(batch, CharClass.SEPARATOR) | _holds(batch, CharClass.QUOTE)  # "›" is a quotation mark too
    out[_where(batch, unnamed & marked, _TRAIL.search)] = str(Kind.NAVIGATION)
    out[_where(batch, unnamed & _holds(batch, CharClass.COLON), _CREDIT.search)] = str(Kind.CAPTION)
    field = _where(batch, out == Kind.SHARE, lambda line: line.endswith("*"))  # to be filled in
    out[field] = str(Kind.COMMENT_FORM)
    out[is_foreign(batch) & (strength == 0)] = str(Kind.SOCIAL_EMBED)
    _inherit(batch, kept, strength, out)
    since, until = lines_apart(batch, kept)
    above = batch.sum_before(kept) == 0  # a section's name over the title
    outside = ((since > 1) & (until > 1)) | above
    short = (out == Kind.OTHER_BOILERPLATE) & (words.per_line <= _SHORT) & (strength == 0)
    out[outside & short] = str(Kind.NAVIGATION)
    return out


def _holds(batch: Batch, char_class: CharClass) -> Flags:
    """Lines with a character of the class: a cheap question before a pattern's."""
    return batch.char_counts[:, char_class] > 0


def _where(batch: Batch, lines: Flags, holds: Callable[[str], object]) -> Flags:
    """Those of the lines of which something holds."""
    out = np.zeros(len(batch), bool)
    at = np.flatnonzero(lines)
    out[at] = [bool(holds(batch.pages.lines[line])) for line in at.tolist()]
    return out


def _inherit(batch: Batch, kept: Flags, strength: NDArray[np.uint8], kinds: Kinds) -> None:
    """Give the unnamed lines below a section's heading its kind; below the article the dates of its lines too."""
    section, page = "", -1
    ended = batch.sum_before(kept) + kept == batch.page_sum(kept.astype(np.int64))
    rows = zip(batch.pages.page.tolist(), kept.tolist(), strength.tolist(), ended.tolist(), strict=True)
    for line, (on, is_kept, how, has_ended) in enumerate(rows):
        if on != page or is_kept:
            section, page = "", on
        if how >= Strength.START:
            section = kinds[line] if kinds[line] in _SECTIONS else section
        elif section:
            is_unnamed = how == 0 and kinds[line] == Kind.OTHER_BOILERPLATE
            is_date = has_ended and section in _DATED_SECTIONS and kinds[line] == Kind.TIMESTAMP
            kinds[line] = section if is_unnamed or is_date else kinds[line]


def is_foreign(batch: Batch) -> Flags:
    """Lines mostly in a script without case (Arabic, Hebrew, Chinese ...) on a page mostly in one with case."""
    counts = batch.char_counts
    caseless = counts[:, CharClass.LETTER]
    letters = caseless + counts[:, CharClass.LOWER] + counts[:, CharClass.UPPER]
    home = batch.page_sum(caseless) < _FOREIGN / 2 * batch.page_sum(letters)
    return home & (caseless > _FOREIGN * letters)


def _dated(batch: Batch) -> Flags:
    """Short lines that are mostly a date or time: at least one word of dates, half of the words such or numbers."""
    words = batch.words
    dated = batch.in_list("date_words")
    dates, either = batch.count_words(dated), batch.count_words(dated | words.is_number)
    return (dates > 0) & (either > dates) & (either * 2 > words.per_line) & (words.per_line <= _FEW)


def _numbered(batch: Batch) -> Flags:
    """Lines that begin with a number and a stop or bracket, as items of a list do."""
    classes, starts = batch.char_class, batch.line_starts
    second, third = (classes[np.minimum(starts + i, len(classes) - 1)] for i in (1, 2))
    marked = np.isin(second, (CharClass.STOP, CharClass.BRACKET)) & (third == CharClass.SPACE)
    return (classes[starts] == CharClass.DIGIT) & marked
