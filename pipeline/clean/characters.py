"""Characters as numbers: a class for each, and a folded form in which words are compared."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray


class CharClass(IntEnum):
    """What a character is to the line features; the order is that of their count columns."""

    SYMBOL = 0
    LOWER = 1
    UPPER = 2
    LETTER = 3  # a letter of a script without case
    DIGIT = 4
    SPACE = 5
    STOP = 6
    COMMA = 7
    COLON = 8
    QUOTE = 9
    DASH = 10
    BRACKET = 11
    SEPARATOR = 12
    SIGN = 13  # @ # © http-ish marks
    BREAK = 14


_MARKS = {
    CharClass.STOP: ".!?…。！？।؟۔",
    CharClass.COMMA: ",;،、，؛",
    CharClass.COLON: ":：",
    CharClass.QUOTE: "\"'“”‘’«»„‟‹›`´",
    CharClass.DASH: "-–—―−‐‑",
    CharClass.BRACKET: "()[]{}（）",
    CharClass.SEPARATOR: "|/\\>•·▸►▶→←»×✕*¦",
    CharClass.SIGN: "@#©®™+=%$€£",
    CharClass.BREAK: "\n",
}
_TABLE = 0x3100  # characters above are letters without case (East Asian), or symbols from 0x1F000
# Folded forms: of every digit, of every character that is no part of a word, of the copyright sign.
NUMBER, GAP, COPYRIGHT = ord("0"), 0, ord("©")


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    classes = np.zeros(_TABLE + 2, np.uint8)
    folded = np.zeros(_TABLE + 2, np.uint32)
    marks = {mark: char_class for char_class, marks in _MARKS.items() for mark in marks}
    for point in range(_TABLE):
        char = chr(point)
        if char in marks:
            classes[point] = marks[char]
        elif char.isspace():
            classes[point] = CharClass.SPACE
        elif char.isdigit():
            classes[point], folded[point] = CharClass.DIGIT, NUMBER
        elif char.isalpha() or unicodedata.category(char) == "Mn":
            char_class = CharClass.UPPER if char.isupper() else CharClass.LOWER if char.islower() else CharClass.LETTER
            classes[point] = char_class
            folded[point] = ord(unicodedata.normalize("NFKD", char.lower())[0])
    folded[COPYRIGHT] = COPYRIGHT
    classes[_TABLE], folded[_TABLE] = CharClass.LETTER, 1
    return classes, folded


def classify(text: str) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """For each character of a text its `CharClass`, and its folded form (GAP where no word is).

    Folded is: lower case, the base letter without accents, every digit as 0.
    """
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    classes, folded = _tables()
    near = np.minimum(points, _TABLE)
    char_class, form = classes[near], folded[near]
    far = near == _TABLE
    if far.any():
        form = np.where(far, points, form)
        symbols = (points >= 0x1F000) & (points < 0x20000)
        char_class = np.where(symbols, np.uint8(CharClass.SYMBOL), char_class)
        form = np.where(symbols, np.uint32(GAP), form)
    return char_class, form
