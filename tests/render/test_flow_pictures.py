"""Small pictures, differences and pages of flows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.render.browser import Browser

from desirepath.errors import RenderError
from desirepath.events.sequences import Sequences
from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_difference import compare_flows
from desirepath.evidence.measure_flow import measure_flow, measure_levels
from desirepath.maps.model import JourneyMap
from desirepath.render.draw import draw_map
from desirepath.render.draw_flow import draw_flow
from desirepath.render.scene import Rect, Scene, Text, texts
from desirepath.render.text import PT_MM
from desirepath.render.views.drop_off import drop_off_scene
from desirepath.render.views.poster import poster_scene
from desirepath.render.views.strip import strip_scene
from desirepath.render.views.times import times_scene

MakeLog = Callable[..., Sequences]
SMALL = (strip_scene, times_scene, drop_off_scene)


@pytest.fixture(scope="module")
def sequences(log: MakeLog) -> Sequences:
    cases = (
        ["ad@ads:0 look@web:60 look@web:90 basket@web:600 pay@web:90000"] * 60
        + ["look@app:0 basket@app:60 look@app:500 ask_a_friend@phone:9000"] * 40
        + ["look@app:0"] * 30
        + ["look@web:0 rare:30 basket@web:300"] * 4
    )
    on = ["web" if "@web" in case else "app" for case in cases]
    return log(*cases, segments={"on": on})


@pytest.fixture(scope="module")
def flow(sequences: Sequences) -> Flow:
    return measure_flow(sequences, goal="pay")


def words_of(scene: Scene) -> str:
    return " | ".join(text.text for text in texts(scene)).replace("\u00a0", " ")


def box(text: Text) -> tuple[float, float, float, float]:
    em = text.size_pt * PT_MM
    return (
        text.x_mm,
        text.y_mm - 0.88 * em,
        text.x_mm + text.width_mm,
        text.y_mm + 0.12 * em,
    )


@pytest.mark.parametrize("draw", SMALL)
@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
@pytest.mark.parametrize("width_mm", [210.0, 297.0, 841.0])
def test_small_pictures_keep_words_apart_and_on_the_page(
    draw: Callable[..., Scene], language: str, width_mm: float, flow: Flow
) -> None:
    scene = draw(flow, language=language, width_mm=width_mm)
    lines = texts(scene)
    assert scene.width_mm == width_mm
    assert min(text.size_pt for text in lines) >= 6
    for number, one in enumerate(lines):
        left, top, right, bottom = box(one)
        assert left >= 4
        assert top >= 4
        assert right <= scene.width_mm - 4
        assert bottom <= scene.height_mm - 4
        for other in lines[number + 1 :]:
            left2, top2, right2, bottom2 = box(other)
            assert not (
                left + 0.05 < right2
                and left2 + 0.05 < right
                and top + 0.05 < bottom2
                and top2 + 0.05 < bottom
            ), (one.text, other.text)


def test_the_strip_shows_ways_with_letters_share_and_goal(flow: Flow) -> None:
    words = words_of(strip_scene(flow))
    for told in (
        "Way 1, length 4 | A | B | D | F | 45 % (37–53 %) · n 134",
        "Letters: A ad, B look, C rare, D basket, E ask a friend, F pay",
        "These ways are 100 % of the cases; 0 further ways are not shown.",
    ):
        assert told in words


def test_times_are_boxes_on_a_scale_of_words(flow: Flow) -> None:
    words = words_of(times_scene(flow))
    assert "30 s | 1 min | 5 min" in words
    assert "basket → pay | 1 d (1 d–1 d), 60 times" in words


def test_events_without_times_give_no_boxes(log: MakeLog) -> None:
    scene = times_scene(measure_flow(log("look pay", has_times=False)))
    assert "The events have no times." in words_of(scene)


def test_drop_off_bars_are_as_long_as_the_share(flow: Flow) -> None:
    scene = drop_off_scene(flow)
    bars = [op.width_mm for op in scene.ops if isinstance(op, Rect)]
    shares = [one.leave.share for one in flow.stops if one.leave.cases and not one.is_goal]  # fmt: skip
    assert [bar / bars[0] for bar in bars] == pytest.approx(
        [share / shares[0] for share in shares]
    )


@pytest.fixture(scope="module")
def page(sequences: Sequences, tmp_path_factory: pytest.TempPathFactory) -> Path:
    flows = measure_levels(sequences, goal="pay")
    assert len(flows) == 2
    return draw_flow(flows, tmp_path_factory.mktemp("flow") / "flow.html")


def test_the_page_is_well_formed_and_asks_for_nothing_from_outside(
    page: Path, tree_of: Callable[[str], Any]
) -> None:
    tree = tree_of(page.read_text("utf-8"))
    assert tree.open == []
    for _, attrs in tree.tags:
        assert not {"src", "style", "onclick"} & set(attrs)
        assert (attrs.get("href") or "#").startswith("#")
    ids = [attrs["id"] for _, attrs in tree.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_without_a_script_the_first_level_is_seen_and_tools_are_not(
    page: Path, tree_of: Callable[[str], Any]
) -> None:
    tree = tree_of(page.read_text("utf-8"))
    levels = [attrs for _, attrs in tree.tags if attrs.get("class") == "level"]
    assert ["hidden" in attrs for attrs in levels] == [False, True]
    tools = [attrs for _, attrs in tree.tags if attrs.get("class") == "tools"]
    assert all("hidden" in attrs for attrs in tools)


def test_every_card_can_be_reached_by_keyboard_and_is_named(
    page: Path, flow: Flow, tree_of: Callable[[str], Any]
) -> None:
    tree = tree_of(page.read_text("utf-8"))
    cards = [
        attrs
        for tag, attrs in tree.tags
        if tag == "g" and (attrs.get("data-ref") or "").startswith("stop:")
    ]
    assert len(cards) >= 2 * len(flow.stops) - 1
    focused = [attrs for attrs in cards if attrs.get("tabindex") == "0"]
    assert len(focused) == len([c for c in cards if c["data-ref"][5:].isdigit()])
    assert all(attrs.get("aria-label") for attrs in focused)
    roots = [attrs for tag, attrs in tree.tags if tag == "svg"]
    assert [attrs["role"] for attrs in roots] == ["group", "group", "img", "img", "img"]


def test_the_tables_hold_every_number(page: Path) -> None:
    text = re.sub(r"<svg.*?</svg>", "", page.read_text("utf-8"), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ")
    for told in ("ask_a_friend", "100 % (94–100 %) · n 60", "1 d (1 d–1 d)", "ad, look, basket, pay (goal)"):  # fmt: skip
        assert told in plain


def test_a_page_of_a_map_shows_the_flow(
    shop_map: JourneyMap, flow: Flow, tmp_path: Path, tree_of: Callable[[str], Any]
) -> None:
    text = draw_map(shop_map, tmp_path / "map.html", flows=[flow]).read_text("utf-8")
    tree = tree_of(text)
    assert tree.open == []
    order = [text.index(f'id="{one}"') for one in ("poster", "story", "map", "flow")]
    assert order == sorted(order)


def test_a_poster_with_room_shows_the_most_frequent_ways(
    flow: Flow, shop_map: JourneyMap
) -> None:
    stages = tuple(
        stage.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update={"statements": (), "touchpoints": ()})
                    for step in stage.steps
                )
            }
        )
        for stage in shop_map.stages
    )
    sparse = shop_map.model_copy(update={"stages": stages})
    bare, told = poster_scene(sparse), poster_scene(sparse, flows=[flow])
    assert "The most frequent ways" not in words_of(bare)
    assert "The most frequent ways" in words_of(told)
    assert set(texts(bare)) <= set(texts(told))  # nothing moved
    lines = [box(text) for text in texts(told)]
    for place, one in enumerate(lines):
        assert one[3] < told.height_mm - 4
        for other in lines[place + 1 :]:
            is_apart = one[0] >= other[2] or other[0] >= one[2]
            assert is_apart or one[1] >= other[3] or other[1] >= one[3]


def test_a_full_poster_has_no_room_for_ways(flow: Flow, shop_map: JourneyMap) -> None:
    full = poster_scene(shop_map, flows=[flow], size="A4", orientation="landscape")
    small = poster_scene(shop_map, size="A4", orientation="landscape")
    assert words_of(full) == words_of(small)


def test_a_difference_marks_what_is_shown_to_differ(
    sequences: Sequences, tmp_path: Path
) -> None:
    found = compare_flows(sequences, "on=app", "on=web", goal="pay")
    text = draw_flow(found, tmp_path / "d.svg").read_text("utf-8")
    assert "How on=app moves differently from on=web" in text
    assert "on=app: 70 cases; on=web: 64 cases." in text
    assert re.search(r">−\d+ \(\d+–\d+\)<", text)
    page = draw_flow(found, tmp_path / "d.html").read_text("utf-8")
    assert "Difference, percentage points" in page


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png", ".html"])
def test_the_same_flow_gives_the_same_bytes(
    suffix: str, flow: Flow, tmp_path: Path
) -> None:
    first = draw_flow(flow, tmp_path / f"a{suffix}", ppi=40).read_bytes()
    assert draw_flow(flow, tmp_path / f"b{suffix}", ppi=40).read_bytes() == first


def test_an_unknown_suffix_is_refused(flow: Flow, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="E603"):
        draw_flow(flow, tmp_path / "flow.gif")


def test_a_browser_runs_the_page_within_its_own_policy(
    page: Path, chromium: Browser
) -> None:
    chromium.open(page.as_uri())
    chromium.settle("document.querySelectorAll('.tools').length > 0")
    chromium.settle("document.querySelectorAll('.tools[hidden]').length", 0)
