"""The files of a landing folder, without opening any."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.ingest.outlets import SIDECAR_NAMES

# Names that downloaders give to files they have not finished: curl, wget, rsync, browsers, editors.
_UNFINISHED_ENDINGS = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~")

_KINDS = {stat.S_IFREG: "file", stat.S_IFLNK: "link"}


class LandingFile(NamedTuple):
    """A file as the folder lists it.

    source_path: below the landing folder, with forward slashes, printable (see `_printable`)
    kind: file, link, closed_folder (it could not be listed) or other (a pipe, a device)
    """

    source_path: str
    path: str
    byte_size: int
    modified_ns: int
    kind: str


def open_landing_file(file: LandingFile) -> int:
    """A descriptor to read the file from; a link that has taken its place is not followed. Raises OSError."""
    return os.open(file.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))


class Listing(NamedTuple):
    """files: what may be read, by source_path; sidecars: the outlet.yml files; waiting: unfinished files."""

    files: list[LandingFile]
    sidecars: list[LandingFile]
    waiting: list[str]


def list_landing(landing: Path) -> Listing:
    """Everything below `landing` in the order of its paths. Links are listed, not followed; names that begin
    with a dot are passed over. Raises FileNotFoundError or NotADirectoryError for a landing folder that is none.
    """
    files, sidecars, waiting = [], [], []
    for file in _walk(landing):
        name = file.source_path.rpartition("/")[2].lower()
        if name.endswith(_UNFINISHED_ENDINGS):
            waiting.append(file.source_path)
        elif name in SIDECAR_NAMES and file.kind == "file":
            sidecars.append(file)
        else:
            files.append(file)
    for found in (files, sidecars):
        found.sort(key=lambda file: file.source_path)
    return Listing(files, sidecars, sorted(waiting))


def _walk(landing: Path) -> Iterator[LandingFile]:
    folders = [(os.fspath(landing), "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            if not prefix:
                raise
            yield LandingFile(prefix[:-1], folder, 0, 0, "closed_folder")
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            source_path = prefix + _printable(entry.name)
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, source_path + "/"))
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # it has gone: no longer a delivery
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), "other")
            yield LandingFile(source_path, entry.path, status.st_size, status.st_mtime_ns, kind)


def _printable(name: str) -> str:
    """A file name as it is shown: what cannot be printed, `#` (which begins a member) and the backslash as escapes.

    Bytes that are no Unicode and ASCII are written \\xNN, other characters \\uNNNN: no two names become the same.
    """
    if name.isprintable() and "#" not in name and "\\" not in name:
        return name
    return "".join(c if c.isprintable() and c not in "#\\" else _escaped(ord(c)) for c in name)


def _escaped(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte that os.listdir could not decode
        code -= 0xDC00
        return f"\\x{code:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"
