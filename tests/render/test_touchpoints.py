"""Promise, expectation and delivery of touchpoints on posters and pages."""

from __future__ import annotations

import re

import pytest

from desirepath.check.verdicts import check_map
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.entry import Entry
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Step
from desirepath.render.page import map_page
from desirepath.render.scene import texts
from desirepath.render.views.poster import poster_scene
from desirepath.render.words import Words

SOON = Claim(time=TimeClaim(to="pay", typical_at_most="5m"))
WEB = "touchpoint:web"


def journey(*lanes: str, language: str = "en") -> JourneyMap:
    steps = tuple(
        Step(
            id=name,
            name=f"I {name}",
            events=(EventPattern(activity=name),),
            touchpoints=(touchpoint,),
        )
        for name, touchpoint in (("look", "web"), ("pay", "web"), ("ask", "chat"))
    )
    return JourneyMap(
        id="shop",
        title="Shop",
        language=language,
        lanes=lanes,
        stages=(Stage(id="buy", name="Buy", steps=steps),),
        touchpoints=(
            Touchpoint(id="web", name="Web", promise=Entry(text="Soon", claim=SOON)),
            Touchpoint(id="chat", name="Chat", promise="At once"),
        ),
    )


def fact(
    measure: str, value: float, unit: str, width: float, n: int, target: str = ""
) -> Fact:
    return Fact(
        WEB, measure, value, unit, n, value - width, value + width, round(value * n), n, target,
        window_from="2024-01-01", window_to="2024-02-01",
    )  # fmt: skip


EVIDENCE = Evidence(
    "shop",
    (
        fact("promise_made", 0.9, "share", 0.02, 1000),
        fact("promise_kept", 0.6, "share", 0.03, 900, WEB),
        fact("time_within", 0.62, "share", 0.03, 900, "pay"),
        fact("time", 200.0, "s", 10.0, 900, "pay"),
        fact("expectation", 1.2, "emotion", 0.1, 40, "emotion"),
        fact("delivery", -0.3, "emotion", 0.2, 44, "emotion"),
        fact("expectation_gap", -1.5, "emotion", 0.3, 38, "paired"),
    ),
    1000,
    5000,
    900,
    "2024-01-01",
    "2024-02-01",
)


def words(*lanes: str, language: str = "en") -> str:
    plan = journey(*lanes, language=language)
    scene = poster_scene(plan, report=check_map(plan, EVIDENCE), evidence=EVIDENCE)
    return " ".join(one.text for one in texts(scene)).replace("\xa0", " ")


def test_the_card_of_a_touchpoint_has_all_numbers_once() -> None:
    said = words("touchpoints")
    for text in (
        "promise kept 60 % (57–63 %) · n 900",
        "Expectations +1.2 (+1.1 … +1.3) · n 40",
        "Delivery −0.3 (−0.5 … −0.1) · n 44",
        "gap −1.5 (−1.8 … −1.2) · n 38",
    ):
        assert said.count(text) == 1, said
    assert said.count("nobody was asked") == 1  # of the chat


def test_a_lane_of_promises_has_the_verdict_and_how_often_it_was_kept() -> None:
    said = words("promise")
    assert said.count("confirmed · 3.3 min (3.2 min–3.5 min) · n 900") == 1
    assert said.count("promise kept 60 % (57–63 %) · n 900") == 1
    assert "Expectations +1.2" not in said
    assert said.count("Soon") == 2
    assert "At once" in said


@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
def test_a_page_has_a_table_of_touchpoints(language: str) -> None:
    plan = journey("touchpoints", language=language)
    report = check_map(plan, EVIDENCE)
    scene = poster_scene(plan, report=report, evidence=EVIDENCE)
    page = map_page(plan, scene, report=report, evidence=EVIDENCE)
    table = page[page.index('<section id="touchpoints"') :]
    table = table[: table.index("</section>")]
    cells = [re.sub("<[^>]+>", "", one) for one in re.findall("<td>(.*?)</td>", table)]
    say = Words(language).say
    assert len(cells) == 8
    assert cells[4:] == ["–", say("page.not_asked"), say("page.not_asked"), "–"]
    assert table.count('href="#verdict-touchpoint:web"') == 1
    assert 'id="verdict-touchpoint:web"' in page
    if language == "en":
        assert [one.replace("\xa0", " ") for one in cells[:4]] == [
            "promise kept 60 % (57–63 %) · n 900900 of 1,000",
            "+1.2 (+1.1 … +1.3) · n 40",
            "−0.3 (−0.5 … −0.1) · n 44",
            "gap −1.5 (−1.8 … −1.2) · n 38",
        ]


def test_without_promises_and_expectations_there_is_no_table() -> None:
    plan = journey("touchpoints")
    silent = tuple(one.model_copy(update={"promise": None}) for one in plan.touchpoints)
    plan = plan.model_copy(update={"touchpoints": silent})
    empty = Evidence("shop", (), 10, 10, 10, "", "")
    scene = poster_scene(plan, evidence=empty)
    assert '<section id="touchpoints"' not in map_page(plan, scene, evidence=empty)
    assert "nobody was asked" not in " ".join(one.text for one in texts(scene))
