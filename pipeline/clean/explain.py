"""Why a block was kept or cut, in words."""

from __future__ import annotations

from pipeline.clean.blocks import Block
from pipeline.clean.phrases import phrase_book

_REASONS = {
    "title": "the page's headline",
    "title:rival": "stands above the story and may be its headline",
    "caption": "describes a picture inside the article",
    "script": "in another script than the page, beside an embedded post or an address",
    "repetition:outlet": "other pages of the outlet bear the same line",
    "repetition:page": "the page says the same line elsewhere, and that copy is kept",
}


def explain(block: Block) -> str:
    """One plain sentence without a final stop: the verdict, then the reason in words."""
    verdict = f"kept as {block.kind}" if block.is_kept else f"cut as {block.kind}"
    certainty = block.score if block.is_kept else 1 - block.score
    how = f"{certainty:.0%} certain"
    rule, _, detail = block.rule.partition(":")
    if rule == "phrase":
        return f"{verdict}: {phrase_book().classes[phrase_book().column(detail)].reason}, by its wording"
    if block.rule in _REASONS:
        return f"{verdict}: {_REASONS[block.rule]}"
    return f"{verdict}: reads like {'the article' if block.is_kept else 'page furniture'}, {how}"
