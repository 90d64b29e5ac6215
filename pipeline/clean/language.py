"""The language of a document and of its blocks: by script first, by a statistical model only where that is open."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

SAMPLE = 3000  # characters of a text that are looked at
ENGLISH_SAMPLE = 1200  # characters of a text that are looked at for English words
BLOCK_SAMPLE = 160  # of a block
ENOUGH_WORDS = 7  # English ones in so short a sample: more than a twelfth of its words, however short they are
FEWEST_LETTERS = 24  # of a text whose language is to be told by the model
FEWEST_FOREIGN_LETTERS = 60  # of a block that may differ from its document within one script
FEWEST_FOREIGN_WORDS = 8  # an address or a line of code is not another language
ENGLISH_SHARE = 0.18  # of function words: running English has .3 to .5 of them, lists of names under .1
# Letters beyond the Latin blocks; typographic quotes, dashes and symbols are not among them.
OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufefc\U00020000-\U0002fa1f]")
NO_LETTERS = bytes(i for i in range(0x80) if not chr(i).isalpha())
WORD = re.compile(r"[^\W\d_]+")
SCRIPT_SHARE = 0.5  # of letters that make a script the block's


@functools.cache
def _data() -> dict:
    return yaml.safe_load((Path(__file__).parent / "data" / "languages.yaml").read_text(encoding="utf-8"))


@functools.cache
def _script_table() -> tuple[np.ndarray, tuple[str, ...]]:
    """Script number of each code point of the Basic Multilingual Plane and the two planes after it (0: none), names."""
    names = ("", *_data()["scripts"])
    table = np.zeros(0x30000, dtype=np.uint8)
    for number, name in enumerate(names[1:], start=1):
        for low, high in _data()["scripts"][name]["ranges"]:
            table[low : high + 1] = number
    table[[0xD7, 0xF7]] = 0  # multiplication and division signs among the Latin letters
    return table, names


def script_of(text: str) -> tuple[str, int]:
    """The script that most letters of a text are written in, and how many: ("", 0) when it has no letters.

    Japanese mixes kana and Chinese characters: any kana to speak of makes the text kana.
    """
    table, names = _script_table()
    if text.isascii():
        letters = len(text[:SAMPLE].encode().translate(None, NO_LETTERS))
        return ("latin", letters) if letters else ("", 0)
    codes = np.frombuffer(text[:SAMPLE].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    counts = np.bincount(table[np.minimum(codes, len(table) - 1)], minlength=len(names))
    counts[0] = 0
    kana, han = names.index("kana"), names.index("han")
    if counts[kana] > 0.1 * counts[han]:
        counts[kana] += counts[han]
        counts[han] = 0
    best = int(counts.argmax())
    return (names[best], int(counts[best])) if counts[best] > SCRIPT_SHARE * counts.sum() else ("", 0)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text's language; None when it is too short, or mixed, to tell."""
    script, letters = script_of(text)
    if not script:
        return None
    languages = _data()["scripts"][script]["languages"]
    if len(languages) == 1:
        return languages[0] if letters >= 2 else None
    if letters < FEWEST_LETTERS:
        return None
    if script == "latin" and _is_english(text[:ENGLISH_SAMPLE]):
        return "en"
    return _by_model(text[:SAMPLE], frozenset(languages))


def block_languages(texts: Sequence[str], language: str | None) -> list[str | None]:
    """The language of each block of a document written in `language`: short ones inherit it."""
    home = _script_of_language(language)
    return [_block_language(text, language, home) for text in texts]


def _block_language(text: str, language: str | None, home: str | None) -> str | None:
    is_short = len(text) < FEWEST_FOREIGN_LETTERS
    if (
        home == "latin"
        and (text.isascii() or not OTHER_SCRIPT.search(text, 0, SAMPLE))
        and (is_short or (language == "en" and _may_be_english(text)))
    ):
        return language
    script, letters = script_of(text)
    if letters < 3:
        return language
    if script != home:
        own = language_of(text)
        if own or home is None:
            return own or language
        return _data()["scripts"][script]["languages"][0]  # "وفد" in an English page: Arabic script, whatever it is
    if letters < FEWEST_FOREIGN_LETTERS or len(_data()["scripts"][script]["languages"]) == 1:
        return language
    if len(_words(text)) < FEWEST_FOREIGN_WORDS or (language == "en" and _may_be_english(text)):
        return language
    return language_of(text) or language


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _is_english(text: str) -> bool:
    words = _words(text)
    return sum(map(_english_words().__contains__, words)) > ENGLISH_SHARE * len(words)


def _may_be_english(text: str) -> bool:
    """Whether nothing speaks against English: some function words, or capitals throughout (names, headings)."""
    sample = text[:BLOCK_SAMPLE]
    if sum(map(_english_words().__contains__, sample.casefold().split())) >= ENOUGH_WORDS:
        return True  # the usual case, cheaply
    words = _words(sample)
    english = sum(map(_english_words().__contains__, words))
    if english > 0.08 * len(words):
        return True
    return sum(w[0].isupper() for w in sample.split()) > 0.4 * len(words)


@functools.cache
def _english_words() -> frozenset[str]:
    return frozenset(map(str, _data()["english_words"]))


@functools.cache
def _script_of_language(language: str | None) -> str | None:
    for script, entry in _data()["scripts"].items():
        if language in entry["languages"]:
            return script
    return None


def _by_model(text: str, languages: frozenset[str]) -> str | None:
    """The likeliest of some languages, by py3langid (Lui and Baldwin 2012: a naive Bayes over byte n-grams)."""
    import py3langid

    return next((code for code, _ in py3langid.rank(text) if code in languages), None)
