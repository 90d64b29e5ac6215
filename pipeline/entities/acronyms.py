"""Acronyms that the text defines: "Long Form (LF)" and "LF (Long Form)" carry one label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.entities.closing_words import closes
from pipeline.entities.document import Document
from pipeline.entities.edges import clean_range
from pipeline.entities.lexicon import lexicon
from pipeline.entities.mention import Mention
from pipeline.entities.spans import Taken

_SHORT = re.compile(
    r"\s?(?:[–—-]\s)?[(\[]\s?[\"“‘']?([^\W\d_][\w&.\-/]{1,9})[\"”’']?\s?[)\]]"
    r"|,?\s(?:or|known by its (?:initials|acronym))\s(?:the\s)?([^\W\d_a-z]{2,8})(?=[,.;]\s)"
)
# What every match of it holds, in its first four characters: found first, for it is rare.
_BEGINS = re.compile(r"[(\[]|\s(?:or|known)\s")
_CAPITALISED_WORDS = re.compile(
    r"(?<![\w-])[^\W\d_a-z][\w'’-]*(?:[ \xa0](?:(?:of|for|the|and|on|in|to|de|du|des) ){0,2}[^\W\d_a-z][\w'’-]*){1,8}$"
)
_SPELLED_CHARS = 10  # of the words that an acronym is spelled by: shorter ones hold any two letters
_SKIPPED = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "y", "al", "to", "&"})


def apply_acronyms(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Gives a defined acronym its long form's label, everywhere in the document, and adds those not seen."""
    mentions = mentions + list(_long_forms(document, mentions))
    defined = dict(_definitions(document, mentions))
    if not defined:
        return mentions
    found = []
    for mention in mentions:
        label = defined.get(document.view[mention.start : mention.end])
        if label and label != mention.label:
            mention = mention._replace(label=label, method="acronym:definition")
        found.append(mention)
    return found + list(_missed(document, found, defined))


def drop_common_acronyms(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Mentions without the acronyms that the text defines by ordinary words ("tuberculosis control (TC)")."""
    common = set(_defined_by_common_words(document))
    return [m for m in mentions if document.view[m.start : m.end] not in common] if common else mentions


def _defined_by_common_words(document: Document) -> Iterator[str]:
    for match in _shorts(document.view):
        short = _short(match)
        if sum(c.isupper() for c in short) < 2:
            continue
        words = re.findall(r"[^\W_]+", document.view[max(0, match.start() - 120) : match.start()].rsplit("\n", 1)[-1])
        for count in range(1, min(len(words), 8) + 1):
            long = words[-count:]
            if is_acronym_of(short, " ".join(long)) or _is_spelled_by(short, long):
                if all(word.islower() for word in long) and long[-1] not in _organisation_words():
                    yield short
                break


def is_acronym_of(short: str, long: str) -> bool:
    """Whether the capitals of `short` are initials of the words of `long`, in order, small words skipped."""
    letters = [c.lower() for c in short if c.isalpha() and c.isupper()]
    words = re.findall(r"[^\W_]+", long)
    initials = [w[0].lower() for w in words if w.lower() not in _SKIPPED]
    every = [w[0].lower() for w in words]
    cut_short = len(letters) >= 4 and letters[:-1] == initials  # "Coastal Rescue Guard (CRGC)"
    return len(letters) >= 2 and (letters in (initials, every) or cut_short or _mostly(letters, initials))


def _is_spelled_by(short: str, words: list[str]) -> bool:
    """Whether an acronym takes the initials of all words and other letters of theirs ("tuberculosis (TB)")."""
    letters = short.removesuffix("s").lower()
    if not letters.isalpha() or len("".join(words)) < _SPELLED_CHARS:
        return False
    reached = {0}  # how many of its letters the words so far may have given
    for word in words:
        initials = [at for at in reached if letters[at : at + 1] == word[0].lower()]
        reached = {at + 1 + more for at in initials for more in range(_in_order(letters[at + 1 :], word[1:]) + 1)}
    return len(letters) in reached


def _in_order(letters: str, word: str) -> int:
    """How many of the letters, from the first on, a word holds in order."""
    count = 0
    for character in word.lower():
        count += letters[count : count + 1] == character
    return count


def _mostly(letters: list[str], initials: list[str]) -> bool:
    if len(letters) < 3 or not initials or letters[0] != initials[0]:
        return False
    at = 0
    for letter in letters:
        at = next((i + 1 for i in range(at, len(initials)) if initials[i] == letter), -1)
        if at < 0:
            return False
    return True


def _shorts(text: str) -> Iterator[re.Match[str]]:
    """The places in a text where a short form stands behind what it may stand for."""
    at = 0
    for begin in _BEGINS.finditer(text):
        starts = range(max(at, begin.start() - 3), begin.start() + 1)
        match = next((m for start in starts if (m := _SHORT.match(text, start)) and m.end() > begin.start()), None)
        if match:
            yield match
            at = match.end()


def _short(match: re.Match[str]) -> str:
    return match.group(1) or match.group(2)


def _long_forms(document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    """Capitalised words whose initials the acronym behind them has, where they were not read whole."""
    held = {(m.start, m.end) for m in mentions}
    read = [m for m in mentions if m.label == "ORG"]
    taken = Taken(read)
    for match in _shorts(document.view):
        short, at = _short(match), match.start()
        if not (short.isalpha() and short.isupper() and len(short) > 2 and document.holds(at)):
            continue
        long = _CAPITALISED_WORDS.search(document.view, max(0, at - 120), at)
        words = re.finditer(r"\S+", document.view[long.start() : at]) if long else ()
        starts = [at - len(long.group()) + word.start() for word in words if long and word.group()[0].isupper()]
        start = next((s for s in reversed(starts) if is_acronym_of(short, document.view[s:at])), at)
        start = min([start, *(m.start for m in read if m.start < start < m.end)])
        start = clean_range(document.view, start, at)[0]
        if start < at and (start, at) not in held and _is_body(document.view[start:at], (start, at) in taken):
            yield Mention(start, at, "ORG", "acronym:long_form")


def _is_body(long: str, is_read: bool) -> bool:
    words = long.lower().split()
    return is_read or closes(words[-1]) or not _organisation_words().isdisjoint((words[0], words[-1]))


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(lexicon("head_words", "organisation"))


def _definitions(document: Document, mentions: list[Mention]) -> Iterator[tuple[str, str]]:
    for mention in mentions:
        match = _SHORT.match(document.view, mention.end)
        if match and mention.label in ("ORG", "GPE", "LOC", "FAC", "EVENT", "NORP"):
            short = _short(match)
            if is_acronym_of(short, document.view[mention.start : mention.end]):
                yield short, mention.label


def _missed(document: Document, mentions: list[Mention], defined: dict[str, str]) -> Iterator[Mention]:
    taken = Taken(mentions)
    for short, label in defined.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", document.view):
            if match.span() not in taken and document.holds(match.start()):
                yield Mention(match.start(), match.end(), label, "acronym:definition")
