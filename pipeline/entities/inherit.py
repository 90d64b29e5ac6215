"""What a full name tells of its parts: a surname, a first name, a repeat elsewhere in the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.entities.closing_words import closes_firm
from pipeline.entities.document import Document
from pipeline.entities.gazetteer import inside_longer_name, is_city, is_country, is_geographic, is_nationality
from pipeline.entities.lexicon import lexicon
from pipeline.entities.mention import Mention
from pipeline.entities.names import name_tokens, surname_of
from pipeline.entities.roles import is_role
from pipeline.entities.spans import Taken
from pipeline.entities.word_index import WordIndex

# A repeat is not filled in where the second reading holds it for no name with more than this probability.
_MAX_DOUBT = 0.4
_FRONT_WORD = re.compile(r"(?<![^\s(\"“‘])([^\W\d_a-z][^\W\d_]*[a-zß-öø-ÿ](?:-[^\W\d_]+)?|[^\W\d_a-z]\.)[ \xa0]")
_CONTEXT_WEIGHT = 3  # votes of a label that the words beside the name give


def inherit_labels(document: Document, mentions: list[Mention]) -> list[Mention]:
    """A part of a person's full name is that person, whatever the model took it for; a city and an outlet stay such."""
    parts = _parts_of_persons(document, mentions)
    found = []
    for mention in mentions:
        surface = document.view[mention.start : mention.end]
        unsure = mention.label != "PERSON" and mention.method not in ("context:city", "context:outlet")
        if unsure and not is_city(surface) and _is_part(surface, parts):
            mention = mention._replace(label="PERSON", method="inherit:full_name", country_code=None)
        found.append(mention)
    return found


def label_short_forms(document: Document, mentions: list[Mention]) -> list[Mention]:
    """The first word alone of a firm's name is that firm, where no person of the text bears it.

    A word that is read as a person or a place more often than the firm is named whole is theirs.
    """
    firms: Counter[str] = Counter()
    read: Counter[str] = Counter()
    persons: set[str] = set()
    for mention in mentions:
        words = document.view[mention.start : mention.end].split()
        if mention.label == "ORG" and len(words) > 1 and len(words[0]) > 3 and closes_firm(words[-1]):
            firms[words[0]] += 1
        elif mention.label == "PERSON" and (len(words) > 1 or mention.role):
            persons.update(words)
        elif mention.label in ("PERSON", "GPE", "LOC"):
            read.update(words)
    short = {word for word in firms if word not in persons and read[word] <= firms[word] and not is_geographic(word)}
    return [
        mention._replace(label="ORG", method="inherit:short_form", role=None)
        if mention.label in ("PERSON", "GPE", "LOC") and document.view[mention.start : mention.end] in short
        else mention
        for mention in mentions
    ]


def agree_on_labels(document: Document, mentions: list[Mention]) -> list[Mention]:
    """The same words carry one label in a document: the one that more than two thirds of them got."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    spellings = [_folded(document.view[mention.start : mention.end]) for mention in mentions]
    for spelling, mention in zip(spellings, mentions, strict=True):
        weight = _CONTEXT_WEIGHT if mention.method.startswith(("context:", "role:", "acronym:")) else 1
        votes[spelling][mention.label] += weight
    found = []
    for spelling, mention in zip(spellings, mentions, strict=True):
        count = votes[spelling]
        label, most = count.most_common(1)[0]
        if label != mention.label and most > 2 * count[mention.label]:
            mention = mention._replace(label=label, method="inherit:majority")
        found.append(mention)
    return found


def _folded(surface: str) -> str:
    """A name of several words without its Arabic articles ("Al-Sabah al-Brimli" is "as-Sabah al-Brimli")."""
    tokens = name_tokens(surface)
    return " ".join(tokens) if len(tokens) > 1 else surface


def fill_repeats(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Adds the places where a name that the document knows stands unread."""
    return mentions + list(_missed(document, mentions))


def _missed(document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    words, taken = document.words, Taken(mentions)
    known = _fillable(document, mentions, words)
    filled: list[Mention] = []
    for surface in sorted(known, key=len, reverse=True):
        label, method = known[surface]
        for start, end in words.occurrences(surface):
            if document.outside(start) > _MAX_DOUBT or (start, end) in taken:
                continue
            if label == "PERSON":
                start = _with_first_names(document.view, start, taken)
            elif inside_longer_name(document.view, start, end):
                continue
            if not any(m.start < end and start < m.end for m in filled):
                filled.append(Mention(start, end, label, method))
    yield from filled


def _with_first_names(text: str, start: int, taken: Taken) -> int:
    """Where a person's name begins whose known part is at `start`: unread capitalised words in front belong to it."""
    for match in reversed(list(_FRONT_WORD.finditer(text, max(0, start - 40), start))):
        if match.end() != start or is_role(match.group(1)) or match.group(1).lower() in lexicon("common_words"):
            break
        if (match.start(), start) in taken or is_country(match.group(1)) or is_nationality(match.group(1)):
            break
        start = match.start()
    return start


def _fillable(document: Document, mentions: list[Mention], words: WordIndex) -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for mention in mentions:
        surface = document.view[mention.start : mention.end]
        surname = surname_of(surface) if mention.label == "PERSON" else None
        if surname and len(surname) > 2 and surname.lower() not in words.lower and not is_country(surname):
            known.setdefault(surname, ("PERSON", "fill:surname"))
    for mention in mentions:
        surface = document.view[mention.start : mention.end]
        if len(surface) > 2 and surface[0].isupper() and surface.lower() not in words.lower:
            known[surface] = (mention.label, "fill:repeat")
    return known


def _parts_of_persons(document: Document, mentions: list[Mention]) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        surface = document.view[mention.start : mention.end]
        tokens = name_tokens(surface)
        if mention.label == "PERSON" and 2 <= len(tokens) <= 6:
            for token in tokens:
                parts[token].add(surface)
    return parts


def _is_part(surface: str, parts: dict[str, set[str]]) -> bool:
    tokens = name_tokens(surface)
    if not tokens or is_country(surface) or is_nationality(surface):
        return False
    whole = set.intersection(*(parts.get(token, set()) for token in tokens))
    return bool(whole)
