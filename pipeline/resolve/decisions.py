"""A person's answers written into overrides.yml, everything that stands there left as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipeline.resolve.overrides import OverrideError, parse_overrides

Pair = tuple[str, str]


def with_decisions(text: str, merge: Sequence[Pair], forbid: Sequence[Pair], where: str = "overrides.yml") -> str:
    """The text of an overrides file with these pairs added to its lists, each marked as a review's.

    OverrideError when the file has mistakes or the answers contradict it (or one another).
    """
    parse_overrides(text, where)
    for section, pairs in (("merge", merge), ("forbid", forbid)):
        if pairs:
            text = _with_entries(
                text, section, [f"{json.dumps(list(p), ensure_ascii=False)}  # review" for p in pairs], where
            )
    parse_overrides(text, where)
    return text


def _with_entries(text: str, section: str, entries: Sequence[str], where: str) -> str:
    import yaml

    root = yaml.compose(text)
    found = [value for key, value in root.value if key.value == section] if root else []
    lines = text.splitlines()
    if not found:
        return "\n".join([*lines, *([""] if lines else []), f"{section}:", *(f"  - {e}" for e in entries), ""])
    (value,) = found
    if isinstance(value, yaml.ScalarNode):  # `merge:` with nothing behind it
        at, indent = value.start_mark.line, "  "
    elif value.flow_style:
        raise OverrideError(
            f"{where}:{value.start_mark.line + 1}: write {section} as a list of lines that begin with -"
        )
    else:
        at, indent = value.value[-1].end_mark.line, " " * value.start_mark.column
        if value.value[-1].end_mark.column == 0:  # a block entry ends where the next line begins
            at -= 1
    return "\n".join([*lines[: at + 1], *(f"{indent}- {e}" for e in entries), *lines[at + 1 :], ""])
