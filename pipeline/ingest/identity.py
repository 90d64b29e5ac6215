"""Which deliveries are one document."""

from __future__ import annotations

import hashlib
import unicodedata

_ID_HEX_DIGITS = 20  # 80 bits: in 100 million documents, two alike by chance with odds of 1 to 240 million

_MAX_WORD_CHARS = 1000


def document_id(outlet_id: str | None, text: str) -> str:
    """The id of a document: a hash of its outlet and its text.

    White space and the Unicode form of letters do not count, so that a page delivered again, in another
    encoding, with other line ends or in another format that gives the same words is one document.
    """
    words = " ".join(text.split()) if text.isascii() else " ".join(map(_composed, text.split()))
    content = f"{outlet_id or ''}\0{words}".encode()
    return hashlib.sha256(content).hexdigest()[:_ID_HEX_DIGITS]


def _composed(word: str) -> str:
    """The word in composed form; a monstrous one as it is: normalisation sorts marks in quadratic time."""
    return word if len(word) > _MAX_WORD_CHARS or word.isascii() else unicodedata.normalize("NFC", word)
