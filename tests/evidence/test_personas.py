"""Personas held against cases written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desirepath.check.persona_ranks import rank_personas
from desirepath.check.verdicts import check_map
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.evidence.personas import cases_of, stood_for
from desirepath.maps.claims import Claim, GoalClaim
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona, Segment

# per kind: device, activities, cases
KINDS = (
    ("mobile", "look pay", 20),
    ("mobile", "look", 80),
    ("desktop", "look chat chat pay", 50),
    ("desktop", "look chat", 50),
)


@pytest.fixture(scope="module")
def shop(log: Callable[..., Sequences]) -> Sequences:
    cases = [(activities, device) for device, activities, n in KINDS for _ in range(n)]
    return log(
        *(activities for activities, _ in cases),
        segments={"device": [device for _, device in cases]},
    )


def bound(name: str, **segment: object) -> Persona:
    return Persona(id=name, name=name.title(), segment=Segment(name=name, **segment))  # type: ignore[arg-type]


def plan(*personas: Persona, statements: tuple[Statement, ...] = ()) -> JourneyMap:
    steps = tuple(
        Step(
            id=name,
            name=name,
            events=(EventPattern(activity=name),),
            statements=statements if name == "look" else (),
        )
        for name in ("look", "pay")
    )
    return JourneyMap(
        id="shop",
        title="Shop",
        goal=Goal(text="Mine", success="pay"),
        personas=personas,
        stages=(Stage(id="buy", name="Buy", steps=steps),),
    )


def share(evidence: Evidence, persona: str, what: str) -> tuple[int, int]:
    fact = evidence.find(f"persona:{persona}", f"persona_{what}")
    assert fact is not None
    return fact.hits, fact.cases


@pytest.mark.parametrize(
    ("segment", "count"),
    [
        ({"rule": {"device": "mobile"}}, 100),
        ({"rule": {"device": "m*"}}, 100),
        ({"rule": {"device": ("mobile", "desktop")}}, 200),
        ({"rule": {"device": "desktop"}, "did": "pay"}, 50),
        ({"did": ("chat", "pay")}, 50),
        ({"did": "c*", "times_at_least": 2}, 50),
        ({"did_not": ("chat", "pay")}, 80),
    ],
)
def test_a_rule_says_who_is_meant(
    segment: dict[str, object], count: int, shop: Sequences
) -> None:
    rule = Segment(name="x", **segment)  # type: ignore[arg-type]
    assert int(cases_of(rule, shop).sum()) == count


def test_shares_goals_and_pains_of_a_persona(shop: Sequences) -> None:
    evidence = measure_map(plan(bound("mia", rule={"device": "mobile"})), shop)
    assert share(evidence, "mia", "share") == (100, 200)
    assert share(evidence, "mia", "customers") == (100, 200)
    assert share(evidence, "mia", "goal") == (20, 100)
    assert share(evidence, "mia", "value") == (20, 70)
    assert share(evidence, "mia", "pain") == (80, 200)
    nobody = evidence.find("map", "persona_nobody")
    assert nobody is not None
    assert nobody.hits == 100


def test_customers_count_once_however_many_cases_they_have(
    log: Callable[..., Sequences],
) -> None:
    few = log("look pay", "look", "look pay", "look", customers=[1, 1, 2, 3])
    evidence = measure_map(plan(bound("buyer", did="pay")), few)
    assert share(evidence, "buyer", "share") == (2, 4)
    assert share(evidence, "buyer", "customers") == (2, 3)


def test_cases_that_two_personas_share_are_told(shop: Sequences) -> None:
    both = plan(bound("mia", rule={"device": "desktop"}), bound("bob", did="pay"))
    report = rank_personas(both, measure_map(both, shop))
    assert [
        (row.id, [(name, fact.hits) for name, fact in row.overlaps])
        for row in report.rows
    ] == [("mia", [("bob", 50)]), ("bob", [("mia", 50)])]


@pytest.mark.parametrize(
    ("persona", "why"),
    [
        (Persona(id="x", name="X"), "no segment.rule says who they are"),
        (
            bound("x", rule={"planet": "mars"}),
            'no property of cases is called "planet"; known: device',
        ),
        (bound("x", did="fly*"), 'no activity matches "fly*"'),
    ],
)
def test_what_the_data_cannot_tell_is_said_and_not_zero(
    persona: Persona, why: str, shop: Sequences
) -> None:
    journey = plan(persona)
    (stood,) = stood_for(journey, shop)
    assert stood.cases is None
    evidence = measure_map(journey, shop)
    assert evidence.find("persona:x", "persona_share") is None
    assert evidence.sources["persona x"] == f"cannot be told: {why}"
    assert rank_personas(journey, evidence).rows[0].why_not == why


def test_a_statement_about_a_persona_is_held_against_its_cases(shop: Sequences) -> None:
    # 20 % of the mobile cases pay, 35 % of all
    claim = Claim(goal=GoalClaim(at_most="35%"))
    statements = (
        Statement(id="all", lane="pains", text="Few pay", claim=claim),
        Statement(id="hers", lane="pains", text="Few pay", claim=claim, persona="mia"),
    )
    journey = plan(bound("mia", rule={"device": "mobile"}), statements=statements)
    report = check_map(journey, measure_map(journey, shop))
    everybody, hers = (report.of(f"statement:{name}")[0] for name in ("all", "hers"))
    assert everybody.value == pytest.approx(0.35)
    assert (hers.value, hers.n, hers.verdict) == (0.2, 100, "confirmed")


def test_a_statement_about_a_persona_nobody_can_tell_is_about_all(
    shop: Sequences,
) -> None:
    claim = Claim(goal=GoalClaim(at_most="90%"))
    statement = Statement(id="hers", lane="pains", claim=claim, persona="mia")
    journey = plan(Persona(id="mia", name="Mia"), statements=(statement,))
    (verdict,) = check_map(journey, measure_map(journey, shop)).of("statement:hers")
    assert verdict.value == pytest.approx(0.35)


def test_the_persona_that_leads_twice_without_a_tie_comes_first(
    log: Callable[..., Sequences],
) -> None:
    many = log(
        *["look"] * 300,
        *["look pay"] * 100,
        *["look chat"] * 40,
        *["look chat pay"] * 60,
    )
    journey = plan(bound("quiet", did_not="chat"), bound("talker", did="chat"))
    report = rank_personas(journey, measure_map(journey, many))
    assert report.first == "quiet"
    assert report.first_by == ("popularity", "value", "pain")


def test_a_tie_is_said_and_leads_nowhere(shop: Sequences) -> None:
    journey = plan(
        bound("mia", rule={"device": "mobile"}),
        bound("dan", rule={"device": "desktop"}),
    )
    report = rank_personas(journey, measure_map(journey, shop))
    by = {rank.by: (rank.order[0][0], rank.ties) for rank in report.ranks}
    assert by["popularity"] == ("mia", ("dan",))
    assert by["value"] == ("dan", ())
    assert report.to_dict()["format"] == "desirepath/personas/1"
