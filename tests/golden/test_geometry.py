"""What holds for every picture: nothing leaves the page, nothing lies on other text, all can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from desirepath.maps.model import JourneyMap
from desirepath.render.scene import Close, Open, Rect, Scene, Text, texts
from desirepath.render.text import DESCENT, PT_MM
from desirepath.render.views.content import all_statements

# The box of a line is its em box: what letters fill, without the space between lines.
EM_ASCENT = 0.88
EM_DESCENT = 0.12
TOLERANCE_MM = 0.05
MARGIN_MM = 4.0


def box(text: Text) -> tuple[float, float, float, float]:
    em = text.size_pt * PT_MM
    return (
        text.x_mm,
        text.y_mm - EM_ASCENT * em,
        text.x_mm + text.width_mm,
        text.y_mm + EM_DESCENT * em,
    )


def overlaps(one: Text, other: Text) -> bool:
    left, top, right, bottom = box(one)
    left2, top2, right2, bottom2 = box(other)
    gap = TOLERANCE_MM
    return (
        left + gap < right2
        and left2 + gap < right
        and top + gap < bottom2
        and top2 + gap < bottom
    )


def test_no_text_leaves_the_page(scene: Scene) -> None:
    outside = [
        text.text
        for text in texts(scene)
        if box(text)[0] < MARGIN_MM
        or box(text)[1] < MARGIN_MM
        or box(text)[2] > scene.width_mm - MARGIN_MM
        or text.y_mm + DESCENT * text.size_pt * PT_MM > scene.height_mm - MARGIN_MM
    ]
    assert outside == []


def test_no_two_texts_overlap(scene: Scene) -> None:
    lines = sorted(texts(scene), key=lambda text: text.y_mm)
    found = [
        (one.text, other.text)
        for number, one in enumerate(lines)
        for other in lines[number + 1 :]
        if overlaps(one, other)
    ]
    assert found == []


def test_no_text_exceeds_its_card(scene: Scene) -> None:
    """In a group, text comes after the shape it stands on; the first rectangle is the card."""
    wrong = []
    card: Rect | None = None
    for before, op in pairwise(scene.ops):
        if isinstance(op, Rect) and isinstance(before, Open):
            card = op if before.role == "listitem" else None
        elif isinstance(op, Open | Close):
            card = None
        elif isinstance(op, Text) and card:
            left, top, right, bottom = box(op)
            if (
                left < card.x_mm - TOLERANCE_MM
                or right > card.x_mm + card.width_mm + TOLERANCE_MM
                or top < card.y_mm - TOLERANCE_MM
                or bottom > card.y_mm + card.height_mm + TOLERANCE_MM
            ):
                wrong.append(op.text)
    assert wrong == []


def test_the_smallest_text_has_six_points(scene: Scene) -> None:
    assert min(text.size_pt for text in texts(scene)) >= 6


def test_groups_are_closed_and_named(scene: Scene) -> None:
    depth = 0
    for op in scene.ops:
        if isinstance(op, Open):
            depth += 1
            assert op.ref
            assert op.label
        elif isinstance(op, Close):
            depth -= 1
            assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize("picture_name", ["wide"], indirect=True)
def test_twelve_stages_by_ten_lanes_fit_a3_without_leaving_anything_out(
    scene: Scene,
) -> None:
    words = " ".join(text.text for text in texts(scene))
    assert "Hinweise" not in words
    assert sum("lane:" in op.ref for op in scene.ops if isinstance(op, Open)) == 11


@pytest.mark.parametrize("picture_name", ["full"], indirect=True)
def test_a_picture_says_how_many_statements_it_does_not_show(
    journey: JourneyMap, scene: Scene
) -> None:
    cards = [one for one in all_statements(journey) if one.lane != "emotion"]
    shown = {op.ref for op in scene.ops if isinstance(op, Open)}
    hidden = [one for one in cards if f"statement:{one.id}" not in shown]
    words = " ".join(text.text for text in texts(scene))
    assert f"die unwichtigsten zuerst: {len(hidden)};" in words
    assert 0 < len(hidden) < len(cards)
