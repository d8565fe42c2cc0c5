"""Promise, expectation and delivery of steps and touchpoints, as they are answered. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desirepath.check.claims import EMOTION
from desirepath.evidence.expectations import PAIRED
from desirepath.evidence.facts import Fact
from desirepath.evidence.touchpoints import MADE
from desirepath.maps.promises import TOUCHPOINT
from desirepath.render.views.gaps import gap_kind
from desirepath.web.verdicts.groups import Facts
from desirepath.web.verdicts.said import HeldSaid, KeptSaid, MeasuredSaid

Measured = Callable[[Fact | None], MeasuredSaid | None]


def held_at(facts: Facts, refs: Iterable[str], measured: Measured) -> Iterator[HeldSaid]:  # fmt: skip
    """What is known of promises and expectations at each place; places of which nothing is known are left out.

    Args:
        facts: Numbers of one group.
        refs: Steps and touchpoints.
        measured: A fact as it is answered, None where it is not.
    """
    for ref in refs:
        expected = facts.get(ref, "expectation", EMOTION)
        delivered = facts.get(ref, "delivery", EMOTION)
        gap = facts.first(ref, "expectation_gap")
        kept = facts.all(ref, "promise_kept")
        told = [one for one in (gap, *kept.values(), expected, delivered) if one]
        if not (gap or kept or expected):
            continue
        shown = measured(gap)
        yield HeldSaid(
            ref=ref,
            made=measured(facts.first(ref, MADE)),
            kept=list(_kept(kept, measured)),
            expected=measured(expected),
            delivered=measured(delivered),
            gap=shown,
            sign=gap_kind(gap) if gap and shown else "",
            is_paired=gap is not None and gap.target == PAIRED,
            window_from=told[0].window_from,
            window_to=told[0].window_to,
        )


def _kept(facts: dict[str, Fact], measured: Measured) -> Iterator[KeptSaid]:
    for name, fact in facts.items():
        number = measured(fact)
        if number is not None:
            is_touchpoint = name.startswith(TOUCHPOINT)
            yield KeptSaid(ref=name if is_touchpoint else f"statement:{name}", number=number)  # fmt: skip
