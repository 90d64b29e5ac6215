"""Names of organisations by their last word: cut short in front of it, read as a person's, or not read at all."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.gazetteer import country_code, is_country
from pipeline.entities.lexicon import lexicon
from pipeline.entities.mention import Mention
from pipeline.entities.spans import Taken

_CAPITALISED = r"[^\W\d_a-z][^\W_]*(?:[-'’&][^\W_]+)*"
_NEXT = re.compile(rf"[ \xa0]({_CAPITALISED})(?:[ \xa0]({_CAPITALISED}))?")
_LABELS = frozenset({"ORG", "PERSON", "GPE", "LOC", "FAC"})


def complete_organisations(document: Document, mentions: list[Mention]) -> list[Mention]:
    """A name up to its closing word is an organisation ("Larkfield" of "Larkfield Bulk Carriers" is cut short)."""
    mentions = [part for mention in mentions for part in _without_country(document.view, mention)]
    taken = Taken(mentions)
    return [_completed(document.view, mention, taken) for mention in mentions]


def _without_country(text: str, mention: Mention) -> list[Mention]:
    """A firm and, where it was read with one ("Larkspur Railways of Russia"), the country that it is from."""
    name, of, country = text[mention.start : mention.end].rpartition(" of ")
    if mention.label != "ORG" or not of or not closes_firm(name.rsplit(" ", 1)[-1]) or not is_country(country):
        return [mention]
    firm, place = mention.start + len(name), mention.end - len(country)
    return [
        mention._replace(end=firm, method="shape:closing_word"),
        Mention(place, mention.end, "GPE", "gazetteer:country", None, country_code(country)),
    ]


def _completed(text: str, mention: Mention, taken: Taken) -> Mention:
    if mention.label not in _LABELS:
        return mention
    if match := _NEXT.match(text, mention.end):
        ends = (match.end(group) for group in (2, 1) if closes(match.group(group) or ""))
        end = next((end for end in ends if (mention.end, end) not in taken), 0)
        if end:
            return mention._replace(end=end, label="ORG", method="shape:closing_word", role=None, country_code=None)
    words = text[mention.start : mention.end].split()
    if mention.label in ("PERSON", "GPE") and len(words) > 1 and closes(words[-1]):
        return mention._replace(label="ORG", method="shape:closing_word", role=None, country_code=None)
    return mention


def closes(word: str) -> bool:
    """Whether a word, as the last of a capitalised name, makes it an organisation's."""
    return word.lower() in _closing_words()


def closes_firm(word: str) -> bool:
    """Whether a word, as the last of a capitalised name, makes it a firm's."""
    return word.lower() in _firm_words()


@cache
def _firm_words() -> frozenset[str]:
    return frozenset(lexicon("closing_words", "firm"))


@cache
def _closing_words() -> frozenset[str]:
    return frozenset(lexicon("closing_words"))
