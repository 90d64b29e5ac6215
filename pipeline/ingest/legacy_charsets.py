"""Names of legacy character encodings, and a guess which of them a text without declaration is in."""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path

_LABELS = Path(__file__).parent / "data" / "charset_labels.tsv"
# Python knows many codecs that no page is in, some of them transformations: these are the ones pages name.
_PAGE_ENCODING = re.compile(r"windows-125\d|iso-8859-\d+|iso-2022-(?:jp|kr)|koi8-\w|cp8\d\d|hz|johab")
_SAMPLE_BYTES = 65_536
# What Turkish (first) and Polish and its neighbours turn into when read as Windows-1252: letters of Icelandic
# alone, and signs inside or at the edge of a word.
_TURKISH = re.compile("[ðþÐÞ]")
_NOT_WESTERN = re.compile("[ðþÐÞ]|[^\\W\\d_][¿£¥¼¾]|[^\\W\\d_m][¹³]|[¹³¼¾][^\\W\\d_]")
_CENTRAL_EUROPEAN = ["cp1250", "iso8859_2"]
_OTHER_SCRIPTS = [
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1256", "iso8859_6", "cp1255", "iso8859_8"),
    *("cp1253", "iso8859_7", "cp874", "cp1258", "gb18030", "big5", "cp932", "euc_jp", "cp949"),
]
_WESTERN = ("windows-1252", "cp1252")


@cache
def _label_table() -> dict[str, tuple[str, str]]:
    lines = _LABELS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {label: (encoding, codec) for label, encoding, codec in rows[1:]}


def python_codec(label: str) -> tuple[str, str] | None:
    """(canonical name, Python codec) of a charset label as pages write it; None when it means nothing.

    Labels mean what browsers take them to mean: iso-8859-1 is read as windows-1252, gb2312 as gb18030.
    """
    label = label.strip().strip("\"'").lower().replace("_", "-")
    if known := _label_table().get(label):
        return known
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = codec.replace("_", "-").replace("iso8859", "iso-8859").replace("cp125", "windows-125")
    if name in _label_table():
        return _label_table()[name]
    return (name, codec) if _PAGE_ENCODING.fullmatch(name) else None


def guess_legacy(data: bytes) -> tuple[str, str] | None:
    """(canonical name, Python codec) of the legacy encoding that makes the best text of `data`, or None.

    charset-normalizer judges by the letters' frequencies in each language, which is sure between scripts but
    not between Latin encodings on short texts: there Windows-1252 stands unless it reads signs into words.
    """
    head = data[:_SAMPLE_BYTES]
    if len(data) > _SAMPLE_BYTES:  # the first bytes of a page are markup and scripts
        first = next(at for at, byte in enumerate(data) if byte > 0x7F)
        head = data[max(0, first - 1024) :][:_SAMPLE_BYTES]
    western = head.decode("cp1252", "replace")
    if _reads_as_words(western):
        if not _NOT_WESTERN.search(western) and "\ufffd" not in western:
            return _WESTERN
        latin = ["cp1254"] if _TURKISH.search(western) else _CENTRAL_EUROPEAN
        return _most_likely(head, latin) or _WESTERN
    return _most_likely(head, _OTHER_SCRIPTS) or _most_likely(head, ["cp1252"])


def _most_likely(data: bytes, codec_names: list[str]) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes  # heavy

    best = from_bytes(data, cp_isolation=codec_names, enable_fallback=False).best()
    return python_codec(best.encoding) if best else None


def _reads_as_words(text: str) -> bool:
    """Whether letters beyond ASCII stand in words with ASCII letters, as in text in Latin script."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    mixed = sum(any(c.isascii() for c in word) for word in words)
    return text.isascii() or mixed >= 0.7 * len(words)
