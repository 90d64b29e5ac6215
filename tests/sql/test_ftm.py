"""FollowTheMoney entities, read back and validated by its own library (the extra `ftm`; `make extras` brings it)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from assets.export_command import print_export
from pipeline.warehouse.checks import CheckResult
from pipeline.warehouse.ftm import FILE, write_ftm

Entities = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def entities(harbor: tuple[Path, list[CheckResult]], tmp_path_factory: pytest.TempPathFactory) -> Entities:
    """Everything that the small world exports, by id."""
    pytest.importorskip("followthemoney", reason="the extra `ftm` is not installed: make extras")
    folder = tmp_path_factory.mktemp("ftm")
    written = write_ftm(harbor[0] / "build" / "warehouse.duckdb", folder)
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    assert written == {"Person": 3, "Organization": 1, "Address": 1, "Article": 4, "Mention": 15}
    assert len(lines) == written.total()
    return {entity["id"]: entity for entity in map(json.loads, lines)}


def test_every_entity_is_valid_by_the_library(entities: Entities) -> None:
    from followthemoney import model

    for entity in entities.values():
        proxy = model.get_proxy(entity)
        proxy.schema.validate(proxy.to_dict())


def test_references_lead_to_entities_of_the_range_that_the_model_asks(entities: Entities) -> None:
    from followthemoney import model

    checked = 0
    for entity in entities.values():
        for prop, value in model.get_proxy(entity).itervalues():
            if prop.range is not None:
                checked += 1
                assert model.get(entities[value]["schema"]).is_a(prop.range)
    assert checked >= 15


def test_a_person_has_a_surname_alone_as_weak_alias(entities: Entities) -> None:
    properties = entities["e-marendt"]["properties"]
    assert properties["name"] == ["Ilsa Marendt"]
    assert properties["alias"] == ["I. Marendt"]
    assert properties["weakAlias"] == ["Marendt"]


def test_offsets_cut_the_name_out_of_the_article(entities: Entities) -> None:
    mentions = [entity for entity in entities.values() if entity["schema"] == "Mention"]
    for mention in mentions:
        (document_id,), (name,) = mention["properties"]["document"], mention["properties"]["name"]
        (text,) = entities[document_id]["properties"]["bodyText"]
        assert text[mention["start"] : mention["end"]] == name


def test_an_article_says_what_its_page_said(entities: Entities) -> None:
    properties = entities["d1"]["properties"]
    assert properties["publishedAt"] == ["2031-05-05"]
    assert properties["publisher"] == ["The Harbor Ledger"]
    assert "publishedAt" not in entities["d3"]["properties"]


def test_without_the_library_the_command_says_what_to_install(
    harbor: tuple[Path, list[CheckResult]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    (tmp_path / "warehouse.duckdb").symlink_to(harbor[0] / "build" / "warehouse.duckdb")
    assert not print_export(tmp_path, "ftm", tmp_path / "out")
    assert "dramatis[ftm]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
