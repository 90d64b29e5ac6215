"""Files and links that are either the old or the new one whole, whenever the process dies.

Everything is written under a temporary name in the folder it will live in, flushed to disk, and renamed:
rename(2) within a file system is atomic, and a reader that has the old file open keeps it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX, _SUFFIX = ".", ".tmp"  # readers glob for *.parquet and version folders, never for dot names


def temporary_name(path: Path) -> Path:
    """The name beside `path` under which this process prepares it."""
    return path.with_name(f"{_PREFIX}{path.name}.{os.getpid()}{_SUFFIX}")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path to write to; on success it becomes `path`, on any error it is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_name(path)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_text(path: Path, content: str) -> None:
    """Write a small UTF-8 file atomically."""
    with replacing(path) as temporary:
        temporary.write_text(content, encoding="utf-8")


def point(link: Path, target: str) -> None:
    """Make `link` a symbolic link to `target` (relative to its folder), replacing what was there."""
    temporary = temporary_name(link)
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


def remove_tree(folder: Path) -> None:
    """Remove a folder: gone for readers at once, its bytes after; nothing happens when it is not there."""
    if not folder.exists():
        return
    doomed = temporary_name(folder)
    shutil.rmtree(doomed, ignore_errors=True)
    folder.rename(doomed)
    shutil.rmtree(doomed)


def sweep(folder: Path) -> int:
    """Remove what killed processes left half written below `folder`; returns how many. Hold the lock."""
    leftovers = sorted(folder.rglob(f"{_PREFIX}*{_SUFFIX}"), reverse=True) if folder.is_dir() else []
    for leftover in leftovers:
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink(missing_ok=True)
    return len(leftovers)


def sync(path: Path) -> None:
    """Flush a file's or a folder's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
