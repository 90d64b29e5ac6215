"""The SQL models: one SELECT a file in sql/core and sql/marts, run in the order their references give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipeline.schema import TABLES, Layer
from pipeline.warehouse.sqlfile import SQL_ROOT, SqlFile, SqlFileError, read_sql_folder

# Filled by the build itself once the checks have run.
BUILT_IN = "core.check_results"


@dataclass(frozen=True)
class Model:
    """A published table as one SELECT: its file and the tables it reads (`lake.x`, `core.y`)."""

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
        for layer in (Layer.CORE, Layer.MARTS)
        for model in (_model(file, layer.value) for file in read_sql_folder(root / layer.value))
    }
    for model in models.values():
        _check_references(model, models)
    published = {f"{t.layer}.{t.name}": t for t in TABLES.values() if t.is_published}
    if missing := sorted(published.keys() - models.keys() - {BUILT_IN}):
        layer, name = missing[0].split(".")
        raise SqlFileError(root / layer / f"{name}.sql", "is missing, though its table is declared")
    return _in_order(models)


def references(file: SqlFile) -> frozenset[str]:
    """The tables a statement reads, as `layer.name` (or the bare name); its own WITH names left out."""
    from sqlglot import exp

    own = {cte.alias for cte in file.tree.find_all(exp.CTE)}
    tables = (t for t in file.tree.find_all(exp.Table) if isinstance(t.this, exp.Identifier))
    return frozenset(f"{t.db}.{t.name}" if t.db else t.name for t in tables if t.db or t.name not in own)


def _model(file: SqlFile, layer: str) -> Model:
    declared = TABLES.get(file.name)
    if declared is None or declared.layer.value != layer:
        raise SqlFileError(file.path, f"no table {file.name} is declared in {layer}")
    return Model(file, layer, references(file))


def _check_references(model: Model, models: Mapping[str, Model]) -> None:
    for source in sorted(model.sources):
        layer, _, name = source.rpartition(".")
        if not layer:
            raise SqlFileError(model.file.path, f"name the layer of {name}: lake, core or marts")
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
