"""Where real logs and surveys lie: below the folder that DESIREPATH_DATA names, never in the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def source(name: str) -> Path:
    """A file or folder of real data; the test is skipped where it is not."""
    folder = os.environ.get("DESIREPATH_DATA")
    if not folder:
        pytest.skip("DESIREPATH_DATA is not set")
    path = Path(folder) / name
    if not path.exists():
        pytest.skip(f"DESIREPATH_DATA holds no {name}")
    return path
