"""Drafts for each value of a segment, and what to look at first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.discover.by import discover_by
from desirepath.discover.draft import discover_maps
from desirepath.errors import CheckError
from desirepath.events.sequences import Sequences
from desirepath.maps.lint import lint_map

Log = Callable[..., Sequences]


def two_sides(log: Log, web: int = 200, app: int = 150, tv: int = 5) -> Sequences:
    return log(
        *["look search basket pay"] * web,
        *["look scan pay"] * app,
        *["look"] * tv,
        segments={"Side": ["Web"] * web + ["App"] * app + ["TV"] * tv},
    )


def test_each_value_with_enough_cases_has_its_map(log: Log) -> None:
    found = discover_by(two_sides(log), "Side", goal="pay")
    assert found.values == ("Web", "App")
    assert found.too_few == (("TV", 5),)
    maps = [draft.best for draft in found.drafts]
    assert [one.title for one in maps] == [
        "From “Look” to “Pay” (Side: Web)",
        "From “Look” to “Pay” (Side: App)",
    ]
    assert [one.id for one in maps] == ["discovered-web", "discovered-app"]
    assert [one.step_ids() for one in maps] == [
        ("look", "search", "basket", "pay"),
        ("look", "scan", "pay"),
    ]
    assert [draft.evidence.map_id for draft in found.drafts] == [one.id for one in maps]
    assert not any(
        finding.severity != "hint" for one in maps for finding in lint_map(one)
    )


def test_where_the_values_differ_is_said(log: Log) -> None:
    found = discover_by(two_sides(log), "Side")
    assert {one.activity: one.shares for one in found.differences} == {
        "search": (1.0, 0.0),
        "basket": (1.0, 0.0),
        "scan": (0.0, 1.0),
    }
    assert all(one.stands_out == (True, True) for one in found.differences)
    data = found.to_dict()
    assert [one["value"] for one in data["values"]] == ["Web", "App"]
    assert data["too_few"] == [{"value": "TV", "cases": 5}]


def test_values_that_do_the_same_do_not_differ(log: Log) -> None:
    rng = np.random.default_rng(1)
    cases = ["look pay" if paid else "look" for paid in rng.random(600) < 0.5]
    side = ["a" if one else "b" for one in rng.random(600) < 0.5]
    assert discover_by(log(*cases, segments={"s": side}), "s").differences == ()


def test_as_many_maps_as_asked_for_each_value(log: Log) -> None:
    shop = log(
        *["a b c d"] * 60,
        *["x y z"] * 60,
        *["a b c d"] * 120,
        segments={"s": ["one"] * 120 + ["two"] * 120},
    )
    found = discover_by(shop, "s", maps=2)
    by_value = dict(zip(found.values, found.drafts, strict=True))
    assert [one.id for one in by_value["one"].maps] == [
        "discovered-one",
        "discovered-2-one",
    ]


def test_a_segment_that_does_not_exist_is_named(log: Log) -> None:
    with pytest.raises(CheckError) as error:
        discover_by(two_sides(log), "Sides")
    assert str(error.value) == (
        'no segment is called "Sides" [E416]\n'
        '  Did you mean "Side"? Known names: Side. Name a column of the events with --segment to keep it.'
    )


def test_a_segment_of_small_values_is_refused(log: Log) -> None:
    with pytest.raises(CheckError) as error:
        discover_by(two_sides(log, 99, 10, 1), "Side")
    assert str(error.value) == (
        'no value of "Side" has 100 cases [E417]\n'
        "  The most frequent is Web: 99. Choose another segment."
    )


def test_what_to_look_at_first_is_what_most_people_meet(log: Log) -> None:
    shop = log(
        *["look basket:100 pay:4000 get:5000"] * 100,
        *["look basket look basket pay get"] * 30,
        *["look basket help"] * 50,
        *["look basket"] * 40,
        *["look"] * 10,
    )
    found = discover_maps(shop, goal="get")
    looks = {look.kind: (look.at, look.to, look.cases) for look in found.looks}
    assert looks == {
        "leave": ("basket", "", 90),
        "costs": ("help", "", 50),
        "return": ("look", "", 30),
        "slow": ("basket", "pay", 130),
    }
    assert [look.kind for look in found.looks] == ["leave", "costs", "return", "slow"]


def test_without_a_goal_no_end_is_called_a_loss(log: Log) -> None:
    found = discover_maps(log(*["a b c d"] * 60, *["a b"] * 40))
    assert "leave" not in {look.kind for look in found.looks}
    assert found.ends == (("d", 60), ("b", 40))


def test_steps_of_another_map_are_no_detour(log: Log) -> None:
    found = discover_maps(log(*["a b c d"] * 60, *["x y z"] * 50, *["a b q c d"] * 10))
    detours = {look.at for look in found.looks if look.kind == "detour"}
    assert detours <= {"q"}
