from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.render.scene import Open, Path, Rect, Scene, Text, texts
from desirepath.render.text import DESCENT, PT_MM
from desirepath.render.views.poster import poster_scene

LANES = ("questions", "pains", "gains", "emotion", "technology")
TEXT = st.one_of(
    st.text(max_size=30),
    st.text("abcdefghijk lmnop ä", max_size=120),
    st.sampled_from(["Straßenbahnhaltestellenschildbeleuchtung", "الرسوم تظهر متأخرة", "顧客は驚きます", "x" * 500]),
)  # fmt: skip


@st.composite
def maps(draw: st.DrawFn) -> JourneyMap:
    number = iter(range(10_000))
    statement = st.builds(
        lambda lane, text, score: Statement(
            lane=lane, text=text, score=score if lane == "emotion" else None
        ),
        st.sampled_from(LANES),
        TEXT,
        st.floats(-2, 2),
    )
    step = st.builds(
        lambda name, statements: Step(
            id=f"s{next(number)}", name=name, statements=tuple(statements)
        ),
        TEXT,
        st.lists(statement, max_size=4),
    )
    stage = st.builds(
        lambda name, steps, statements: Stage(
            id=f"g{next(number)}",
            name=name,
            steps=tuple(steps),
            statements=tuple(statements),
        ),
        TEXT,
        st.lists(step, max_size=3),
        st.lists(statement, max_size=2),
    )
    return JourneyMap(
        id="any",
        title=draw(TEXT),
        language=draw(st.sampled_from(["en", "de", "ar", "ja", "fr", "x!"])),
        trigger=draw(TEXT),
        view=draw(st.sampled_from(["experience", "blueprint"])),
        statements=tuple(draw(st.lists(statement, max_size=2))),
        stages=tuple(draw(st.lists(stage, max_size=14))),
    )


def em_box(text: Text) -> tuple[float, float, float, float]:
    em = text.size_pt * PT_MM
    return (
        text.x_mm,
        text.y_mm - 0.88 * em,
        text.x_mm + text.width_mm,
        text.y_mm + 0.12 * em,
    )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    maps(),
    st.sampled_from(["A4", "A3", "A1"]),
    st.sampled_from(["landscape", "portrait"]),
)
def test_any_map_stays_on_its_page_without_overlaps(
    journey: JourneyMap, size: str, orientation: str
) -> None:
    scene = poster_scene(journey, size=size, orientation=orientation)
    lines = sorted(texts(scene), key=lambda text: text.y_mm)
    boxes = [em_box(text) for text in lines]
    for text, (left, top, right, _) in zip(lines, boxes, strict=True):
        bottom = text.y_mm + DESCENT * text.size_pt * PT_MM
        assert left >= 0
        assert top >= 0
        assert right <= scene.width_mm
        assert bottom <= scene.height_mm
        assert text.size_pt >= 6
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            is_apart = (
                one[2] <= other[0] + 0.05
                or other[2] <= one[0] + 0.05
                or one[3] <= other[1] + 0.05
                or other[3] <= one[1] + 0.05
            )
            assert is_apart


def words(scene: Scene) -> str:
    return " ".join(text.text for text in texts(scene)).replace("\u00a0", " ")


def refs(scene: Scene) -> list[str]:
    return [op.ref for op in scene.ops if isinstance(op, Open)]


