"""XES event logs (IEEE 1849) as tables, read as a stream."""

from __future__ import annotations

from pathlib import Path

from desirepath.events.schema import Table


def read_xes_file(plain: Path, scratch: Path, path: Path, *, lifecycle: str) -> Table:
    """Table of the events of a log."""
    raise NotImplementedError
