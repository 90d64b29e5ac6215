"""From judgements and rules to verdicts: is a line kept, what is it, and what decided."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Flags, Ints
from pipeline.clean.blocks import Kind
from pipeline.clean.characters import CharClass
from pipeline.clean.kinds import cut_kinds, is_foreign, kept_kinds
from pipeline.clean.model import Judgement
from pipeline.clean.page_features import lines_apart, page_max
from pipeline.clean.phrases import Strength, phrase_book

RECALL_WEIGHT = 1.7  # beta squared: losing text is worse than keeping a stray line
_SURE = 0.9  # a set phrase does not cut a line of which the model is this certain
_MIN_REPEATED_WORDS = 10
_OFTEN = 0.3  # share of an outlet's other pages from which repetition is named as the reason of a cut
_PROSE_WORDS, _STORY_WORDS = 12, 20
_RIVAL_GAP, _RIVAL_FLOOR = 2.5, -3.5  # log-odds
_CREDIT_CHARS, _SENTENCE_ENDS = 80, tuple('.!?”"')

Verdict = tuple[str, bool, str, float]  # kind, is_kept, rule, score


def decide(batch: Batch, judgement: Judgement, share: NDArray[np.float64]) -> list[Verdict]:
    """The verdict on each line. share: of the outlet's other pages, how many bear it (-1: no other page seen)."""
    score = 1 / (1 + np.exp(-judgement.log_odds.astype(np.float64)))
    is_title = np.zeros(len(batch), bool)
    is_title[judgement.titles[judgement.titles >= 0]] = True
    phrase, settled = deciding_phrases(batch)
    by_phrase = settled & (score < _SURE) & ~is_title
    by_script = is_foreign(batch) & _near_embed(batch)
    least = thresholds(batch, score)
    by_model = (score >= least) & ~by_phrase & ~by_script
    caption = _captions(batch, by_model) & ~by_phrase & ~is_title
    rival = _title_rivals(batch, judgement, by_model) & ~by_phrase
    kept = by_model | caption | is_title | rival
    repeat = _repeats_of_kept(batch, kept, is_title, caption)
    kept &= ~repeat

    kinds = np.where(kept, kept_kinds(batch, kept, is_title, caption), cut_kinds(batch, kept, phrase))
    kinds[repeat] = Kind.DUPLICATE
    rules = np.full(len(batch), "model", object)
    rules[~kept & (share >= _OFTEN)] = "repetition:outlet"
    rules[by_script & ~kept] = "script"
    names = [f"phrase:{c.name}" for c in phrase_book().classes]
    rules[by_phrase] = np.array(names, object)[phrase[by_phrase]]
    rules[caption & ~by_model] = "caption"
    rules[rival & ~by_model & ~is_title] = "title:rival"
    rules[is_title] = "title"
    rules[repeat] = "repetition:page"
    score[is_title] = np.maximum(score, 1 / (1 + np.exp(-judgement.title_log_odds.astype(np.float64))))[is_title]
    certainty = np.where(kept, np.maximum(score, least), np.where(repeat | by_phrase, np.minimum(score, least), score))
    return list(zip(map(str, kinds), kept.tolist(), rules.tolist(), certainty.round(4).tolist(), strict=True))


