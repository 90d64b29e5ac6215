"""Bytes to text, once: which character encoding a page is in, and its text in that encoding.

Order of evidence: a byte order mark, NUL bytes in the pattern of UTF-16, valid UTF-8, the declared charset
(HTTP header, then the page's own `<meta>`), UTF-8 with few damaged sequences, and last a guess among legacy
encodings. Valid UTF-8 goes before the declaration: saved pages are often re-encoded without their `<meta>`
being changed, and legacy text is hardly ever valid UTF-8 by chance. Line ends stay as they are; a byte order
mark is no part of the text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from pipeline.ingest.legacy_charsets import guess_legacy, python_codec
from pipeline.ingest.rejection import Reason, RejectedInputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of common files that are not text (https://www.garykessler.net/library/file_sigs.html).
_MAGIC = (
    *(b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"OggS\x00"),
    *(b"PK\x03\x04", b"\x1f\x8b", b"BZh91AY", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"Rar!", b"7z\xbc\xaf"),
    *(b"\x7fELF", b"MZ\x90", b"SQLite format 3", b"\xd0\xcf\x11\xe0", b"PAR1"),
)
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
_MAX_CONTROL_SHARE = 0.05
_GOOD_PER_BAD_SEQUENCE = 10
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WINDOW = 4096


def decode_text(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the canonical lower-case name of its encoding, for example windows-1252.

    declared: a charset that a header or the page states; used when it fits. Damaged sequences of otherwise
    sound text become U+FFFD. Raises `RejectedInputError` (empty, binary or undecodable).
    """
    text, encoding = _decode(data, declared)
    if not text.strip():
        raise RejectedInputError(Reason.EMPTY)
    return text, encoding


def decode_html(page: bytes, http_charset: str | None = None) -> tuple[str, str]:
    """As `decode_text`; where no HTTP header states a charset, the page's `<meta>` is asked."""
    declared = http_charset
    if not declared and (meta := _META_CHARSET.search(page[:_META_WINDOW])):
        declared = meta.group(1).decode("ascii", "replace")
        if declared.lower().startswith("utf-16"):
            declared = "utf-8"  # a <meta> that can be read as ASCII cannot stand in UTF-16
    return decode_text(page, declared)


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding), encoding
    if data.startswith(_MAGIC):
        raise RejectedInputError(Reason.BINARY, "The first bytes are those of a file that is not text.")
    if wide := _unmarked_utf16(data):
        return _decode_marked(data, wide), wide
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls > _MAX_CONTROL_SHARE * len(data):
        raise RejectedInputError(Reason.BINARY, f"{controls} of {len(data)} bytes are control characters.")
    return _decode_unmarked(data, declared)


def _decode_unmarked(data: bytes, declared: str | None) -> tuple[str, str]:
    stated = python_codec(declared) if declared else None
    if stated and stated[0].startswith("iso-2022") and data.isascii():  # it would pass for UTF-8
        return data.decode(stated[1], "replace"), stated[0]
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_bad = error.start
    if stated and stated[0] != "utf-8":
        try:
            return data.decode(stated[1]), stated[0]
        except UnicodeDecodeError:
            pass
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    good = sum(1 for character in lenient if character > "\x7f") - bad
    if good >= _GOOD_PER_BAD_SEQUENCE * bad:
        return lenient, "utf-8"
    if guessed := guess_legacy(data):
        return data.decode(guessed[1], "replace"), guessed[0]
    raise RejectedInputError(Reason.UNDECODABLE, f"Not UTF-8 at byte {first_bad}, and nothing else fits.")


def _decode_marked(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") * _GOOD_PER_BAD_SEQUENCE > len(text):
        raise RejectedInputError(Reason.UNDECODABLE, f"Marked as {encoding}, but it is not.")
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: its high bytes are nearly all NUL and one other, that of the script."""
    if len(data) < 8 or 0 not in data[:4096]:
        return None
    sample = data[:4096]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        low = sample[::2] if encoding == "utf-16-le" else sample[1::2]
        usual = sum(count for _, count in Counter(high).most_common(2))
        if high.count(0) and usual > 0.9 * len(high) and low.count(0) < 0.02 * len(low) + 1:
            return encoding
    return None
