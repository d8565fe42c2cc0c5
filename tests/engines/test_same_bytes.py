"""Every engine gives the same bytes, those of plain Python."""

from __future__ import annotations

from tests.engines.conftest import Row, digest, oracle

from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import read_all

DIGEST = "c0f987496810001d2e4e01a75877610d"


def test_plain_python_gives_the_fixed_digest(table: list[Row]) -> None:
    assert oracle(table) == DIGEST


def test_every_engine_gives_the_fixed_digest(source: DatabaseSource) -> None:
    assert digest(read_all(source).sequences) == DIGEST