def thresholds(batch: Batch, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each line the score from which lines of its page are kept: the one that the page's expected F-beta asks for.

    Of all sets of lines the best in words is that of the lines above F / (1 + beta squared), F being what it reaches
    (Lipton, Elkan and Naryanaswamy, ECML 2014). A page of which little is certain is given more than a clear one.
    """
    words = batch.words.per_line + 1.0
    order = np.lexsort((-score, batch.pages.page))
    likely = (score * words)[order]
    kept, right = (batch.sum_before(column) + column for column in (words[order], likely))
    reached = (1 + RECALL_WEIGHT) * right / (kept + RECALL_WEIGHT * batch.page_sum(likely))
    return page_max(batch, reached) / (1 + RECALL_WEIGHT)


def deciding_phrases(batch: Batch) -> tuple[Ints, Flags]:
    """For each line the class of its most telling phrase, and whether that phrase settles what the line is."""
    classes, found = phrase_book().classes, batch.phrases
    needed = np.array([c.decides or Strength.WHOLE + 1 for c in classes])
    room = np.array([c.max_words for c in classes])
    settles = (found >= needed) & ((batch.words.per_line[:, None] <= room) | (found == Strength.WHOLE))
    return (found + 4 * settles).argmax(axis=1), settles.any(axis=1)


def _title_rivals(batch: Batch, judgement: Judgement, kept: Flags) -> Flags:
    """Lines above the story that are nearly as likely its title as the one chosen: better kept than a title lost."""
    likely = judgement.title_log_odds
    close = likely >= np.maximum(page_max(batch, likely) - _RIVAL_GAP, _RIVAL_FLOOR)
    prose_above = batch.sum_before(kept & (batch.words.per_line >= _STORY_WORDS))
    out = close & (prose_above < 1)
    for line in np.flatnonzero(out).tolist():
        title = judgement.titles[batch.pages.page[line]]
        out[line] = title < 0 or not _says_more(batch, line, int(title))
    return out


def _says_more(batch: Batch, line: int, title: int) -> bool:
    """Whether a line says the title's words in a row and others beside them, as "Pier reopens - Halden Observer"."""
    first, words = batch.words.first, batch.words.hash
    said, wanted = words[first[line] : first[line + 1]], words[first[title] : first[title + 1]]
    if not 0 < len(wanted) < len(said):
        return False
    return bool((sliding_window_view(said, len(wanted)) == wanted).all(axis=1).any())


def _captions(batch: Batch, kept: Flags) -> Flags:
    """Lines inside the article that describe a picture and credit it; a bare credit is none."""
    credit, words, classes = batch.strength("photo"), batch.words, batch.char_class
    sentence_end = (classes[:-2] == CharClass.STOP) & (classes[1:-1] == CharClass.SPACE)
    sentences = np.bincount(np.searchsorted(batch.line_ends, np.flatnonzero(sentence_end)), minlength=len(batch))
    grammar = batch.count_words(batch.in_list("function_words"))
    described = (credit == Strength.ANYWHERE) & ((grammar >= 2) | (sentences > 0))
    described |= np.array([line[-1] == ")" and _credited(line) for line in batch.pages.lines])
    described |= (credit >= Strength.START) & (grammar >= 3) & (words.per_line >= 14)
    since, until = lines_apart(batch, kept & (words.per_line >= _PROSE_WORDS))
    return described & (words.per_line >= 5) & (words.per_line <= 90) & ((until <= 6) | (since <= 1))


def _credited(line: str) -> bool:
    """Whether the parenthesis that ends the line is short and follows the end of a sentence, as picture credits do."""
    opening = line.rfind("(")
    return 0 < len(line) - opening <= _CREDIT_CHARS and line[:opening].rstrip()[-1:] in _SENTENCE_ENDS


def _near_embed(batch: Batch) -> Flags:
    """Lines next to an embed's own words, or that hold an address or a handle."""
    since, until = lines_apart(batch, batch.strength("embed") > 0)
    address = batch.count_words(batch.in_list("address_words"))
    return (np.minimum(since, until) <= 2) | (address > 0)


def _repeats_of_kept(batch: Batch, kept: Flags, is_title: Flags, is_caption: Flags) -> Flags:
    """Kept lines that repeat another kept line of the page to the letter; the title or else the first one stays.

    Short lines of lists, tables and interviews may well be said twice: only captions and longer lines count.
    """
    out = np.zeros(len(batch), bool)
    words = batch.words.per_line
    candidates = np.flatnonzero(kept & (is_title | is_caption | (words >= _MIN_REPEATED_WORDS)))
    seen: set[tuple[int, str]] = set()
    for line in candidates[np.argsort(~is_title[candidates], kind="stable")].tolist():
        key = (int(batch.pages.page[line]), batch.pages.lines[line])
        out[line] = key in seen
        seen.add(key)
    return out
