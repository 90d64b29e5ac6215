"""A small home with two releases between which entities were born, merged, split, renamed and lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.warehouse.build import build_warehouse
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.release import build_path, publish
from tests.sql.world import VERSION, World

Reading = dict[str, tuple[str, str]]  # spelling to entity and label

_LINES = [
    ("body", "Ilsa Marendt met Oksana Vell and O. Vell of the Port Board, and Brunhild Aske."),
    ("body", "Henrik Ostrup and his son, Ostrup the Younger, watched from Lower Quay."),
]
_LATE_LINES = [("body", "Pia Sundling and one Ostrup moored at dawn.")]
_FIRST: Reading = {
    "Ilsa Marendt": ("e-marendt", "PERSON"),
    "Oksana Vell": ("e-vell", "PERSON"),
    "O. Vell": ("e-vell-2", "PERSON"),
    "Port Board": ("e-board", "ORG"),
    "Brunhild Aske": ("e-aske", "PERSON"),
    "Henrik Ostrup": ("e-ostrup", "PERSON"),
    "Ostrup the Younger": ("e-ostrup", "PERSON"),
    "Lower Quay": ("e-quay", "FAC"),
}
_SECOND: Reading = {
    **_FIRST,
    "O. Vell": ("e-vell", "PERSON"),
    "Ostrup the Younger": ("e-younger", "PERSON"),
    "Pia Sundling": ("e-sundling", "PERSON"),
    "Ostrup": ("e-ostrup", "PERSON"),
}
_NAMES = {
    "e-marendt": "Ilsa Marendt",
    "e-vell": "Oksana Vell",
    "e-vell-2": "O. Vell",
    "e-board": "Port Board",
    "e-aske": "Brunhild Aske",
    "e-ostrup": "Henrik Ostrup",
    "e-quay": "Lower Quay",
    "e-younger": "Ostrup the Younger",
    "e-sundling": "Pia Sundling",
}
LOST = "Lower Quay"


def first_world() -> World:
    """Eight names, seven entities: two spellings of Vell are apart, father and son Ostrup are one."""
    world = World()
    world.page("d1", _LINES, _FIRST)
    return _with_entities(world, _FIRST, _NAMES, run=1)


def second_world() -> World:
    """The Vells are one, the Ostrups two, Marendt is called otherwise, nobody sees the quay, a page has come."""
    world = World()
    reading = {name: known for name, known in _SECOND.items() if name != LOST}
    world.page("d1", _LINES, reading)
    world.page("d2", _LATE_LINES, reading)
    world.add("entity_redirects", old_entity_id="e-vell-2", entity_id="e-vell", reason="merged", run_id="run-2")
    return _with_entities(world, reading, {**_NAMES, "e-marendt": "Ilsa Marendt-Roo"}, run=2)


def _with_entities(world: World, reading: Reading, names: dict[str, str], run: int) -> World:
    for entity_id, label in sorted(set(reading.values())):
        world.add("entities", entity_id=entity_id, name=names[entity_id], label=label)
    for number in range(1, run + 1):
        world.add("runs", run_id=f"run-{number}", finished_at=datetime(2031, 5, number, 6), raw_chars=1, kept_chars=1)
    return world


def release_world(world: World, home: Path) -> Lake:
    """Write the world as the home's lake (in place of what stood there), build and publish it."""
    lake = Lake(home)
    for name in world.rows:
        for path in lake.paths(name, version=VERSION):
            path.unlink()
    world.write(home)
    results = build_warehouse(build_path(home), lake)
    assert not [result.name for result in results if result.blocks_release]
    publish(home, build_path(home))
    return lake


def two_releases(home: Path) -> Path:
    """The home, with a release of each world; the second is current."""
    for world in (first_world(), second_world()):
        release_world(world, home)
    return home
