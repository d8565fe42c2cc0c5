"""What the engine may take of the machine it runs on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desirepath.errors import EventsError
from desirepath.events.engine import machine
from desirepath.events.engine.duckdb import DuckDB


def test_the_engine_takes_what_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(machine.VARIABLE, "512 MB")
    with DuckDB([], tmp_path) as engine:
        (row,) = engine.rows("SELECT current_setting('memory_limit')")
    assert row == ("488.2 MiB",)


@pytest.mark.parametrize("text", ["2", "much", "-1GB", "1e99GB", "10MB", "GB"])
def test_what_is_no_size_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(machine.VARIABLE, text)
    told = (
        f'DESIREPATH_MEMORY: "{text}" is no size of at least 256 MB [E288]\n'
        "  Set DESIREPATH_MEMORY=2GB, or leave it away."
    )
    with pytest.raises(EventsError, match=f"^{re.escape(told)}$"):
        machine.memory_limit()


@pytest.mark.parametrize(
    ("limit", "allowed"),
    [("1000000000", 400_000_000), ("100", 256_000_000), ("max", 4_000_000_000)],
)
def test_a_container_that_has_less_than_its_machine_sets_the_limit(
    limit: str, allowed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = min(machine.MOST, int(machine.SHARE * machine.memory_there()))
    file = tmp_path / "memory.max"
    file.write_text(limit)
    monkeypatch.delenv(machine.VARIABLE, raising=False)
    monkeypatch.setattr(machine, "LIMITS", (file, tmp_path / "missing"))
    assert machine.memory_limit() == min(allowed, here)
