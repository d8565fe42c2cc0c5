"""Bad times, from facts written by hand."""

from __future__ import annotations

from collections.abc import Callable

from tests.analyze.facts_by_hand import evidence, only, share

from desirepath.analyze.bad_times import bad_times
from desirepath.events.sequences import Sequences
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]


def test_the_bad_weeks_are_named(shop: JourneyMap) -> None:
    weeks = [f"2024-02-{day:02d}" for day in (1, 8, 15, 22)] + ["2024-03-01"]
    lost = (10, 12, 60, 56, 9)
    facts = evidence(
        share("step:pay", "drop_off", sum(lost), 500),
        *(
            share("step:pay", "drop_off", hits, 100, window_from=week, window_to=week)
            for week, hits in zip(weeks, lost, strict=True)
        ),
    )
    found = only(bad_times(shop, facts), "A1701")
    assert found.words == (
        "From 2024-02-15 to 2024-03-01, 58 % of those at “Pay” leave there; at other times 10 %."
    )


def test_a_persona_of_the_same_customers_is_not_told_beside_its_segment(
    shop: JourneyMap,
) -> None:
    weeks = [f"2024-02-{day:02d}" for day in (1, 8, 15, 22)] + ["2024-03-01"]
    groups = {
        "": (4, 4, 64, 4, 4),
        "device=phone": (2, 2, 62, 2, 2),
        "device=desk": (2, 2, 2, 2, 2),
        "persona=commuter": (2, 2, 62, 2, 2),
    }
    facts = evidence(
        share("step:pay", "drop_off", 80, 1_000),
        *(
            share(
                "step:pay", "then_no_further", hits, 200 if not group else 100,
                segment=group, window_from=week, window_to=week,
            )
            for group, lost in groups.items()
            for week, hits in zip(weeks, lost, strict=True)
        ),
    )  # fmt: skip
    found = only(bad_times(shop, facts), "A1703")
    assert "device phone" in found.words


def test_weeks_lost_at_a_later_step_are_only_looked_at_before_it(
    shop: JourneyMap,
) -> None:
    weeks = [f"2024-02-{day:02d}" for day in (1, 8, 15, 22)] + ["2024-03-01"]
    won = (80, 80, 30, 30, 80)
    facts = evidence(
        *(
            one
            for step in ("look", "pay")
            for one in (
                share(f"step:{step}", "goal", sum(won), 500),
                *(
                    share(
                        f"step:{step}",
                        "goal",
                        hits,
                        100,
                        window_from=week,
                        window_to=week,
                    )
                    for week, hits in zip(weeks, won, strict=True)
                ),
            )
        )
    )
    found = {one.subject: one for one in bad_times(shop, facts).findings}
    assert (found["step:look"].kind, found["step:pay"].kind) == ("look", "fix")
    assert found["step:look"].words.endswith(
        "They may be lost further on: “Pay” stands out in the same weeks."
    )
