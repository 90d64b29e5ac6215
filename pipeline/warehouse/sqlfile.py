"""One statement a file, with what it is for in the leading comment.

    -- Every name in the kept text, with the entity it means.
    -- severity: error
    select ...

Lines of the form `-- field: value` are fields; the other leading comment lines are the description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SQL_ROOT = Path(__file__).resolve().parents[2] / "sql"
_FIELD = re.compile(r"(severity|parameter|lake): (.+)")


class SqlFileError(ValueError):
    """A file of sql/ that cannot be used; the message begins with its path."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path.parent.name}/{path.name}: {reason}")


@dataclass(frozen=True)
class SqlFile:
    """A file of sql/: its name (the stem), description, fields and statement."""

    path: Path
    name: str
    description: str
    fields: tuple[tuple[str, str], ...]
    sql: str

    def values(self, field: str) -> list[str]:
        """The values of a header field, in order; empty when the header has none."""
        return [value for name, value in self.fields if name == field]

    @cached_property
    def tree(self):  # type: ignore[no-untyped-def]
        """The statement as sqlglot parses it; SqlFileError when it is not one SELECT."""
        import sqlglot
        from sqlglot import exp

        try:
            statements = sqlglot.parse(self.sql, read="duckdb")
        except sqlglot.errors.SqlglotError as error:
            raise SqlFileError(self.path, f"does not parse: {error}") from None
        if len(statements) != 1 or not isinstance(statements[0], exp.Query):
            raise SqlFileError(self.path, "must hold exactly one SELECT")
        return statements[0]


def read_sql_file(path: Path) -> SqlFile:
    """Read one file; SqlFileError when it says in no leading comment what it is for."""
    content = path.read_text(encoding="utf-8")
    words: list[str] = []
    fields: list[tuple[str, str]] = []
    for line in content.splitlines():
        if not line.startswith("--"):
            break
        comment = line.removeprefix("--").strip()
        field = _FIELD.fullmatch(comment)
        if field:
            fields.append((field[1], field[2]))
        else:
            words.append(comment)
    if not words:
        raise SqlFileError(path, "lacks a leading comment that says what it is for")
    return SqlFile(path, path.stem, " ".join(words), tuple(fields), content)


def read_sql_folder(folder: Path) -> list[SqlFile]:
    """The files of a folder, by name."""
    return [read_sql_file(path) for path in sorted(folder.glob("*.sql"))]
