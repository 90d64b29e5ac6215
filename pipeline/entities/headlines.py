"""Headlines and lines in capitals, as the model should read them: in the case that the body gives their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.entities.lexicon import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A place in capitals that opens a story: "PORT LOUIS (Agency) - ", "PORT LOUIS, May 3 - ", "PORT LOUIS — ".
_DATELINE = re.compile(
    r"[^\W\d_a-z][^\W\d_a-z.'’-]*(?: [^\W\d_a-z]+){0,3}(?:/[^\W\d_a-z]+(?: [^\W\d_a-z]+){0,3})?"
    r"(?=\s*(?:[–—]|--?\s|\(|,\s))"
)
# Who speaks, in a transcript: "ANNA LARK: ".
_SPEAKER = re.compile(
    r"(?=[^\W\d_a-z.'’ -]{5}|[^\W\d_a-z]+ )[^\W\d_a-z][^\W\d_a-z.'’-]+(?: [^\W\d_a-z.'’-]+){0,2}(?=:\s)"
)
_SENTENCE_END = frozenset(".!?:“\"‘'(–—-•*")
_MIN_WORDS = 4
_MIN_SHARE = 0.85  # of the words that a headline in Title Case capitalises


def recase(lines: Sequence[str]) -> list[str]:
    """The lines of a document, of equal length, headlines among them in sentence case.

    A line is a headline when nearly all its longer words are capitalised. Such a word is put in lower case when
    the other lines write it so; a word in capitals takes the form that they give it, else one capital.
    """
    headlines = [_is_headline(line) for line in lines]
    lines = [
        line if is_headline else _dateline_recased(line) for line, is_headline in zip(lines, headlines, strict=True)
    ]
    if not any(headlines):
        return lines
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for line, is_headline in zip(lines, headlines, strict=True):
        if not is_headline:
            _count(line, lower, capital)
    return [
        _recased(line, lower, capital) if is_headline else line
        for line, is_headline in zip(lines, headlines, strict=True)
    ]


def _dateline_recased(line: str) -> str:
    match = _DATELINE.match(line) or _SPEAKER.match(line)
    if not match or len(match.group()) < 4 or len(recased := match.group().title()) != match.end():
        return line
    return recased + line[match.end() :]


def _is_headline(line: str) -> bool:
    if len(line) > 400:
        return False
    words = [word for word in _WORD.findall(line) if len(word) > 1 and word not in _function_words()]
    capitals = sum(word[0].isupper() for word in words)
    if words and capitals == len(words) and all(word.isupper() for word in words):
        return True
    return len(words) >= _MIN_WORDS and capitals >= _MIN_SHARE * len(words)


def _count(line: str, lower: Counter[str], capital: Counter[str]) -> None:
    for match in _WORD.finditer(line):
        word = match.group()
        if word.islower():
            lower[word] += 1
        elif match.start() and _character_before(line, match.start()) not in _SENTENCE_END:
            capital[word] += 1


def _character_before(line: str, at: int) -> str:
    """The last character before a place that is no blank; empty where there is none."""
    while at and line[at - 1].isspace():
        at -= 1
    return line[at - 1 : at] if at else ""


def _recased(line: str, lower: Counter[str], capital: Counter[str]) -> str:
    shouted = not any(word.islower() for word in _WORD.findall(line) if len(word) > 3) and line.upper() == line
    by_fold = {word.lower(): word for word in sorted(capital, key=lambda w: capital[w])}

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        if word.islower():
            return word
        small = word.lower()
        known = capital[by_fold[small]] if small in by_fold else 0
        if small in _small_words() or lower[small] > known:
            new = small if match.start() else small.capitalize()
        elif shouted and word.isupper():
            new = by_fold.get(small, word.capitalize())
        else:
            new = word
        return new if len(new) == len(word) else word

    return _WORD.sub(replace, line)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(lexicon("common_words"))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon("common_words", "function"))
