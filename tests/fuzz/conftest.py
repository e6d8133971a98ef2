"""Property-based tests of everything that a stranger controls.

An ordinary run tries few examples of each property, so that the folder takes about a minute. `NEUVOJA_FUZZ` multiplies
them: `NEUVOJA_FUZZ=50 python -m pytest tests/fuzz` looks longer, before a release or after a change of what is read.
"""

import os

import hypothesis

from tests.catalogue.conftest import data
from tests.cli.conftest import neuvoja, office
from tests.telegram.conftest import _heartbeat, bot, running, server, settings_for

__all__ = ["_heartbeat", "bot", "data", "examples", "neuvoja", "office", "running", "server", "settings_for"]

TIMES = max(1, int(os.environ.get("NEUVOJA_FUZZ") or 1))
"""How many times the examples of an ordinary run."""


def examples(number: int) -> hypothesis.settings:
    """So many examples of a property in an ordinary run."""
    fixtures = hypothesis.HealthCheck.function_scoped_fixture
    return hypothesis.settings(
        max_examples=number * TIMES, suppress_health_check=[fixtures, hypothesis.HealthCheck.too_slow]
    )
