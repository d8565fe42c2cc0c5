"""What a poster shows of what customers say: gaps, quotes, personas, numbers beside curves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona
from desirepath.render.scene import Circle, Open, Path, Scene, texts
from desirepath.render.views.points import personas_apart
from desirepath.render.views.poster import poster_scene
from desirepath.render.views.quotes import MOST_LETTERS, chosen_quotes


@dataclass(frozen=True)
class Said:
    step: str
    text: str
    theme: str = ""
    language: str = "en"


def words(scene: Scene) -> str:
    return " ".join(text.text for text in texts(scene)).replace("\u00a0", " ")


def labels(scene: Scene, ref: str) -> list[str]:
    return [
        op.label.replace("\u00a0", " ")
        for op in scene.ops
        if isinstance(op, Open) and op.ref == ref
    ]


def evidence_of(*facts: Fact) -> Evidence:
    return Evidence("shop", facts, 900, 9000, 800, "2025-01-01", "2025-03-31")


@pytest.mark.parametrize(
    ("value", "low", "high", "word"),
    [(-1.5, -1.8, -1.2, "−1.5"), (0.8, 0.5, 1.1, "+0.8"), (0.1, -0.5, 0.7, "+0.1")],
)
def test_a_gap_stands_at_its_step_with_three_numbers_and_n(
    shop_map: JourneyMap, value: float, low: float, high: float, word: str
) -> None:
    facts = (
        Fact("step:pay", "expectation", 1.2, "emotion", 240, 1.1, 1.3),
        Fact("step:pay", "delivery", 1.2 + value, "emotion", 240, 0.0, 1.0),
        Fact("step:pay", "expectation_gap", value, "emotion", 240, low, high),
    )
    scene = poster_scene(shop_map, evidence=evidence_of(*facts))
    said = " ".join(labels(scene, "step:pay"))
    assert "expected +1.2, delivered" in said
    assert f"gap {word} (" in said
    assert "n 240" in said
    assert "less than expected" in words(scene)  # the legend


def test_without_gaps_the_legend_is_silent_about_them(
    shop_map: JourneyMap, shop_report: CheckReport, shop_evidence: Evidence
) -> None:
    scene = poster_scene(shop_map, report=shop_report, evidence=shop_evidence)
    assert "less than expected" not in words(scene)


def test_a_promise_says_how_often_it_was_kept(shop_map: JourneyMap) -> None:
    fact = Fact(
        "step:pay", "promise_kept", 0.62, "share", 2100, 0.6, 0.64, target="fee"
    )
    scene = poster_scene(shop_map, evidence=evidence_of(fact))
    assert labels(scene, "statement:fee") == [
        "The fee comes late. promise kept 62 % (60–64 %) · n 2,100"
    ]


def test_what_nothing_can_test_carries_its_sign_alone(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    scene = poster_scene(shop_map, report=shop_report)
    assert labels(scene, "statement:sun") == [
        "Will it live with little sun?. untestable"
    ]
    assert words(scene).count("untestable") == 1  # in the legend


def test_two_quotes_a_step_are_shown_whole(shop_map: JourneyMap) -> None:
    quotes = [
        Said("pay", "card declined for no reason", "charged"),
        Said("pay", "the card was declined again", "charged"),
        Said("pay", "Warum brauche ich ein Konto?", "effort", "de"),
        Said("pay", "x" * (MOST_LETTERS + 1), "long"),
        Said("elsewhere", "no such step on this map", "lost"),
    ]
    scene = poster_scene(shop_map, quotes=quotes)
    said = words(scene)
    assert "“card declined for no reason”" in said
    assert "„Warum brauche ich ein Konto?“" in said
    assert "declined again" not in said
    assert "xxx" not in said
    assert "no such step" not in said
    assert "In their words" in said


def test_quotes_on_the_map_are_bubbles_too(shop_map: JourneyMap) -> None:
    one = Statement(id="said", lane="quotes", text="Where is my parcel?")
    stage = shop_map.stages[1]
    pay = stage.steps[0].model_copy(update={"statements": (one,)})
    stage = stage.model_copy(update={"steps": (pay,)})
    journey = shop_map.model_copy(update={"stages": (shop_map.stages[0], stage)})
    assert "“Where is my parcel?”" in words(poster_scene(journey))


def test_the_same_words_are_not_quoted_twice() -> None:
    quotes = [Said("pay", "no reason given"), Said("pay", "no reason given ")]
    assert len(chosen_quotes(quotes)["pay"]) == 1


def test_words_that_stand_at_one_step_are_not_repeated_at_the_next() -> None:
    quotes = [
        Said("look", "prices are a bit high", "price"),
        Said("pay", "Prices are a  bit high", "price"),
        Said("pay", "the card was declined", "charged"),
        Said("wait", "prices are a bit high", "price"),
    ]
    chosen = chosen_quotes(quotes)
    assert [one.theme for one in chosen["pay"]] == ["charged"]
    assert [one.theme for one in chosen["wait"]] == ["price"]  # better than none


def moods(*given: tuple[str | None, float]) -> JourneyMap:
    steps = tuple(
        Step(
            id=f"step{number}",
            name=f"Step {number}",
            statements=tuple(
                Statement(
                    id=f"m{number}{one}", lane="emotion", score=score, persona=who
                )
                for one, (who, score) in enumerate(given)
            ),
        )
        for number in range(3)
    )
    names = dict.fromkeys(who for who, _ in given if who)
    return JourneyMap(
        id="moods",
        title="Moods",
        personas=tuple(Persona(id=one, name=one.title()) for one in names),
        stages=(Stage(id="all", name="All", steps=steps),),
    )


def test_each_persona_has_a_curve_with_a_dash_of_its_own() -> None:
    journey = moods(("ann", 1), ("bob", -1))
    scene = poster_scene(journey)
    dashes = {
        op.dash_mm
        for op in scene.ops
        if isinstance(op, Path) and op.commands[-1][0] == "C"
    }
    assert len(dashes) == 2
    assert labels(scene, "step:step0")[1:] == ["Step 0: Ann +1", "Step 0: Bob −1"]
    assert {"Ann", "Bob"} <= {text.text for text in texts(scene)}


def test_one_persona_alone_has_the_curve_of_the_map() -> None:
    assert personas_apart(moods(("ann", 1))).personas == ()
    assert personas_apart(moods(("ann", 1), (None, 0))).personas == (("ann", "Ann"),)


def test_the_fifth_persona_is_counted_in_the_foot() -> None:
    journey = moods(*((name, 0.5) for name in ("ann", "bob", "cem", "dea", "eve")))
    assert "Curves of personas without room here: 1" in words(poster_scene(journey))


def test_scores_of_personas_are_not_mixed_into_that_of_all() -> None:
    scene = poster_scene(moods(("ann", -2), (None, 2)))
    assert "Step 0: assumed +2" in labels(scene, "step:step0")


def test_numbers_keep_away_from_the_lines_they_belong_to(shop_map: JourneyMap) -> None:
    facts = tuple(
        Fact(f"step:{step}", "score", score, "emotion", 900, score - 0.1, score + 0.1)
        for step, score in (("search", -1.0), ("compare", 1.0), ("pay", -1.0))
    )
    scene = poster_scene(shop_map, evidence=evidence_of(*facts))
    dots = [op for op in scene.ops if isinstance(op, Circle)]
    counts = [text for text in texts(scene) if text.text == "n\u00a0900"]
    assert len(counts) == 3
    for text in counts:
        box = (text.x_mm, text.y_mm - 2, text.x_mm + text.width_mm, text.y_mm)
        assert not any(
            box[0] < dot.x_mm < box[2] and box[1] < dot.y_mm < box[3] for dot in dots
        )


def test_a_score_of_a_whole_stage_with_steps_is_not_lost(shop_map: JourneyMap) -> None:
    mood = Statement(id="stage-mood", lane="emotion", score=-1)
    stage = shop_map.stages[0].model_copy(update={"statements": (mood,)})
    journey = shop_map.model_copy(update={"stages": (stage, shop_map.stages[1])})
    assert labels(poster_scene(journey), "statement:stage-mood") == ["−1"]
