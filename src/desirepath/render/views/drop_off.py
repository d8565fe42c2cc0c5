"""Drop-off bars: of the cases at each stop, how many end there, with interval."""

from __future__ import annotations

from functools import partial

from desirepath.evidence.flow import CaseShare, Flow
from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.theme import INK, RULE
from desirepath.render.views.flow_cards import drawn_name
from desirepath.render.views.flow_frame import about_words
from desirepath.render.views.flow_rows import PictureRow, RowPicture, row_scene
from desirepath.render.words import Words

BAR_MM = 3.2
LEFT_COLOR, END_COLOR = (
    "#e0848d",
    "#a9b2c2",
)  # light, so that the interval is seen on them


def drop_off_scene(flow: Flow, *, language: str = "en", width_mm: float = 297) -> Scene:
    """Bars of where cases leave (or end, where no goal is known), in the order of the stops.

    Args:
        flow: What flows.
        language: Language of the words.
        width_mm: Width of the picture; its height follows.
    """
    words = Words(language)
    stops = [stop for stop in flow.stops if stop.leave.cases and not stop.is_goal]
    widest = max((stop.leave.high for stop in stops), default=1.0)
    color = LEFT_COLOR if flow.is_goal_known else END_COLOR
    rows = tuple(
        PictureRow(
            f"stop:{stop.key}",
            drawn_name(stop.name),
            share_words(stop.leave, words),
            partial(_paint_bar, stop.leave, widest, color),
            BAR_MM,
        )
        for stop in stops
    )
    title = words.say("drop.title" if flow.is_goal_known else "drop.end_title")
    notes = (words.say("drop.note"),)
    picture = RowPicture(title, about_words(flow, words), rows, notes, words.say("flow.empty"))  # fmt: skip
    return row_scene(picture, width_mm, language)


def share_words(share: CaseShare, words: Words) -> str:
    """Share, interval and n."""
    told = words.measured(share.share, share.low, share.high, "share")
    return f"{told} · n\u00a0{words.number(share.n)}"


def _paint_bar(
    share: CaseShare,
    widest: float,
    color: str,
    canvas: Canvas,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
) -> None:
    unit, middle = width_mm / max(widest, 1e-9), y_mm + height_mm / 2
    canvas.rect(x_mm, middle - BAR_MM / 2, share.share * unit, BAR_MM, color)
    low, high = x_mm + share.low * unit, x_mm + share.high * unit
    for left, right, top, bottom in (
        (low, high, 0.0, 0.0),
        (low, low, -1.0, 1.0),
        (high, high, -1.0, 1.0),
    ):
        canvas.path(
            (("M", left, middle + top), ("L", right, middle + bottom)),
            stroke=INK,
            stroke_mm=0.3,
        )
    canvas.path(
        (("M", x_mm, y_mm), ("L", x_mm, y_mm + height_mm)), stroke=RULE, stroke_mm=0.2
    )
