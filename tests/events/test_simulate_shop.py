"""The plant shop: its truth is in its events, and its files say what its events say."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from numpy.typing import NDArray

from desirepath.events.sequences import Sequences
from desirepath.events.simulate import ShopPlan, ShopWorld, simulate_shop


@pytest.fixture(scope="module")
def shop() -> ShopWorld:
    return simulate_shop(20_000, np.random.default_rng(1))


@pytest.fixture(scope="module")
def folder(shop: ShopWorld, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop.write(tmp_path_factory.mktemp("shop")).parent


def has(
    sequences: Sequences, activity: str, channel: str | None = None
) -> NDArray[np.bool_]:
    """bool[n_cases], which customers show an activity."""
    meant = np.array(
        [
            name == activity and channel in (None, via)
            for name, via in zip(sequences.activities, sequences.channels, strict=True)
        ]
    )
    hits = sequences.case_index()[meant[sequences.codes]]
    return np.bincount(hits, minlength=sequences.case_count) > 0


def test_every_customer_is_one_case(shop: ShopWorld) -> None:
    sequences = shop.sequences()
    assert sequences.case_count == 20_000
    assert has(sequences, "first_visit").all()


def test_payment_fails_on_the_web_and_not_in_the_app(shop: ShopWorld) -> None:
    sequences = shop.sequences()
    shares = {
        device: has(sequences, "pay_failed", device)[
            has(sequences, "pay_start", device)
        ].mean()
        for device in ("web", "app")
    }
    assert abs(shares["web"] - 0.22) < 0.02
    assert shares["app"] < 0.05


def test_who_hears_nothing_of_a_late_parcel_asks(shop: ShopWorld) -> None:
    assert abs(shop.truth.asks_silent - ShopPlan().asks_silent_share) < 0.03
    assert abs(shop.truth.asks_told - ShopPlan().asks_told_share) < 0.04


def test_who_gets_a_call_orders_again(shop: ShopWorld) -> None:
    assert shop.truth.again_after_call > shop.truth.again_without_call + 0.1


def test_nothing_is_written_down_after_the_end_of_observation(shop: ShopWorld) -> None:
    sequences = shop.sequences()
    assert sequences.times_us.max() < sequences.end_us


def test_the_same_seed_gives_the_same_shop() -> None:
    first, second = (
        simulate_shop(500, np.random.default_rng(5)).sequences() for _ in range(2)
    )
    assert (first.codes == second.codes).all()
    assert (first.times_us == second.times_us).all()


def test_another_plan_gives_another_truth() -> None:
    mended = ShopPlan(pay_fails_web_share=0.0)
    shop = simulate_shop(3_000, np.random.default_rng(1), mended)
    assert shop.truth.pay_fails_web == 0


def test_the_files_hold_every_event(shop: ShopWorld, folder: Path) -> None:
    lines = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in folder.iterdir()
        if path.suffix in (".csv", ".jsonl")
    }
    with (folder / "parcels.tsv").open(encoding="utf-8") as file:
        parcels = list(csv.DictReader(file, delimiter="\t"))
    marks = sum(
        row[mark] != ""
        for row in parcels
        for mark in ("handed_over", "delay_notice", "delivered")
    )
    headers = sum(name.endswith(".csv") for name in lines)
    assert sum(lines.values()) - headers + marks == len(shop.columns.customer)


def test_calls_are_written_in_the_clock_of_the_call_center(
    shop: ShopWorld, folder: Path
) -> None:
    with (folder / "calls.csv").open(encoding="utf-8") as file:
        first = next(csv.DictReader(file))
    written = datetime.strptime(first["started"], "%m/%d/%Y %I:%M:%S %p").replace(
        tzinfo=ZoneInfo("America/New_York")
    )
    phone = np.array([channel == "phone" for _, channel in shop.columns.pairs])
    event = phone[shop.columns.pair].argmax()
    assert int(written.timestamp()) == shop.columns.times_us[event] // 1_000_000


def test_the_truth_lies_beside_the_events(shop: ShopWorld, folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert truth["plan"]["pay_fails_web_share"] == 0.22
    assert truth["asks_silent"] == shop.truth.asks_silent
