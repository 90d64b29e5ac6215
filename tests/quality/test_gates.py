"""No figure on samples/gold falls below its floor in floors.yml: raise a floor when the figure has risen."""

from pathlib import Path

import pytest
import yaml

FLOORS = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", FLOORS)
def test_the_figure_holds_its_floor(name, figures):
    figure = figures[name]
    faults = "\n".join(figure.wrong[:30])
    assert figure.value >= FLOORS[name], f"{name} is {figure.value:.4f}, floor {FLOORS[name]}:\n{faults}"


def test_every_figure_has_a_floor(figures):
    assert set(figures) == set(FLOORS)


def test_every_gold_page_is_published_with_its_own_text(outputs):
    assert set(outputs.aligned) == {page.page_id for page in outputs.pages}
    assert all(pair.has_same_text for pair in outputs.aligned.values())