def test_a_refuted_statement_carries_sign_word_number_and_n(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    scene = poster_scene(shop_map, report=shop_report)
    assert "refuted · 3 % (2–4 %) · n 7,904" in words(scene)
    card = next(
        op for op in scene.ops if isinstance(op, Open) and op.ref == "statement:empty"
    )
    assert card.label.replace("\u00a0", " ") == (
        "Search finds nothing. refuted · 3 % (2–4 %) · n 7,904"
    )


def test_unknown_says_how_many_more_cases_are_needed(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    scene = poster_scene(shop_map, report=shop_report)
    assert "unknown · 4 % (1–20 %) · n 31 · 120 more cases needed" in words(
        scene
    ).replace("\u00a0", " ")


def test_the_legend_explains_all_six_marks(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    shown = words(poster_scene(shop_map, report=shop_report))
    for word in (
        "confirmed 1",
        "refuted 1",
        "mixed 0",
        "unknown 1",
        "stale 0",
        "untestable 1",
    ):
        assert f"{word} · " in shown


def test_without_a_report_there_are_no_marks_and_no_legend(
    shop_map: JourneyMap,
) -> None:
    scene = poster_scene(shop_map)
    assert not any(ref.startswith("legend:confirmed") for ref in refs(scene))
    assert "none yet: what stands here is assumed" in words(scene)


def test_the_foot_says_what_the_map_misses_and_what_nobody_does(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    shown = words(poster_scene(shop_map, report=shop_report))
    assert "ask_friend (after I look for a plant): 31 % (30–32 %)" in shown
    assert "Hardly anyone reaches I pay: 3" in shown
    assert "Statements that cannot be tested as they are worded: 1" in shown


def test_evidence_shows_where_customers_go_and_how_long_it_takes(
    shop_map: JourneyMap, shop_evidence: Evidence
) -> None:
    shown = words(poster_scene(shop_map, evidence=shop_evidence))
    assert "reach 87 % · n 13,087" in shown
    assert "I compare 82 % typically 2.1 d · n 9,000" in shown
    assert "leave here 12 %" in shown
    assert "I pay 2 %" not in shown


def test_an_arabic_map_runs_from_right_to_left(shop_map: JourneyMap) -> None:
    def stage_x(language: str) -> list[float]:
        scene = poster_scene(shop_map.model_copy(update={"language": language}))
        return [
            text.x_mm
            for name in ("Find", "Order")
            for text in texts(scene)
            if text.text == name
        ]

    find, order = stage_x("en")
    assert find < order
    find, order = stage_x("ar")
    assert find > order


def test_ticks_are_not_mirrored(shop_map: JourneyMap, shop_report: CheckReport) -> None:
    def tick(language: str) -> list[float]:
        journey = shop_map.model_copy(update={"language": language})
        scene = poster_scene(journey, report=shop_report)
        green = next(
            op
            for op in scene.ops
            if isinstance(op, Path) and op.stroke == "#11693a" and len(op.commands) == 3
        )
        xs = [float(command[1]) for command in green.commands]
        return [x - xs[0] for x in xs]

    assert all(x >= 0 for x in tick("en"))
    assert all(x >= 0 for x in tick("ar"))


def test_scores_missing_on_the_way_dash_the_curve(shop_map: JourneyMap) -> None:
    late = Step(
        id="late", name="I wait", statements=(Statement(lane="emotion", score=2),)
    )
    stages = (*shop_map.stages, Stage(id="get", name="Get", steps=(late,)))
    scene = poster_scene(shop_map.model_copy(update={"stages": stages}))
    curves = [
        op
        for op in scene.ops
        if isinstance(op, Path) and op.stroke == "#b87503" and op.commands[-1][0] == "C"
    ]
    assert [op.dash_mm > 0 for op in curves] == [False, True]


def test_a_lane_nobody_filled_is_still_drawn(shop_map: JourneyMap) -> None:
    scene = poster_scene(
        shop_map.model_copy(update={"lanes": ("opportunities", "pains")})
    )
    assert "lane:opportunities" in refs(scene)
    lanes = [ref for ref in refs(scene) if ref.startswith("lane:")]
    assert lanes == [
        "lane:actions",
        "lane:opportunities",
        "lane:pains",
        "lane:questions",
        "lane:emotion",
    ]


def test_a_blueprint_has_its_three_lines_between_its_lanes(
    shop_map: JourneyMap,
) -> None:
    scene = poster_scene(shop_map.model_copy(update={"view": "blueprint"}))
    rows = [ref for ref in refs(scene) if ref.startswith(("lane:", "line:"))]
    assert rows[:8] == [
        "lane:physical_evidence",
        "lane:actions",
        "line:interaction",
        "lane:frontstage",
        "line:visibility",
        "lane:backstage",
        "line:internal",
        "lane:support",
    ]


def test_statements_of_the_whole_map_have_a_column_of_their_own(
    shop_map: JourneyMap,
) -> None:
    note = Statement(id="all", lane="pains", text="Nobody answers the phone")
    scene = poster_scene(shop_map.model_copy(update={"statements": (note,)}))
    assert "Whole journey" in words(scene)
    assert "statement:all" in refs(scene)


def test_characters_without_a_font_are_named_in_the_foot(shop_map: JourneyMap) -> None:
    shown = words(poster_scene(shop_map.model_copy(update={"title": "주문"})))
    assert "shown as □: U+BB38, U+C8FC" in shown


@pytest.mark.parametrize(
    ("size", "orientation", "expected"),
    [
        ("A3", "landscape", (420, 297)),
        ("A1", "portrait", (594, 841)),
        ("a4", "portrait", (210, 297)),
    ],
)
def test_the_page_has_the_size_of_the_paper(
    shop_map: JourneyMap, size: str, orientation: str, expected: tuple[int, int]
) -> None:
    scene = poster_scene(shop_map, size=size, orientation=orientation)
    assert (scene.width_mm, scene.height_mm) == expected


def test_a_larger_page_has_larger_text(shop_map: JourneyMap) -> None:
    def body(size: str) -> float:
        scene = poster_scene(shop_map, size=size)
        return next(
            text.size_pt for text in texts(scene) if text.text == "Search finds nothing"
        )

    assert body("A1") >= 1.8 * body("A3") >= 1.8 * 9


def heights(scene: Scene) -> dict[str, float]:
    """Height of each lane."""
    return {
        before.ref: op.height_mm
        for before, op in pairwise(scene.ops)
        if isinstance(before, Open)
        and before.ref.startswith("lane:")
        and isinstance(op, Rect)
    }


def test_rows_are_as_high_as_what_they_hold_and_empty_lanes_have_room_to_write(
    shop_map: JourneyMap,
) -> None:
    lanes = ("pains", "questions", "opportunities")
    journey = shop_map.model_copy(update={"lanes": lanes})
    steps_only = JourneyMap(id="s", title="S", stages=journey.stages[1:])
    high = heights(poster_scene(journey))
    assert high["lane:opportunities"] > high["lane:questions"]
    # nine lines of 18 pt, room to write in; the rest of the sheet stays free
    assert 60 < heights(poster_scene(steps_only))["lane:pains"] < 80


def test_many_statements_of_one_step_stand_side_by_side_where_there_is_room() -> None:
    many = tuple(
        Statement(lane="pains", text=f"Pain number {one} of the step")
        for one in range(30)
    )
    crowded = Step(id="a", name="I look around", statements=many)
    steps = (crowded, Step(id="b", name="I pay"))
    journey = JourneyMap(
        id="s", title="S", stages=(Stage(id="f", name="Find", steps=steps),)
    )
    scene = poster_scene(journey, size="A4")
    shown = words(scene)
    assert all(f"Pain number {one} of" in shown for one in range(30))
    assert "not shown" not in shown


def test_names_are_not_hyphenated_where_slightly_smaller_text_avoids_it() -> None:
    names = ["Confirmation of receipt", "Administration", "Determine necessity"]
    steps = tuple(Step(id=f"s{n}", name=name) for n, name in enumerate(names * 2))
    journey = JourneyMap(
        id="m", title="M", stages=(Stage(id="a", name="All", steps=steps),)
    )
    for size, orientation in (("A3", "landscape"), ("A4", "portrait")):
        scene = poster_scene(journey, size=size, orientation=orientation)
        assert not [text for text in texts(scene) if text.text.endswith("-")]


def test_long_names_of_stages_stay_whole_where_there_is_room() -> None:
    stage = Stage(
        id="a",
        name="T10 Determine necessity to stop indication",
        steps=(Step(id="b", name="I do it"),),
    )
    rest = Stage(
        id="rest",
        name="Rest",
        steps=tuple(Step(id=f"r{n}", name="I wait for it") for n in range(5)),
    )
    journey = JourneyMap(id="m", title="M", stages=(stage, rest))
    scene = poster_scene(journey, size="A4", orientation="portrait")
    assert "…" not in words(scene)
