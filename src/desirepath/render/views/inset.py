"""Pictures set into a poster where it has room to spare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desirepath.evidence.flow import Flow
from desirepath.render.paper import Paper
from desirepath.render.scene import Circle, Op, Path, Rect, Scene, Text
from desirepath.render.views.flow_rows import MARGIN_MM
from desirepath.render.views.strip import strip_scene

LEAST_WAYS = 3
LARGER = (1.5, 1.3, 1.15)  # tried first
LEAST_SCALE = 0.8  # below it, the smallest words would have less than 6 points


def ways_inset(
    flows: Sequence[Flow], page: Paper, language: str, y_mm: float, room_mm: float
) -> tuple[Op, ...]:
    """The most frequent ways as shapes on a page, as many as there is room for; none below three.

    Args:
        flows: Levels of one flow; the ways are the same in each.
        page: The poster.
        language: Language of the words.
        y_mm: Where the room begins.
        room_mm: Height of the room.
    """
    if not flows:
        return ()
    least = max(page.scale, LEAST_SCALE)
    all_ways = len(flows[0].journeys)
    few = max(LEAST_WAYS, -(-all_ways * 3 // 5))
    tries = [
        (more * least, count)
        for more in LARGER
        for count in range(all_ways, few - 1, -1)
    ]
    tries += [(least, count) for count in range(all_ways, LEAST_WAYS - 1, -1)]
    for factor, count in tries:
        width = (page.width_mm - 2 * page.margin_mm) / factor + 2 * MARGIN_MM
        scene = strip_scene(
            _with_ways(flows[0], count), language=language, width_mm=width
        )
        if (scene.height_mm - 2 * MARGIN_MM) * factor <= room_mm:
            left = page.margin_mm - MARGIN_MM * factor
            return tuple(moved(scene, left, y_mm - MARGIN_MM * factor, factor))
    return ()


def _with_ways(flow: Flow, count: int) -> Flow:
    """The flow with its most frequent ways only."""
    left = len(flow.journeys) - count
    rest = replace(flow.left_out, journeys=flow.left_out.journeys + left)
    return replace(flow, journeys=flow.journeys[:count], left_out=rest)


def moved(scene: Scene, x_mm: float, y_mm: float, factor: float) -> Iterator[Op]:
    """What is drawn on a scene, larger or smaller, at another place.

    Examples:
        >>> dot = Scene(10, 10, "", ops=(Circle(1, 2, 0.5),))
        >>> [(one.x_mm, one.y_mm, one.radius_mm) for one in moved(dot, 10, 20, 2)]
        [(12, 24, 1.0)]
    """
    for op in scene.ops:
        if isinstance(op, Path):
            yield replace(
                op,
                commands=tuple(
                    (
                        command[0],
                        *(
                            float(value) * factor + (y_mm if place % 2 else x_mm)
                            for place, value in enumerate(command[1:])
                        ),
                    )
                    for command in op.commands
                ),
                stroke_mm=op.stroke_mm * factor,
                dash_mm=op.dash_mm * factor,
            )
        elif isinstance(op, Rect | Circle | Text):
            yield _moved_one(op, x_mm, y_mm, factor)
        else:
            yield op


def _moved_one(
    op: Rect | Circle | Text, x_mm: float, y_mm: float, factor: float
) -> Rect | Circle | Text:
    x, y = op.x_mm * factor + x_mm, op.y_mm * factor + y_mm
    if isinstance(op, Text):
        size, width = op.size_pt * factor, op.width_mm * factor
        return replace(op, x_mm=x, y_mm=y, size_pt=size, width_mm=width)
    stroke, radius = op.stroke_mm * factor, op.radius_mm * factor
    if isinstance(op, Circle):
        return replace(op, x_mm=x, y_mm=y, radius_mm=radius, stroke_mm=stroke)
    width, height = op.width_mm * factor, op.height_mm * factor
    return replace(
        op,
        x_mm=x,
        y_mm=y,
        width_mm=width,
        height_mm=height,
        stroke_mm=stroke,
        radius_mm=radius,
    )
