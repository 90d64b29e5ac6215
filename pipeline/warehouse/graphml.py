"""Who is named with whom as GraphML (http://graphml.graphdrawing.org), for Gephi, Cytoscape, igraph and NetworkX.

Nodes are entities, edges the rows of `entity_pairs`. Each edge names one paragraph that it stands for, with the
offsets of both names in the document's raw text (code points, end-exclusive).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from pipeline.warehouse import atomic
from pipeline.warehouse.query import open_warehouse, stream_rows

FILE = "entity_pairs.graphml"
# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")

_NODE_KEYS = {
    "label": "string",
    "kind": "string",
    "mention_count": "long",
    "document_count": "long",
    "outlet_count": "long",
    "country_code": "string",
}
_EDGE_KEYS = {
    "weight": "double",
    "document_count": "long",
    "outlet_count": "long",
    "document_id": "string",
    "start_a": "long",
    "end_a": "long",
    "start_b": "long",
    "end_b": "long",
}

# `label` is what graph tools write beside a node.
_NODES = """
select entity_id as id, name as label, label as kind, mention_count, document_count, outlet_count, country_code
from entities where entity_id in (select entity_id_a from entity_pairs union select entity_id_b from entity_pairs)
order by entity_id
"""
_EDGES = """
with named as (
    select entity_id, document_id, block_no, min(start) as start, arg_min("end", start) as "end"
    from mentions group by all
),
shown as (
    select a.entity_id as entity_id_a, b.entity_id as entity_id_b,
        arg_min(
            {'document_id': a.document_id, 'start_a': a.start, 'end_a': a."end", 'start_b': b.start, 'end_b': b."end"},
            (a.document_id, a.block_no)
        ) as example
    from named as a
    inner join named as b
        on a.document_id = b.document_id and a.block_no = b.block_no and a.entity_id < b.entity_id
    group by all
)
select entity_id_a as source, entity_id_b as target, paragraph_count as weight, document_count, outlet_count,
    unnest(example)
from entity_pairs inner join shown using (entity_id_a, entity_id_b)
order by entity_id_a, entity_id_b
"""


def write_graphml(warehouse: Path, folder: Path) -> tuple[int, int]:
    """Write <folder>/entity_pairs.graphml from a published warehouse; returns the numbers of nodes and edges.

    An entity that is named with no other is no node. A character that XML cannot hold becomes U+FFFD. Raises
    FileNotFoundError when there is no warehouse.
    """
    with (
        open_warehouse(warehouse) as con,
        atomic.replacing(folder / FILE) as path,
        path.open("w", encoding="utf-8") as stream,
    ):
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        for owner, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
            for name, kind in keys.items():
                stream.write(f'<key id="{owner}.{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n')
        stream.write('<graph id="dramatis" edgedefault="undirected">\n')
        nodes = _write_all(stream, "node", ("id",), _NODE_KEYS, stream_rows(con, _NODES))
        edges = _write_all(stream, "edge", ("source", "target"), _EDGE_KEYS, stream_rows(con, _EDGES))
        stream.write("</graph>\n</graphml>\n")
    return nodes, edges


def _write_all(
    stream: TextIO, owner: str, attributes: Iterable[str], keys: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> int:
    written = 0
    for row in rows:
        head = " ".join(f"{name}={quoteattr(_xml(row[name]))}" for name in attributes)
        data = (f'<data key="{owner}.{k}">{escape(_xml(row[k]))}</data>' for k in keys if row[k] is not None)
        stream.write(f"<{owner} {head}>{''.join(data)}</{owner}>\n")
        written += 1
    return written


def _xml(value: Any) -> str:
    return _NOT_XML.sub("\ufffd", str(value))
