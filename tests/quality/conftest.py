"""One run over samples/landing for the gates."""

import pytest

from tests.pipeline.conftest import sample_home  # noqa: F401 - a fixture
from tests.quality.figures import Figure, measure
from tests.quality.outputs import Outputs, read_outputs


@pytest.fixture(scope="session")
def outputs(sample_home) -> Outputs:  # noqa: F811
    return read_outputs(sample_home)


@pytest.fixture(scope="session")
def figures(outputs) -> dict[str, Figure]:
    return measure(outputs)
