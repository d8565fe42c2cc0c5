"""Thumbnail: a map as small as a stamp, its shape without its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.render.scene import Circle, Op, Path, Rect, Scene
from desirepath.render.theme import (
    CURVE,
    CURVE_FILL,
    ROW_FILL,
    RULE,
    STAGE_FILL,
    lane_color,
)

WIDTH_MM, HEIGHT_MM = 80.0, 48.0
MARGIN_MM = 2.0
GAP_MM = 0.6
STAGE_MM, STEP_MM = 4.0, 3.0
MOST_ROWS = 9
MOST_CARDS = 3
MOST_STEPS = 40
LARGEST_ROW_MM = 6.0
MOST_SCORE = 2.0
EMOTION = "emotion"


def thumbnail_scene(journey_map: JourneyMap) -> Scene:
    """The map as a small picture: a bar for each stage, a mark for each step, a spot for each statement.

    Examples:
        >>> scene = thumbnail_scene(JourneyMap(id="shop", title="I order a plant"))
        >>> scene.width_mm, scene.height_mm, scene.title
        (80.0, 48.0, 'I order a plant')
    """
    ops = tuple(_drawn(journey_map))
    return Scene(WIDTH_MM, HEIGHT_MM, journey_map.title, journey_map.language, ops=ops)


def _drawn(journey: JourneyMap) -> Iterator[Op]:
    if not journey.stages:
        yield from _blank()
        return
    columns = _columns(journey.stages)
    for stage, steps, x, width in columns:
        yield Rect(x, MARGIN_MM, width, STAGE_MM, fill=STAGE_FILL, radius_mm=0.8)
        for place, _ in _places(steps, x, width):
            top = MARGIN_MM + STAGE_MM + GAP_MM
            yield Rect(
                place[0],
                top,
                place[1],
                STEP_MM,
                "#ffffff",
                STAGE_FILL,
                stroke_mm=0.25,
                radius_mm=0.5,
            )
        del stage
    lanes = _lanes(journey)
    if not lanes:
        return
    top = MARGIN_MM + STAGE_MM + STEP_MM + 2 * GAP_MM
    row = min(LARGEST_ROW_MM, (HEIGHT_MM - MARGIN_MM - top) / len(lanes))
    for number, lane in enumerate(lanes):
        yield from _row(columns, lane, top + number * row, row - GAP_MM)


Column = tuple[Stage, Sequence[Step], float, float]


def _columns(stages: Sequence[Stage]) -> list[Column]:
    """Stages with the steps that are drawn, their left edge and width, by their number of steps."""
    counts = [max(1, len(stage.steps)) for stage in stages]
    room = WIDTH_MM - 2 * MARGIN_MM - GAP_MM * (len(stages) - 1)
    x = MARGIN_MM
    found: list[Column] = []
    for stage, count in zip(stages, counts, strict=True):
        width = max(0.5, room * count / sum(counts))
        found.append((stage, stage.steps[:MOST_STEPS], x, width))
        x += width + GAP_MM
    return found


def _places(
    steps: Sequence[Step], x: float, width: float
) -> Iterator[tuple[tuple[float, float], Step]]:
    """Left edge and width of each step of a stage."""
    each = (width + GAP_MM) / len(steps) if steps else 0.0
    for number, step in enumerate(steps):
        yield (x + number * each, max(0.3, each - GAP_MM)), step


def _lanes(journey: JourneyMap) -> list[str]:
    """Lanes in the order of the map, and the emotion where somebody felt something."""
    used = {one.lane for one in journey.all_statements()}
    named = list(dict.fromkeys([*journey.lanes, *sorted(used - set(journey.lanes))]))
    return named[:MOST_ROWS]


def _row(
    columns: Sequence[Column], lane: str, top: float, height: float
) -> Iterator[Op]:
    width = WIDTH_MM - 2 * MARGIN_MM
    fill = CURVE_FILL if lane == EMOTION else ROW_FILL
    yield Rect(MARGIN_MM, top, width, height, fill=fill, radius_mm=0.5)
    if lane == EMOTION:
        yield from _curve(columns, top, height)
        return
    color = lane_color(lane)
    for stage, steps, x, wide in columns:
        spots = [(place, step.statements) for place, step in _places(steps, x, wide)]
        if stage.statements:
            spots.append(((x, wide), stage.statements))
        for (left, room), statements in spots:
            count = min(MOST_CARDS, sum(one.lane == lane for one in statements))
            if lane == "touchpoints" and not count:
                count = _touched(steps, left, x, wide)
            for number in range(count):
                each = (height - 0.8) / count
                y = top + 0.4 + number * each
                high = max(0.3, each - 0.3)
                yield Rect(left + 0.4, y, max(0.3, room - 0.8), high, color.fill)
                yield Rect(left + 0.4, y, min(0.7, room), high, color.bar)


def _touched(steps: Sequence[Step], left: float, x: float, wide: float) -> int:
    """How many touchpoints the step at a place names."""
    for (begin, _), step in _places(steps, x, wide):
        if begin == left:
            return min(MOST_CARDS, len(step.touchpoints))
    return 0


def _curve(columns: Sequence[Column], top: float, height: float) -> Iterator[Op]:
    points = [
        (left + room / 2, _felt(step.statements))
        for _, steps, x, wide in columns
        for (left, room), step in _places(steps, x, wide)
    ]
    middle, reach = top + height / 2, height / 2 - 0.6
    shown = [
        (x, middle - score / MOST_SCORE * reach)
        for x, score in points
        if score is not None
    ]
    ends = (("M", MARGIN_MM, middle), ("L", WIDTH_MM - MARGIN_MM, middle))
    yield Path(ends, stroke=RULE, stroke_mm=0.1, dash_mm=0.8)
    line = tuple(("L" if place else "M", x, y) for place, (x, y) in enumerate(shown))
    if len(shown) > 1:
        yield Path(line, stroke=CURVE, stroke_mm=0.5, is_round=True)
    for x, y in shown:
        yield Circle(x, y, 0.6, fill=CURVE)


def _felt(statements: Sequence[Statement]) -> float | None:
    """Mean score of a step, None where nobody said one."""
    scores = [one.score for one in statements if one.lane == EMOTION]
    known = [one for one in scores if one is not None]
    return sum(known) / len(known) if known else None


def _blank() -> Iterator[Op]:
    """A map without stages: where they will stand."""
    width = (WIDTH_MM - 2 * MARGIN_MM - 3 * GAP_MM) / 4
    for number in range(4):
        x = MARGIN_MM + number * (width + GAP_MM)
        yield Rect(
            x, MARGIN_MM, width, STAGE_MM, None, RULE, stroke_mm=0.2, radius_mm=0.8
        )
