"""The SQL models: one SELECT a file in sql/work, sql/core and sql/marts, run in the order their references give.

Models of `work` are steps that several others count from: no table is declared for them, and none is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipeline.schema import TABLES, Layer
from pipeline.warehouse.sqlfile import SQL_ROOT, SqlFile, SqlFileError, read_sql_folder

# Filled by the build itself once the checks have run.
BUILT_IN = "core.check_results"
WORK = "work"


@dataclass(frozen=True)
class Model:
    """A table as one SELECT: its file, its layer and the tables it reads (`lake.x`, `core.y`)."""

    file: SqlFile
    layer: str
    sources: frozenset[str]

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def qualified_name(self) -> str:
        return f"{self.layer}.{self.name}"

    @property
    def is_published(self) -> bool:
        return self.layer != WORK

    @property
    def orders_itself(self) -> bool:
        """Whether the SELECT says how its rows are sorted; otherwise they are sorted by the table's key."""
        return self.file.tree.args.get("order") is not None


def load_models(root: Path = SQL_ROOT) -> list[Model]:
    """All models, each after those it reads.

    Raises SqlFileError naming the file for: a model that no table is declared for, a reference to a table
    that is neither in the lake nor a model, a reference without its layer, a cycle; and for a declared table
    that has no model.
    """
    models = {
        model.qualified_name: model
        for layer in (WORK, Layer.CORE.value, Layer.MARTS.value)
        for model in (_model(file, layer) for file in read_sql_folder(root / layer))
    }
    for model in models.values():
        _check_references(model, models)
    published = {f"{t.layer}.{t.name}": t for t in TABLES.values() if t.is_published}
    if missing := sorted(published.keys() - models.keys() - {BUILT_IN}):
        layer, name = missing[0].split(".")
        raise SqlFileError(root / layer / f"{name}.sql", "is missing, though its table is declared")
    return _in_order(models)


def published_models(root: Path = SQL_ROOT) -> list[Model]:
    """The models of published tables alone, each with the lake's and the published tables that it is made from."""
    sources: dict[str, frozenset[str]] = {}
    models = load_models(root)
    for model in models:
        seen_through = (sources[s] if s.startswith(f"{WORK}.") else {s} for s in model.sources)
        sources[model.qualified_name] = frozenset().union(*seen_through)
    return [replace(m, sources=sources[m.qualified_name]) for m in models if m.is_published]


def references(file: SqlFile) -> frozenset[str]:
    """The tables a statement reads, as `layer.name` (or the bare name); its own WITH names left out."""
    from sqlglot import exp

    own = {cte.alias for cte in file.tree.find_all(exp.CTE)}
    tables = (t for t in file.tree.find_all(exp.Table) if isinstance(t.this, exp.Identifier))
    return frozenset(f"{t.db}.{t.name}" if t.db else t.name for t in tables if t.db or t.name not in own)


def _model(file: SqlFile, layer: str) -> Model:
    declared = TABLES.get(file.name)
    if layer != WORK and (declared is None or declared.layer.value != layer):
        raise SqlFileError(file.path, f"no table {file.name} is declared in {layer}")
    return Model(file, layer, references(file))


def _check_references(model: Model, models: Mapping[str, Model]) -> None:
    for source in sorted(model.sources):
        layer, _, name = source.rpartition(".")
        if not layer:
            raise SqlFileError(model.file.path, f"name the layer of {name}: lake, work, core or marts")
        if layer == Layer.LAKE:
            if name not in TABLES:
                raise SqlFileError(model.file.path, f"no table {name} is declared in the lake")
        elif source not in models:
            raise SqlFileError(model.file.path, f"there is no model {source}")


def _in_order(models: Mapping[str, Model]) -> list[Model]:
    graph = {name: sorted(model.sources & models.keys()) for name, model in sorted(models.items())}
    try:
        return [models[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        cycle = error.args[1]
        raise SqlFileError(models[cycle[0]].file.path, f"reads itself in a circle: {' <- '.join(cycle)}") from None
