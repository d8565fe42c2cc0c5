"""Who says what of the same step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desirepath.evidence.disagreement import disagreements
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.claims import Claim, ShareClaim, TimeClaim
from desirepath.maps.model import JourneyMap, Source, Statement

Plan = Callable[..., JourneyMap]


def feels(kind: str, score: float, by: str | None = None) -> Statement:
    source = Source.model_validate({"kind": kind, "by": by})
    name = f"{kind}-{by}-{score:g}".replace(".", "")
    return Statement(id=name, lane="emotion", score=score, source=source)


def felt(value: float, n: int, spread: float) -> Evidence:
    fact = Fact("step:pay", "score", value, "emotion", n, value - 0.1, value + 0.1, target="emotion", spread=spread)  # fmt: skip
    return Evidence("shop", (fact,), 100, 100, 100, "", "")


def test_staff_and_management_who_feel_alike_do_not_disagree(plan: Plan) -> None:
    journey = plan(
        "pay", claims={"pay": [feels("staff", 1), feels("management", 0.75)]}
    )
    assert disagreements(journey) == ()


def test_contributors_are_exchanged_where_three_of_each_side_spoke(plan: Plan) -> None:
    said = [feels("staff", score, by) for score, by in ((-1, "a"), (-1, "b"), (-2, "c"))]  # fmt: skip
    said += [feels("management", score, by) for score, by in ((1, "x"), (2, "y"), (1, "z"))]  # fmt: skip
    (one,) = disagreements(plan("pay", claims={"pay": said}))
    assert one.step == "pay"
    assert [(name, n) for name, n, _ in one.sides] == [("management", 3), ("staff", 3)]
    assert one.spread == pytest.approx(8 / 3)
    assert one.p == pytest.approx(0.1)
    assert one.words == (
        "“Pay”, emotion: management +1.3 (n 3); staff -1.3 (n 3)."
        " Chance alone would do this in 10 % of such maps."
    )


def test_several_statements_of_one_person_are_one_voice(plan: Plan) -> None:
    said = [feels("staff", -2, "a"), feels("staff", -1, "a"), feels("management", 1)]
    (one,) = disagreements(plan("pay", claims={"pay": said}))
    assert one.sides == (("management", 1, 1.0), ("staff", 1, -1.5))
    assert one.p is None
    assert one.words.endswith("Too few voices to test: ask at least 3 of each side.")


def test_what_a_model_drafted_is_no_side(plan: Plan) -> None:
    said = [feels("ai", 2), feels("staff", -2)]
    assert disagreements(plan("pay", claims={"pay": said})) == ()


def test_customers_answers_are_a_side_of_their_own(plan: Plan) -> None:
    said = [feels("staff", score, by) for score, by in ((1, "a"), (1.5, "b"), (2, "c"))]
    (one,) = disagreements(plan("pay", claims={"pay": said}), felt(-0.5, 200, 1.0))
    assert one.sides == (("staff", 3, 1.5), ("customer answers", 200, -0.5))
    assert one.p is not None
    assert one.p < 0.05


def claims(kind: str, claim: Claim) -> Statement:
    source = Source.model_validate({"kind": kind})
    return Statement(id=kind, lane="pains", text="It", source=source, claim=claim)


def test_claims_of_which_one_must_be_wrong_are_shown(plan: Plan) -> None:
    said = [
        claims("management", Claim(share=ShareClaim(activity="fail", at_most="5%"))),
        claims("staff", Claim(share=ShareClaim(activity="fail", at_least="20%"))),
    ]
    (one,) = disagreements(plan("pay", claims={"pay": said}))
    assert one.sides == (("staff", 1, 0.2), ("management", 1, 0.05))
    assert one.unit == "share"
    assert one.words == (
        "“Pay”, pains: staff says at least 20 % for share fail; "
        "management says at most 5 % for share fail. Both cannot be true."
    )


@pytest.mark.parametrize(
    "other",
    [
        Claim(share=ShareClaim(activity="fail", at_most="25%")),
        Claim(share=ShareClaim(activity="wait", at_most="5%")),
        Claim(time=TimeClaim(to="post", typical_at_most="2d")),
    ],
)
def test_claims_that_can_both_be_true_are_no_disagreement(
    plan: Plan, other: Claim
) -> None:
    said = [
        claims("management", other),
        claims("staff", Claim(share=ShareClaim(activity="fail", at_least="20%"))),
    ]
    assert disagreements(plan("pay", claims={"pay": said})) == ()


def test_times_differ_by_a_fifth_or_more(plan: Plan) -> None:
    def takes(kind: str, duration: str) -> Statement:
        source = Source.model_validate({"kind": kind})
        return Statement(id=kind, lane="time", duration=duration, source=source)

    near = plan("pay", claims={"pay": [takes("staff", "10m"), takes("data", "9m")]})
    far = plan("pay", claims={"pay": [takes("staff", "10m"), takes("data", "4m")]})
    assert disagreements(near) == ()
    (one,) = disagreements(far)
    assert one.words.startswith("“Pay”, time: staff 10 min (n 1); data 4 min (n 1).")
