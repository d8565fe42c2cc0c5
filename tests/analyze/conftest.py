"""The map of a small shop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desirepath.maps.model import JourneyMap


@pytest.fixture
def shop(plan: Callable[..., JourneyMap]) -> JourneyMap:
    return plan("look basket", "pay get", goal="get")
