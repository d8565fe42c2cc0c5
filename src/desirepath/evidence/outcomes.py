"""All facts on what goes along with reaching the goal or being content: effects, credit, drivers. Measures nothing itself."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.events.sequences import IntArray
from desirepath.evidence.credit import credit_facts
from desirepath.evidence.drivers import driver_facts
from desirepath.evidence.effects import effect_facts
from desirepath.evidence.facts import Fact
from desirepath.evidence.groups import Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid


def outcome_facts(
    laid: Laid, heard: Heard | None, customers: IntArray, group: Group
) -> Iterator[Fact]:
    """Effects of steps, activities and claims, credit of steps, drivers of the outcome.

    Args:
        laid: Map and cases.
        heard: Answers of customers, if there are any.
        customers: int64[n_cases], number of the customer of each case.
        group: All cases.
    """
    yield from effect_facts(laid, heard, customers, group)
    yield from credit_facts(laid, customers, group)
    if heard is not None:
        yield from driver_facts(laid, heard, group)
