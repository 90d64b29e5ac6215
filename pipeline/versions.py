"""Stage versions: a hash of a room's own files, so that done work is known by the code and rules that did it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SUFFIXES = {".py", ".yml", ".yaml", ".tsv", ".json", ".npz", ".sql"}


@cache
def room_sha256(room: str) -> str:
    """SHA-256 over the code, rules and weights of one room of the package (`"clean"`), names included."""
    return _tree_sha256(_PACKAGE / room)


def version_of(*parts: str) -> str:
    """A short name (12 hex digits) for a list of parts: room hashes, the version upstream, settings."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def rules_sha256(rooms: Iterable[str]) -> str:
    """One SHA-256 over several rooms: what the `runs` table records as the rules in force."""
    return hashlib.sha256("".join(room_sha256(room) for room in sorted(rooms)).encode()).hexdigest()


@cache
def sql_sha256() -> str:
    """SHA-256 over the SQL models and checks."""
    return _tree_sha256(_PACKAGE.parent / "sql")


def _tree_sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _SUFFIXES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
