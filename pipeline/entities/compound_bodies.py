"""Bodies whose name goes on where the model stops: behind a comma, an "and", a small word or a possessive."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.closing_words import closes_firm
from pipeline.entities.document import Document
from pipeline.entities.gazetteer import is_geographic, place_label
from pipeline.entities.lexicon import any_of, lexicon
from pipeline.entities.mention import Mention
from pipeline.entities.roles import is_role

_WORD = r"[^\W\d_a-z][^\W_]*(?:-[^\W_]+|[’'](?!s\b)[^\W_]+)*"
_WORDS = rf"{_WORD}(?:[ \xa0]{_WORD}){{0,3}}"
# ", Fisheries and Rural Development", " and Prevention": further parts, the last behind an "and".
_PARTS = re.compile(rf"((?:,[ \xa0]{_WORDS}){{0,3}}),?[ \xa0](?:and|&)[ \xa0]({_WORDS})")
_PART = re.compile(_WORDS)
_BEHIND = re.compile(rf"[ \xa0](?!I\b){_WORDS}")
_SMALL_END = re.compile(r"(?:[ \xa0](?:of|for|and|&|the)){1,2}$")
_THE = r"(?:the[ \xa0])?"
_GOES_ON = re.compile(
    rf"[ \xa0]{_THE}{_WORDS}(?:[ \xa0](?:and|&)[ \xa0]{_WORDS}|[ \xa0](?:of|for)[ \xa0]{_THE}{_WORDS})?"
)
_AND = re.compile(r"[ \xa0](?:and|&)")
_BLANK = re.compile(rf"[ \xa0]{_THE}")
_OF = re.compile(rf"[ \xa0]of[ \xa0]{_THE}")
_LABELS = frozenset({"ORG", "PERSON", "GPE", "LOC", "FAC"})


def complete_compounds(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Mentions, those of bodies up to the end of a compound name ("Ministry of Trade" of "... and Rural Affairs")."""
    others = [(m.start, m.end) for m in mentions if m.label != "ORG"]
    places = {m.start: m.end for m in mentions if m.label in ("GPE", "LOC")}
    return [_completed(document.view, mention, others, places) for mention in mentions]


def _completed(text: str, mention: Mention, others: list[tuple[int, int]], places: dict[int, int]) -> Mention:
    if mention.label not in _LABELS:
        return mention
    small = _SMALL_END.search(text, mention.start, mention.end)
    if small and (end := _end_of_place(text, mention, small, places)):
        return mention._replace(end=end, label=_label_of(text, mention, small, end), method="join:compound")
    if not small and mention.label == "ORG" and (end := _end_of_seat(text, mention, places)):
        return mention._replace(end=end, method="join:compound")
    end = _behind_possessive(text, mention)
    if mention.label == "ORG" and not end:
        end = _behind_small_word(text, mention, small) if small else _behind_matter(text, mention)
    if end and not any(start < end and mention.end < stop for start, stop in others):
        return mention._replace(end=end, label="ORG", method="join:compound", role=None, country_code=None)
    return mention._replace(end=small.start()) if small else mention


def _end_of_place(text: str, mention: Mention, small: re.Match[str], places: dict[int, int]) -> int:
    """Where the place ends that a name is "of" ("Republic of" and the country behind it); 0 where there is none."""
    blank = _BLANK.match(text, mention.end)
    whole = _AND.match(small.group()) or closes_firm(text[mention.start : small.start()].rsplit(None, 1)[-1])
    return 0 if whole else places.get(blank.end() if blank else mention.end, 0)


def _end_of_seat(text: str, mention: Mention, places: dict[int, int]) -> int:
    """Where the place ends whose body it is ("Government" of "Government of Arlen"); 0 where there is none."""
    of, head = _OF.match(text, mention.end), text[mention.start : mention.end].rsplit(None, 1)[-1]
    return places.get(of.end(), 0) if of and head.lower() in lexicon("body_words", "national") else 0


def _label_of(text: str, mention: Mention, small: re.Match[str], end: int) -> str:
    """A place where the word in front of "of" is a place's ("State of", "Bay of"), else what it was read as."""
    head = text[mention.start : small.start()].rsplit(None, 1)[-1].lower()
    if head in lexicon("head_words", "nature"):
        return "LOC"
    return place_label(text[mention.start : end], None) if head in lexicon("head_words", "place") else mention.label


def _behind_possessive(text: str, mention: Mention) -> int:
    """Where the name ends that goes on behind a group's possessive ("Arlen Women" of "Arlen Women's Union"); else 0."""
    match = _possessive().match(text, mention.end)
    owner = text[mention.start : mention.end].rsplit(None, 1)[-1].lower()
    return match.end() if match and owner in lexicon("body_words", "owner") else 0


def _behind_small_word(text: str, mention: Mention, small: re.Match[str]) -> int:
    """Where a body's name ends that was cut behind a small word ("Office of" of "Office of the Registrar"); else 0."""
    match, name = _GOES_ON.match(text, mention.end), text[mention.start : small.start()]
    if match is None or not name:
        return 0
    if "&" in small.group():
        return match.end()
    if _AND.match(small.group()):
        return match.end() if _body_of().search(name) and _is_matter(match.group().strip()) else 0
    return match.end() if name.rsplit(None, 1)[-1].lower() in lexicon("body_words", "body") else 0


def _behind_matter(text: str, mention: Mention) -> int:
    """Where the last of the matters ends that a body is "of" or "for"; 0 where it has no more of them."""
    body = _body_of().search(text, mention.start, mention.end)
    if body is None:
        return 0
    if match := _PARTS.match(text, mention.end):
        parts = [*_PART.findall(match.group(1)), match.group(2)]
        return match.end() if all(map(_is_matter, parts)) else 0
    match = _BEHIND.match(text, mention.end)
    ordinary = match and not _is_known(text[body.end() : mention.end]) and not any(map(is_role, match.group().split()))
    return match.end() if match and ordinary else 0


def _is_matter(part: str) -> bool:
    """Whether capitalised words are what a body deals with, and no name beside its own."""
    words = part.split()
    ordinary = words[0].lower() in lexicon("body_words", "matter") and not any(map(str.isupper, words))
    return ordinary and not _is_known(part)


def _is_known(part: str) -> bool:
    """Whether capitalised words are or hold a place or a people."""
    return any(is_geographic(name) for name in (part, *part.split()))


@cache
def _possessive() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[’']s|(?<=s)[’'])(?:[ \xa0]{_WORD}){{0,2}}[ \xa0](?i:{any_of('head_words', 'organisation')}s?)\b"
    )


@cache
def _body_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{any_of('body_words', 'body')}s?)[ \xa0](?:of|for|on)[ \xa0]")
