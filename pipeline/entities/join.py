"""Names that the model split at a particle or a hyphen, or cut short in front of one."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.document import Document
from pipeline.entities.lexicon import any_of, lexicon
from pipeline.entities.mention import Mention
from pipeline.entities.names import particles

_ARTICLE_BEFORE = re.compile(r"(?<![\w-])(?:[Aa](?:l|s|sh|n|r|t|z|d)?|[Ee]l)-$")
_HYPHENATED = re.compile(r"-[^\W\d_]+")
_BLANK = r"[ \t\xa0]"  # no line break: a name never runs from one line into the next
_BETWEEN = re.compile(rf"(?:{_BLANK}+|-)(?:([^\W\d_]+)(?:{_BLANK}+|-))?$")
_FRONT = re.compile(r"(?<![\w-])[^\W\d_a-z][^\W\d_]+-$")
_CAPITALISED = r"[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*"


def join_names(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Joins two persons with nothing but a particle or a hyphen between them; takes in what follows one."""
    joined: list[Mention] = []
    for mention in sorted(mentions):
        if joined and _belongs_together(document.view, joined[-1], mention):
            joined[-1] = joined[-1]._replace(end=mention.end, label="PERSON", method="join:particle")
        else:
            joined.append(mention)
    joined = [_korean(document.view, mention) for mention in joined]
    return [_with_article(document.view, _extended(document, mention, joined)) for mention in joined]


def _with_article(text: str, mention: Mention) -> Mention:
    """The mention with the Arabic article that a hyphen ties to it, in front or, when it stands alone, behind."""
    before = _ARTICLE_BEFORE.search(text[max(0, mention.start - 5) : mention.start])
    if before and mention.label in ("PERSON", "ORG", "GPE", "LOC", "FAC"):
        mention = mention._replace(start=mention.start - len(before.group()), method="join:article")
    if text[mention.start : mention.end].lower() in lexicon("name_joints", "article") and (
        rest := _HYPHENATED.match(text, mention.end)
    ):
        mention = mention._replace(end=rest.end(), method="join:article")
    return mention


def _belongs_together(text: str, left: Mention, right: Mention) -> bool:
    if left.label != "PERSON" or right.label not in ("PERSON", "ORG", "GPE", "LOC"):
        return False
    between = text[left.end : right.start]
    match = _BETWEEN.fullmatch(between)
    if not match:
        return False
    if match.group(1):
        return match.group(1).lower() in particles() and match.group(1) not in lexicon("name_joints", "ordinary")
    last = text[left.start : left.end].rsplit(" ", 1)[-1]
    return between == "-" or (between == " " and last in lexicon("name_joints", "patronymic"))


def _extended(document: Document, mention: Mention, mentions: list[Mention]) -> Mention:
    if mention.label != "PERSON":
        return mention
    mention = _with_hyphenated_front(document.view, mention, mentions)
    match = _tail().match(document.view, mention.end) or _suffix().match(document.view, mention.end)
    if match and not any(m.start < match.end() and match.start() < m.end and m is not mention for m in mentions):
        return mention._replace(end=match.end(), method="join:particle")
    return mention


def _with_hyphenated_front(text: str, mention: Mention, mentions: list[Mention]) -> Mention:
    """The mention with the capitalised word that a hyphen ties to its front ("Lark-Adeyemi" read as "Adeyemi")."""
    front = _FRONT.search(text, max(0, mention.start - 30), mention.start)
    if front and not any(m.start < mention.start and front.start() < m.end for m in mentions):
        return mention._replace(start=front.start(), method="join:particle")
    return mention


def _korean(text: str, mention: Mention) -> Mention:
    """A Korean family name with its hyphenated given name is a person's, whole."""
    match = _korean_name().match(text, mention.start)
    if not match or (mention.label == "PERSON" and match.end() <= mention.end):
        return mention
    return mention._replace(end=match.end(), label="PERSON", method="join:particle")


@cache
def _korean_name() -> re.Pattern[str]:
    return re.compile(rf"{any_of('korean_surnames')}[ \xa0][A-Z][a-z]+-[a-z]+(?![\w-])")


@cache
def _suffix() -> re.Pattern[str]:
    hyphen, blank = any_of("name_suffixes", "hyphen"), any_of("name_suffixes", "blank")
    return re.compile(rf"(?:-{hyphen}|[ \xa0]{blank})(?![\w-])")


@cache
def _tail() -> re.Pattern[str]:
    tail = any_of("name_joints", "tail")
    return re.compile(rf"-{_CAPITALISED}|{_BLANK}+{tail}(?:{_BLANK}|-){_CAPITALISED}")
