"""The stamp of a map: its shape, always within its edges."""

from __future__ import annotations

import pytest
from tests.board.conftest import DEMO

from desirepath.maps.files import read_document
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.templates import TEMPLATES, new_map
from desirepath.render.formats.svg import scene_svg
from desirepath.render.scene import Circle, Path, Rect, Scene
from desirepath.render.theme import CURVE, STAGE_FILL
from desirepath.render.views.thumbnail import thumbnail_scene


def inside(scene: Scene) -> bool:
    """Whether nothing sticks out and nothing is turned inside out."""
    for op in scene.ops:
        if isinstance(op, Rect):
            edges = (op.x_mm, op.y_mm, op.x_mm + op.width_mm, op.y_mm + op.height_mm)
            if min(edges) < 0 or op.width_mm <= 0 or op.height_mm <= 0:
                return False
            if edges[2] > scene.width_mm or edges[3] > scene.height_mm:
                return False
    return True


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_has_a_small_picture(name: str) -> None:
    journey = new_map(name)
    scene = thumbnail_scene(journey)
    bars = [op for op in scene.ops if isinstance(op, Rect) and op.fill == STAGE_FILL]
    assert (len(bars), inside(scene)) == (len(journey.stages), True)
    assert len(scene_svg(scene, has_fonts=False)) < 60_000


def test_what_was_felt_is_a_curve() -> None:
    scene = thumbnail_scene(read_document(DEMO).journey)
    dots = [op for op in scene.ops if isinstance(op, Circle)]
    (line,) = [op for op in scene.ops if isinstance(op, Path) and op.stroke == CURVE]
    assert len(line.commands) == len(dots) > 1


def test_a_map_without_stages_shows_where_they_will_stand() -> None:
    scene = thumbnail_scene(JourneyMap(id="new", title="New"))
    assert len([op for op in scene.ops if isinstance(op, Rect) and op.stroke]) == 4


def test_a_map_with_very_many_steps_stays_inside() -> None:
    steps = tuple(
        Step(id=f"s{n}", name="I go on", statements=tuple(Statement(lane=f"lane {m}", text="x") for m in range(12)))
        for n in range(60)
    )  # fmt: skip
    stages = tuple(
        Stage(id=f"t{n}", name="Go", steps=steps[n * 3 : n * 3 + 3]) for n in range(20)
    )
    assert inside(thumbnail_scene(JourneyMap(id="big", title="Big", stages=stages)))
