"""Kinds of customers week by week, counted by hand, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable

from desirepath.analyze.bad_times import bad_times
from desirepath.events.sequences import Sequences
from desirepath.evidence.error_names import is_error
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
WEEK_S = 7 * 86_400
WEEKS, EACH = 6, 40
BROKEN = 3  # the week in which phones meet an error


def shop(log: Log, *, few: int = EACH) -> Sequences:
    """Forty phones and forty desks a week; each tenth stays at the basket, in one week half of the phones."""
    cases, device = [], []
    for week in range(WEEKS):
        for kind, count in (("phone", few), ("desk", EACH)):
            for number in range(count):
                second = week * WEEK_S + number
                is_broken = kind == "phone" and week == BROKEN and number % 2
                if is_broken:
                    words = f"look:{second} basket:{second + 60} form_error:{second + 90} look:{second + 99}"
                elif number % 10 == 0:
                    words = f"look:{second} basket:{second + 60}"
                elif number % 10 == 1:
                    words = f"look:{second} basket:{second + 60} form_error:{second + 70} pay:{second + 99}"
                else:
                    words = f"look:{second} basket:{second + 60} pay:{second + 99}"
                cases.append(words)
                device.append(kind)
    return log(*cases, segments={"device": device})


def then(evidence: Evidence, measure: str, segment: str) -> list[Fact]:
    return list(evidence.select("step:basket", measure, segment=segment))


def counts(facts: list[Fact]) -> list[tuple[int, int]]:
    return [(one.hits, one.cases) for one in facts]


def test_each_kind_is_counted_week_by_week_beside_all(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look basket pay", goal="pay"), shop(log), every="week")
    phones = then(evidence, "then_no_further", "device=phone")
    assert counts(phones) == [(4, 40), (4, 40), (4, 40), (24, 40), (4, 40), (4, 40)]
    everyone = then(evidence, "then_no_further", "")
    assert counts(everyone)[BROKEN] == (28, 80)
    # the same days for all, whoever came first
    assert [one.window_from for one in phones] == [one.window_from for one in everyone]
    met = then(evidence, "then_meets", "device=phone")
    assert [one.target for one in met] == ["form_error"] * WEEKS
    assert counts(met)[BROKEN] == (20, 40)


def test_a_kind_with_too_few_cases_a_week_is_not_asked(log: Log, plan: Plan) -> None:
    journey = plan("look basket pay", goal="pay")
    few = measure_map(journey, shop(log, few=29), every="week")
    assert not then(few, "then_no_further", "device=phone")
    assert then(few, "then_no_further", "device=desk")
    whole = measure_map(journey, shop(log))
    assert not list(whole.select(None, "then_no_further"))


def test_the_kind_the_weeks_and_what_it_costs_are_said(log: Log, plan: Plan) -> None:
    journey = plan("look basket pay", goal="pay")
    section = bad_times(journey, measure_map(journey, shop(log), every="week"))
    said = {one.code: one.words for one in section.findings}
    assert said["A1703"] == (
        "From 2024-01-22 to 2024-01-29, 60 % of those with device phone at “Basket” get no further, "
        "and 10 % of the others; at other times 10 % and 10 %."
    )
    # 44 of 64 and 368 of 416
    assert said["A1704"] == (
        "From 2024-01-22 to 2024-01-29, 50 % of those with device phone at “Basket” meet “form_error”, "
        "and 10 % of the others; at other times 10 % and 10 %. "
        "Of those who meet it 69 % reach the goal, of the others there 88 %."
    )


def test_names_that_mean_an_error_are_known_in_several_languages() -> None:
    names = ("HTTP 404", "Fehler", "checkout_bug", "決済エラー", "خطأ في الدفع")
    assert all(is_error(name) for name in names)
    assert not any(is_error(name) for name in ("debug", "budget", "look", "step 4040"))
