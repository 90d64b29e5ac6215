"""The user's word on who is who: overrides.yml, read with the line of every mistake, obeyed by every run.

merge:   [[Jon Doe, Jonathan Doe]]            # these spellings are one
forbid:  [[Jon Doe, John Dow]]                # these are never one
split:   [{name: Jon Doe, outlet: example.org}]   # there, this spelling is somebody else (outlet or document)
rename:  [{name: Jonathan Doe, to: Jon Doe}]  # what to call the entity
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECTIONS = ("merge", "forbid", "split", "rename")


class OverrideError(ValueError):
    """overrides.yml cannot be obeyed; the message lists every mistake as `file:line: what`."""


@dataclass(frozen=True)
class Split:
    """Mentions spelled `name` in this outlet or document are an entity of their own."""

    name: str
    outlet: str | None
    document: str | None


@dataclass(frozen=True)
class Overrides:
    """A checked overrides file. Spellings are compared as names, not as strings."""

    merge: tuple[tuple[str, ...], ...] = ()
    forbid: tuple[tuple[str, str], ...] = ()
    split: tuple[Split, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()


def _lines(node: Any) -> list[int]:
    return [item.start_mark.line + 1 for item in node.value]


def _check_names(entry: Any, least: int) -> str | None:
    if not isinstance(entry, list) or not all(isinstance(n, str) and n.strip() for n in entry):
        return "needs a list of names"
    return None if len(set(entry)) >= least else f"needs at least {least} different names"


def _check_entry(section: str, entry: Any) -> str | None:
    if section == "merge":
        return _check_names(entry, 2)
    if section == "forbid":
        return _check_names(entry, 2) or (None if len(entry) == 2 else "needs exactly two names")
    allowed = {"name", "to"} if section == "rename" else {"name", "outlet", "document"}
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return "needs a name"
    if unknown := set(entry) - allowed:
        return f"has unknown {', '.join(sorted(map(str, unknown)))}"
    if section == "rename" and not isinstance(entry.get("to"), str):
        return "needs `to`, the new name"
    if section == "split" and not (entry.get("outlet") or entry.get("document")):
        return "needs an outlet or a document in which the name means somebody else"
    return None


def _contradictions(found: dict[str, list[tuple[int, Any]]]) -> list[tuple[int, str]]:
    from pipeline.resolve.clustering import components

    names = sorted({n for _, group in found["merge"] for n in group})
    number = {n: i for i, n in enumerate(names)}
    one = components(len(names), ((number[g[0]], number[n]) for _, g in found["merge"] for n in g[1:]))
    wrong = []
    for line, (a, b) in found["forbid"]:
        if a in number and b in number and one[number[a]] == one[number[b]]:
            wrong.append((line, f"forbids {a!r} and {b!r}, which merge makes one"))
    called: dict[str, str] = {}
    for line, entry in found["rename"]:
        if called.setdefault(entry["name"], entry["to"]) != entry["to"]:
            wrong.append((line, f"renames {entry['name']!r} twice"))
    return wrong


def parse_overrides(text: str, where: str = "overrides.yml") -> Overrides:
    """Read and check; OverrideError lists every mistake with its line."""
    import yaml

    try:
        root, data = yaml.compose(text), yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise OverrideError(f"{where}:{mark.line + 1 if mark else 1}: not YAML: {error}") from None
    if data is None:
        return Overrides()
    if not isinstance(data, dict):
        raise OverrideError(f"{where}:1: needs the sections {', '.join(SECTIONS)}")
    wrong: list[tuple[int, str]] = []
    found: dict[str, list[tuple[int, Any]]] = {section: [] for section in SECTIONS}
    for key, value in root.value:
        section, entries, line = key.value, data[key.value], key.start_mark.line + 1
        if section not in SECTIONS:
            wrong.append((line, f"unknown section {section!r}; known: {', '.join(SECTIONS)}"))
        elif entries is not None and not isinstance(entries, list):
            wrong.append((line, f"{section} needs a list"))
        else:
            for at, entry in zip(_lines(value) if entries else [], entries or [], strict=True):
                problem = _check_entry(section, entry)
                if problem:
                    wrong.append((at, f"{section} {problem}"))
                else:
                    found[section].append((at, entry))
    wrong += _contradictions(found)
    if wrong:
        raise OverrideError("\n".join(f"{where}:{line}: {what}" for line, what in sorted(wrong)))
    return Overrides(
        merge=tuple(tuple(e) for _, e in found["merge"]),
        forbid=tuple((e[0], e[1]) for _, e in found["forbid"]),
        split=tuple(Split(e["name"], e.get("outlet"), e.get("document")) for _, e in found["split"]),
        rename=tuple((e["name"], e["to"]) for _, e in found["rename"]),
    )


def load_overrides(path: Path) -> Overrides:
    """The overrides of a file; none when there is no such file. OverrideError as in parse_overrides."""
    return parse_overrides(path.read_text(encoding="utf-8"), str(path)) if path.exists() else Overrides()
