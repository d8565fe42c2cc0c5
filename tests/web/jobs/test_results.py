"""Snapshots of evidence: whole or not there, and never other than what was written."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update

from desirepath.errors import WebError
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.results import Extent, ReadSource, Results, packed
from desirepath.web.jobs.tables import PARTS

SHOP: dict[str, Any] = {"seq": 7, "epoch": "e1", "made_us": 10, "by": "Ann"}


@pytest.fixture
def log(database: str) -> Iterator[EditLog]:
    log = EditLog(database)
    yield log
    log.close()


def test_parts_come_back_as_they_were(log: EditLog) -> None:
    results = Results(log.engine)
    report = {"title": "Käufer \u202e😀", "share": 0.25, "none": None}
    source = ReadSource("events.csv", "ab" * 32, 12)
    extent = Extent(3, 12, "2024-01-01", "2024-02-01")
    made = results.add(
        "shop", "check", {"report": report, "groups": []}, sources=[source], extent=extent, **SHOP
    )  # fmt: skip
    assert results.newest("shop") == made == results.one(made.id)
    assert (made.sources, made.extent, made.seq) == ((source,), extent, 7)
    assert results.names(made.id) == ("groups", "report")
    assert results.part(made.id, "report") == report
    with pytest.raises(WebError) as caught:
        results.part(made.id, "quotes")
    assert str(caught.value) == (
        'there is no part "quotes" of these results [E760]\n'
        "  Check the map again; old results are thinned out after a while."
    )


def test_the_newest_of_each_kind_is_found(log: EditLog) -> None:
    results = Results(log.engine)
    old = results.add("shop", "check", {}, **SHOP)
    new = results.add("shop", "check", {}, **SHOP | {"made_us": 20})
    drafts = results.add("shop", "discover", {}, **SHOP | {"made_us": 15})
    results.add("other", "check", {}, **SHOP | {"made_us": 30})
    assert results.newest("shop", "check") == new
    assert results.newest("shop", "analyze") is None
    assert results.all("shop") == (new, drafts, old)
    results.drop([new.id])
    assert results.newest("shop") == old


def test_a_damaged_part_is_never_shown(log: EditLog) -> None:
    results = Results(log.engine)
    made = results.add("shop", "check", {"report": {"n": 1}}, **SHOP)
    for damage in (packed({"n": 2}), b"", zlib.compress(b"{}")):
        with log.engine.begin() as connection:
            connection.execute(update(PARTS).values(data=damage))
        with pytest.raises(WebError, match="E761"):
            results.part(made.id, "report")


def test_parts_of_a_snapshot_that_never_came_go_after_a_while(log: EditLog) -> None:
    results = Results(log.engine)
    made = results.add("shop", "check", {"report": {}}, **SHOP)
    results.keep_part("lost", "report", packed({}), 10)
    results.drop_orphans(before_us=10)
    assert results.names("lost") == ("report",)
    results.drop_orphans(before_us=11)
    assert results.names("lost") == ()
    assert results.names(made.id) == ("report",)
