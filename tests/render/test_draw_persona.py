"""Persona cards, empathy maps and personas side by side, in every format and language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desirepath.check.report import CheckReport, Verdict
from desirepath.errors import RenderError
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.claims import Claim, GoalClaim
from desirepath.maps.entry import Entry
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona, Segment, Trait
from desirepath.maps.statements import persona_statements
from desirepath.render.draw_persona import VIEWS, draw_persona
from desirepath.render.scene import Scene, texts
from desirepath.render.views.boxes import box_scene
from desirepath.render.views.empathy import empathy_map
from desirepath.render.views.persona_card import persona_card
from desirepath.render.views.personas import personas_scene
from desirepath.render.words import Words

HANNA = Persona(
    id="hanna",
    name="Hurried Hanna",
    tagline="Buys on the phone",
    quote="Three taps, or I am gone.",
    wants_to_achieve=("Have it tomorrow",),
    pains=("Forms that forget",),
    says=("Why again?",),
    traits=(Trait(name="Patience", value=2),),
    segment=Segment(name="mobile", rule={"device": "mobile"}, did_not="call"),
)
CARL = Persona(id="carl", name="Careful Carl")


def journey(language: str = "en", *personas: Persona) -> JourneyMap:
    statements = (
        Statement(id="s1", lane="pains", text="Search finds nothing", persona="hanna"),
        Statement(id="s2", lane="questions", text="Is it safe?"),
        Statement(id="s3", lane="emotion", score=-1, persona="hanna"),
    )
    step = Step(
        id="pay",
        name="I pay",
        events=(EventPattern(activity="pay"),),
        statements=statements,
    )
    return JourneyMap(
        id="shop",
        title="I order a plant",
        language=language,
        personas=personas or (HANNA, CARL),
        stages=(Stage(id="buy", name="Buy", steps=(step,)),),
    )


def share(subject: str, measure: str, value: float, segment: str = "") -> Fact:
    return Fact(
        subject,
        measure,
        value,
        "share",
        900,
        value - 0.03,
        value + 0.03,
        segment=segment,
    )


EVIDENCE = Evidence(
    "shop",
    (
        share("persona:hanna", "persona_share", 0.36),
        share("persona:hanna", "persona_goal", 0.1),
        share("persona:carl", "persona_share", 0.2),
        share("map", "persona_nobody", 0.44),
        share("step:pay", "reach", 0.4),
        share("step:pay", "reach", 0.2, "persona=hanna"),
    ),
    1000,
    5000,
    900,
    "2024-01-01",
    "2024-02-01",
)


def words(scene: Scene) -> str:
    return " ".join(one.text for one in texts(scene)).replace("\xa0", " ")


def card(report: CheckReport, language: str = "en") -> Scene:
    picture = persona_card(journey(language), HANNA, report=report, evidence=EVIDENCE)
    return box_scene(picture, 297, language)


def test_a_card_says_whom_the_persona_stands_for_with_interval_and_n(
    persona_report: CheckReport,
) -> None:
    said = words(card(persona_report))
    assert "In the data: device: mobile; never call" in said
    assert "Stands for 36 % (33–39 %, n 900) of the cases" in said
    assert "10 % (7–13 %, n 900) of them reach the goal" in said
    assert "“I pay”: 20 % (17–23 %, n 900) come here (all: 40 %)" in said


def test_statements_carry_their_verdict_and_their_place(
    persona_report: CheckReport,
) -> None:
    said = words(card(persona_report))
    assert "Search finds nothing · I pay" in said
    assert "refuted · 3 % (2–4 %) · n 790" in said
    # what is about everybody is not hers alone
    assert "Is it safe?" not in said


def test_of_a_map_with_one_persona_everything_is_about_it() -> None:
    picture = empathy_map(journey("en", HANNA), HANNA)
    said = words(box_scene(picture, 297, "en"))
    assert "Is it safe? · I pay" in said


def test_an_empathy_map_has_four_parts_and_says_where_nothing_is_known(
    persona_report: CheckReport,
) -> None:
    picture = empathy_map(journey(), HANNA, report=persona_report)
    titles = [box.title for box in picture.boxes]
    assert titles == ["Says", "Thinks", "Does", "Feels", "Pains", "Gains"]
    by_title = {box.title: [item.text for item in box.items] for box in picture.boxes}
    assert by_title["Says"] == ["“Three taps, or I am gone.”", "Why again?"]
    assert by_title["Feels"] == ["−1 · I pay"]
    assert by_title["Does"] == ["Nothing is known yet. Ask customers."]


def test_a_persona_without_rule_or_evidence_says_so() -> None:
    said = words(box_scene(persona_card(journey(), CARL), 297, "en"))
    assert "Not bound to data yet" in said
    said = words(box_scene(persona_card(journey(), HANNA), 297, "en"))
    assert "Not measured yet." in said
    empty = Evidence("shop", (), 1, 1, 1, "", "")
    said = words(box_scene(persona_card(journey(), HANNA, evidence=empty), 297, "en"))
    assert "These data cannot tell." in said


def test_personas_side_by_side() -> None:
    said = words(personas_scene(journey(), EVIDENCE))
    assert "Personas compared: I order a plant" in said
    assert "– Careful Carl" in said
    assert "20 % (17–23 %, n 900)" in said
    assert "No persona stands for 44 % (41–47 %, n 900) of the cases." in said
    assert "No persona of this map is measured." in words(
        personas_scene(journey(), None)
    )


def test_personas_for_everybody_leave_nobody_out() -> None:
    facts = [one for one in EVIDENCE.facts if one.measure != "persona_nobody"]
    everybody = replace(EVIDENCE, facts=(*facts, share("map", "persona_nobody", 0.0)))
    assert "No persona" not in words(personas_scene(journey(), everybody))


@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
def test_texts_of_a_persona_carry_their_verdict_or_that_nothing_could_refute_them(
    language: str, persona_report: CheckReport
) -> None:
    fails = Entry(text="It fails", claim=Claim(goal=GoalClaim(at_most="50%")))
    hanna = HANNA.model_copy(update={"pains": ("Forms that forget", fails)})
    told = journey(language, hanna, CARL)
    verdicts = tuple(
        Verdict(
            subject=f"statement:{one.id}",
            step="",
            stage="",
            kind=one.claim.kind if one.claim else "",
            claim="",
            text=one.text or "",
            is_implied=False,
            verdict="confirmed" if one.claim else "untestable",
            reason="",
            value=0.2 if one.claim else None,
            unit="share",
            n=300 if one.claim else 0,
            persona="hanna",
            lane=one.lane,
        )
        for one in persona_statements(told)
    )
    report = replace(persona_report, personas=verdicts)
    say = Words(language).say
    for picture in (
        persona_card(told, hanna, report=report),
        empathy_map(told, hanna, report=report),
    ):
        marks = {
            item.text: [mark.text for mark in item.marks if not mark.is_bare]
            for box in picture.boxes
            for item in box.items
        }
        assert marks["Forms that forget"] == [say("verdict.untestable")]
        assert marks["It fails"][0].startswith(say("verdict.confirmed"))
        scene = words(box_scene(picture, 297, language))
        assert scene.count(say("verdict.untestable")) >= 2


@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
def test_nothing_leaves_the_card_in_any_language(
    language: str, persona_report: CheckReport
) -> None:
    scene = card(persona_report, language)
    assert scene.is_rtl == (language == "ar")
    for line in texts(scene):
        assert line.x_mm >= 8.9
        assert line.x_mm + line.width_mm <= scene.width_mm - 8.9
        assert line.y_mm <= scene.height_mm - 8


def test_narrow_pages_take_two_columns() -> None:
    wide, narrow = (
        persona_card(journey(), HANNA, width_mm=width) for width in (297, 210)
    )
    assert (wide.columns, narrow.columns) == (3, 2)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("suffix", ["svg", "pdf", "png", "html"])
def test_every_view_is_written_in_every_format(
    view: str, suffix: str, tmp_path: Path, persona_report: CheckReport
) -> None:
    target = tmp_path / f"x.{suffix}"
    options = {"report": persona_report, "evidence": EVIDENCE, "ppi": 40}
    written = draw_persona(journey(), target, view=view, **options)  # type: ignore[arg-type]
    data = written.read_bytes()
    assert len(data) > 1000
    if suffix == "html":
        assert data.startswith(b"<!doctype html>")
        assert view == "personas" or b"<li>" in data


def test_a_persona_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        draw_persona(journey(), tmp_path / "x.svg", persona="hana")
    assert str(caught.value) == (
        'shop: the map describes no persona "hana" [E608]\n'
        '  Did you mean "hanna"? Known names: carl, hanna.'
    )
    with pytest.raises(RenderError) as caught:
        draw_persona(JourneyMap(id="m", title="M"), tmp_path / "x.svg")
    assert "the map describes no persona [E608]" in str(caught.value)
