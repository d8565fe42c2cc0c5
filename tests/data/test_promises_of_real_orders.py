"""Promised days of 4,000 real orders, and expectations of a shop's survey."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.real_data import source

from desirepath.events.feedback.read import read_feedback
from desirepath.events.read import read_events
from desirepath.evidence.measure import measure_map
from desirepath.maps.files import parse_map, read_map

pytestmark = pytest.mark.data

MAP = """format: desirepath/map/1
id: orders
title: I order online
stages:
  - id: order
    name: Order
    steps:
      - {id: buy, name: I buy, events: [{activity: buy}]}
      - {id: receive, name: I receive it, events: [{activity: deliver}]}
      - id: promised-day
        name: The day we promised passes
        events: [{activity: promised day}]
        statements:
          - {id: kept, lane: promise, text: It is here before, claim: {order: {after: receive, at_least: 95%}}}
"""


def test_a_promised_day_for_each_order_is_kept_or_not(tmp_path: Path) -> None:
    file = source("olist-orders-sample/olist_orders_dataset.csv")
    recipe = tmp_path / "orders.yaml"
    recipe.write_text(
        f"""format: desirepath/recipe/1
sources:
  - files: {file}
    case: order_id
    customer: customer_id
    wide:
      order_purchase_timestamp: buy
      order_delivered_customer_date: deliver
      order_estimated_delivery_date: promised day
"""
    )
    fact = measure_map(parse_map(MAP), read_events(recipe)).find(
        "step:promised-day", "promise_kept"
    )
    assert fact is not None
    # counted by hand: delivered before the promised day, of the orders whose day has passed
    assert (fact.hits, fact.cases) == (3559, 3995)


def test_who_came_to_the_checkout_expected_more_than_they_got() -> None:
    journey = read_map(Path(__file__).with_name("ecommerce.yaml"))
    log = read_events(source("rete-ecom/ecom.csv.gz"))
    feedback = read_feedback(source("rete-ecom-feedback/survey.csv"))
    evidence = measure_map(journey, log, feedback=feedback)
    checkout = evidence.find("stage:checkout", "expectation_gap")
    browsing = evidence.find("step:browse", "expectation_gap")
    assert checkout is not None
    assert browsing is not None
    assert checkout.target == "paired"
    assert (checkout.high or 0) < -0.4
    assert (browsing.low or 0) < 0 < (browsing.high or 0)


def test_who_bought_before_the_payment_page_was_promised_nothing_there() -> None:
    journey = read_map(Path(__file__).with_name("ecommerce.yaml"))
    log = read_events(source("rete-ecom/ecom.csv.gz"))
    evidence = measure_map(journey, log, segments=())
    found = [
        (fact.measure, fact.hits, fact.cases)
        for fact in evidence.facts
        if fact.target == "pay-quick" and fact.subject == "step:pay"
        if fact.measure.startswith("promise_")
    ]
    assert found == [
        ("promise_kept", 93, 427),
        ("promise_reached", 265, 427),
        ("promise_before", 205, 632),
    ]
