"""Texts with their mentions marked, and who is who in them."""

import re

from pipeline.resolve import resolve


def marked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """`[Name|LABEL]` marks a mention; the text comes back without the marks."""
    plain, spans = "", []
    for piece in re.split(r"(\[[^\]]+\])", text):
        if piece.startswith("["):
            name, label = piece[1:-1].split("|")
            spans.append((len(plain), len(plain) + len(name), label))
            plain += name
        else:
            plain += piece
    return plain, spans


def entities(*texts: str) -> list[list[int]]:
    return resolve([marked(t) for t in texts])
