"""What a table declaration is: columns with a logical type, from which all other forms derive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class Type(StrEnum):
    """The six logical types that are published, for BI tools misread nested, unsigned and huge ones; and bytes,
    which stay in the lake.
    """

    TEXT = "VARCHAR"
    COUNT = "BIGINT"
    SCORE = "DOUBLE"
    FLAG = "BOOLEAN"
    DAY = "DATE"
    INSTANT = "TIMESTAMP"  # UTC, microseconds, without a zone
    BYTES = "BLOB"


ARROW_TYPES: dict[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.COUNT: pa.int64(),
    Type.SCORE: pa.float64(),
    Type.FLAG: pa.bool_(),
    Type.DAY: pa.date32(),
    Type.INSTANT: pa.timestamp("us"),
    Type.BYTES: pa.binary(),
}


class Layer(StrEnum):
    """Where a table lives: in the lake only (internal), or published in a schema of the warehouse."""

    LAKE = "lake"
    CORE = "core"
    MARTS = "marts"


@dataclass(frozen=True)
class Column:
    """One column. `required` holds no null in a published table; `key` columns identify a row."""

    name: str
    type: Type
    description: str
    required: bool = False
    key: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its layer, what a row stands for, and its columns in published order."""

    name: str
    layer: Layer
    row: str  # "one row per ..."
    description: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a row; published tables are sorted by them."""
        return tuple(c.name for c in self.columns if c.key)

    @property
    def is_published(self) -> bool:
        return self.layer is not Layer.LAKE

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")


def text(name: str, description: str, *, required: bool = False, key: bool = False) -> Column:
    return Column(name, Type.TEXT, description, required or key, key)


def count(name: str, description: str, *, required: bool = True, key: bool = False) -> Column:
    return Column(name, Type.COUNT, description, required or key, key)


def score(name: str, description: str, *, required: bool = False) -> Column:
    return Column(name, Type.SCORE, description, required)


def flag(name: str, description: str, *, required: bool = True) -> Column:
    return Column(name, Type.FLAG, description, required)


def day(name: str, description: str, *, required: bool = False, key: bool = False) -> Column:
    return Column(name, Type.DAY, description, required or key, key)


def instant(name: str, description: str, *, required: bool = False) -> Column:
    return Column(name, Type.INSTANT, description, required)


def data(name: str, description: str, *, required: bool = False) -> Column:
    return Column(name, Type.BYTES, description, required)
