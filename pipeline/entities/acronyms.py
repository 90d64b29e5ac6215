"""Acronyms that the text defines: "Long Form (LF)" and "LF (Long Form)" carry one label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.entities.document import Document
from pipeline.entities.mention import Mention
from pipeline.entities.spans import Taken

_SHORT = re.compile(r"\s?(?:[–—-]\s)?[(\[]\s?[\"“‘']?([^\W\d_][\w&.\-/]{1,9})[\"”’']?\s?[)\]]")
_SKIPPED = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "y", "al", "to", "&"})


def apply_acronyms(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Gives a defined acronym its long form's label, everywhere in the document, and adds those not seen."""
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
    for match in _SHORT.finditer(document.view):
        short = match.group(1)
        if sum(c.isupper() for c in short) < 2:
            continue
        words = re.findall(r"[^\W_]+", document.view[max(0, match.start() - 120) : match.start()].rsplit("\n", 1)[-1])
        for count in range(2, min(len(words), 8) + 1):
            long = words[-count:]
            if is_acronym_of(short, " ".join(long)):
                if all(word.islower() for word in long):
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


def _mostly(letters: list[str], initials: list[str]) -> bool:
    if len(letters) < 3 or not initials or letters[0] != initials[0]:
        return False
    at = 0
    for letter in letters:
        at = next((i + 1 for i in range(at, len(initials)) if initials[i] == letter), -1)
        if at < 0:
            return False
    return True


def _definitions(document: Document, mentions: list[Mention]) -> Iterator[tuple[str, str]]:
    for mention in mentions:
        match = _SHORT.match(document.view, mention.end)
        if match and mention.label in ("ORG", "GPE", "LOC", "FAC", "EVENT", "NORP"):
            short = match.group(1)
            if is_acronym_of(short, document.view[mention.start : mention.end]):
                yield short, mention.label


def _missed(document: Document, mentions: list[Mention], defined: dict[str, str]) -> Iterator[Mention]:
    taken = Taken(mentions)
    for short, label in defined.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", document.view):
            if match.span() not in taken and document.holds(match.start()):
                yield Mention(match.start(), match.end(), label, "acronym:definition")
