"""One run over samples/landing for the gates."""

import pytest

from tests.quality.figures import Figure, measure
from tests.quality.outputs import Outputs, read_outputs


@pytest.fixture(scope="session")
def outputs(sample_home) -> Outputs:
    return read_outputs(sample_home)


@pytest.fixture(scope="session")
def figures(outputs) -> dict[str, Figure]:
    return measure(outputs)
