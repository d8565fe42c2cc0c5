"""Both databases, for the tests that hold for both."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.postgres import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'boards.db'}"
    return new_database(request.getfixturevalue("postgres"))
