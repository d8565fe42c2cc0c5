"""Awkward logs: a poster all the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.discover.draft import discover_maps
from desirepath.discover.families import find_families
from desirepath.discover.represent import represent
from desirepath.discover.way import first_only
from desirepath.events.sequences import Sequences
from desirepath.evidence.binding import bind
from desirepath.maps.lint import lint_map

Log = Callable[..., Sequences]


def assert_fits_a_poster(log: Sequences, least: int = 3, most: int = 12) -> None:
    for maps in (None, 1):
        for one in discover_maps(log, maps=maps).maps:
            assert least <= len(one.step_ids()) <= most
            assert bind(one, log).is_bound.all()
            assert all(f.severity == "hint" for f in lint_map(one))


def numbered(cases: list[np.ndarray], names: list[str]) -> Sequences:
    """Cases of numbers of activities, without times."""
    lengths = [len(case) for case in cases]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    keys = np.arange(len(cases), dtype=np.int64)
    return Sequences(
        activities=tuple(names),
        channels=("",) * len(names),
        offsets=offsets,
        codes=np.concatenate(cases).astype(np.uint32),
        times_us=np.arange(offsets[-1], dtype=np.int64),
        case_keys=keys,
        customers=keys,
        has_times=False,
    )


def test_names_with_products_are_joined(log: Log) -> None:
    rng = np.random.default_rng(1)
    products = rng.integers(0, 208, 900)
    shop = log(
        *(
            f"view:_{one} order:_{one} home send_{one}".replace(":", "")
            for one in products
        )
    )
    assert len(set(shop.activities)) > 600
    found = discover_maps(shop)
    assert [step.name for step in found.best.steps()] == [
        "View …",
        "Order …",
        "Home",
        "Send …",
    ]
    patterns = [one.activity for step in found.best.steps() for one in step.events]
    assert patterns == ["view_*", "order_*", "home", "send_*"]
    families = found.ledger.of("family")
    assert sorted(line.events for line in families) == [900, 900, 900]
    assert_fits_a_poster(shop)


def test_a_family_never_means_a_common_activity() -> None:
    names = ["view all", *(f"view {one}" for one in range(9))]
    is_rare = np.array([False] + [True] * 9)
    assert find_families(names, is_rare, np.ones(10, dtype=np.int64)) == ()


def test_products_may_come_first_in_names() -> None:
    names = [f"{one}/view" for one in ("lamp", "pot", "rug", "bed", "sofa")]
    (family,) = find_families(names, np.ones(5, dtype=bool), np.ones(5, dtype=np.int64))
    assert family.pattern == "*/view"


def test_activities_that_are_all_rare_still_make_a_map() -> None:
    rng = np.random.default_rng(2)
    names = [chr(0x4E00 + one) * 2 for one in range(500)]
    cases = [rng.choice(500, size=6, replace=False) for _ in range(200)]
    assert_fits_a_poster(numbered(cases, names), least=1)


def test_forty_thousand_activities_do_not_matter() -> None:
    """More activities than a block of characters can name."""
    rng = np.random.default_rng(3)
    names = ["look", "basket", "pay", *(f"{one:x}" for one in range(40_000))]
    cases = [np.array([0, 3 + int(rng.integers(40_000)), 1, 2]) for _ in range(2_000)]
    found = discover_maps(numbered(cases, names)).best
    assert found.step_ids() == ("look", "basket", "pay")


def test_almost_all_cases_may_be_unique() -> None:
    rng = np.random.default_rng(4)
    names = [f"does {chr(97 + one)}" for one in range(20)]
    cases = [rng.permutation(20)[: rng.integers(8, 20)] for _ in range(600)]
    assert_fits_a_poster(numbered(cases, names), least=1)


def test_a_single_activity_and_equal_cases(log: Log) -> None:
    assert_fits_a_poster(log(*["look"] * 5), least=1)
    assert_fits_a_poster(log(*["look pay get"] * 50))
    assert discover_maps(log(*["look pay get"] * 50)).near_cases == 50


def test_one_case_of_a_hundred_thousand_events() -> None:
    rng = np.random.default_rng(5)
    names = [f"does {chr(97 + one)}" for one in range(10)]
    cases = [np.arange(10) for _ in range(50)]
    cases.append(rng.integers(0, 10, 100_000))
    shop = numbered(cases, names)
    found = discover_maps(shop)
    assert len(found.best.step_ids()) == 10
    assert found.ledger.events == 100_500


def test_everybody_may_do_something_else(log: Log) -> None:
    found = discover_maps(log("a", "b", "c", "d"))
    assert found.cases == 4
    assert found.ledger.shown_cases <= 4


@pytest.mark.parametrize("seed", range(3))
def test_cases_that_were_not_compared_are_counted_with_the_nearest(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desirepath.discover.represent.MAX_DISTINCT", 50)
    rng = np.random.default_rng(seed)
    names = [f"does {chr(97 + one)}" for one in range(12)]
    base = [np.arange(6), np.arange(6, 12)]
    cases = []
    for case in range(1_000):
        own = base[case % 2]
        own = own[rng.random(6) < 0.8]
        cases.append(own if len(own) else base[case % 2][:1])
    log = numbered(cases, names)
    order, offsets = first_only(log.codes.astype(np.int64), log.offsets, 12)
    found = represent(order, offsets, 12, rng, kinds=2)
    assert found.compared_cases < 1_000
    assert found.cases.sum() == 1_000
    side = np.array([case[0] >= 6 for case in cases])
    agree = (found.of_case == side).mean()
    assert max(agree, 1 - agree) > 0.99
