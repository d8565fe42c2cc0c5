"""What a library shows of a map: tags, origin, last review, and maps of details."""

from __future__ import annotations

import pytest

from desirepath.errors import MapError
from desirepath.maps.files import map_text, parse_map

TEXT = """\
format: desirepath/map/1
id: shop
title: I order
origin: classic
tags: [web, b2b]
reviewed: 2026-03-02
stages:
  - id: buy
    name: Buy
    steps:
      - id: pay
        name: I pay
        detail: paying
"""


def test_tags_origin_review_and_detail_are_read_and_written() -> None:
    journey = parse_map(TEXT)
    assert journey.tags == ("web", "b2b")
    assert (journey.origin, journey.reviewed) == ("classic", "2026-03-02")
    assert [step.detail for step in journey.steps()] == ["paying"]
    assert parse_map(map_text(journey)) == journey


@pytest.mark.parametrize("date", ["2026-02-30", "20260302", "soon", "2026-W10-1"])
def test_a_review_has_a_day(date: str) -> None:
    with pytest.raises(MapError) as error:
        parse_map(TEXT.replace("2026-03-02", f'"{date}"'))
    (problem,) = error.value.problems
    said = (problem.code, problem.what, problem.hint)
    assert said == ("E117", f'"{date}" is not a date', "Write it as 2026-03-02.")
