"""The network of names as GraphML: well-formed whatever the names hold, and each edge shown by two offsets."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from pipeline.warehouse.checks import CheckResult
from pipeline.warehouse.graphml import FILE, write_graphml
from tests.sql.world import World

NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def read_graph(path: Path) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], dict[str, str]]]:
    """Nodes by id and edges by their two ends, each with its data by attribute name."""
    root = ElementTree.parse(path).getroot()
    names = {key.attrib["id"]: key.attrib["attr.name"] for key in root.findall("g:key", NS)}

    def data(element: ElementTree.Element) -> dict[str, str]:
        return {names[d.attrib["key"]]: d.text or "" for d in element.findall("g:data", NS)}

    nodes = {node.attrib["id"]: data(node) for node in root.iterfind("g:graph/g:node", NS)}
    edges = {(edge.attrib["source"], edge.attrib["target"]): data(edge) for edge in root.iterfind("g:graph/g:edge", NS)}
    return nodes, edges


def test_nodes_are_entities_and_edges_the_paragraphs_that_name_both(
    harbor: tuple[Path, list[CheckResult]], tmp_path: Path
) -> None:
    warehouse = harbor[0] / "build" / "warehouse.duckdb"
    counted = write_graphml(warehouse, tmp_path)
    nodes, edges = read_graph(tmp_path / FILE)
    assert counted == (len(nodes), len(edges))
    assert nodes["e-bay"] == {
        "label": "Sorrel Bay",
        "kind": "GPE",
        "mention_count": "2",
        "document_count": "2",
        "outlet_count": "1",
        "country_code": "NZ",
    }
    assert edges["e-marendt", "e-okvel"]["weight"] == "4"
    assert {end for edge in edges for end in edge} <= set(nodes)


def test_every_edge_points_to_both_names_in_one_document(
    harbor: tuple[Path, list[CheckResult]], tmp_path: Path
) -> None:
    warehouse = harbor[0] / "build" / "warehouse.duckdb"
    write_graphml(warehouse, tmp_path)
    _, edges = read_graph(tmp_path / FILE)
    with duckdb.connect(str(warehouse), read_only=True) as con:
        texts = dict(con.execute("select document_id, raw_text from documents").fetchall())
        spellings = set(con.execute("select entity_id, alias from aliases").fetchall())
    for (entity_a, entity_b), shown in edges.items():
        text = texts[shown["document_id"]]
        for entity, side in ((entity_a, "a"), (entity_b, "b")):
            assert (entity, text[int(shown[f"start_{side}"]) : int(shown[f"end_{side}"])]) in spellings


@pytest.mark.parametrize("name", ['<script>"x"</script> & Sons', "Bell \x07 Co", "nul \x00 ltd", "émigré 🚢"])
def test_a_hostile_name_leaves_the_file_well_formed(tmp_path: Path, name: str) -> None:
    world = World()
    world.page("d1", [("body", f"{name} met Okvel.")], {name: ("e-<1>", "ORG"), "Okvel": ("e-2", "PERSON")})
    world.add("entities", entity_id="e-<1>", name=name, label="ORG")
    world.add("entities", entity_id="e-2", name="Okvel", label="PERSON")
    warehouse, _ = world.build(tmp_path)
    assert write_graphml(warehouse, tmp_path) == (2, 1)
    nodes, _ = read_graph(tmp_path / FILE)
    assert nodes["e-<1>"]["label"] == name.replace("\x07", "\ufffd").replace("\x00", "\ufffd")


def test_without_a_warehouse_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no warehouse"):
        write_graphml(tmp_path / "warehouse.duckdb", tmp_path / "out")
    assert not (tmp_path / "out").exists()
