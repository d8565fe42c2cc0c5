"""Flow picture: activities or steps as cards, moves as lines as wide as the cases that make them."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.evidence.flow import Flow
from desirepath.render.canvas import Canvas
from desirepath.render.paper import paper
from desirepath.render.scene import Scene
from desirepath.render.text import PT_MM, line_width_mm, paragraph
from desirepath.render.theme import PAPER, SOFT_INK
from desirepath.render.views.flow_band import CIRCLE_EM, HEAD_EM, PlacedLine
from desirepath.render.views.flow_cards import paint_stop
from desirepath.render.views.flow_frame import Shown, frame_of
from desirepath.render.views.flow_graph import has_back
from desirepath.render.views.flow_labels import (
    ON_LINE,
    Box,
    Label,
    Wish,
    place_labels,
)
from desirepath.render.views.flow_layout import FlowDraft, FlowLayout, fitted_flow
from desirepath.render.views.flow_looks import (
    BACK,
    BACK_INK,
    ONWARD,
    ONWARD_INK,
    Looks,
    plain_looks,
)
from desirepath.render.words import Words


def flow_scene(
    flow: Flow,
    *,
    title: str = "",
    language: str = "en",
    size: str = "A3",
    orientation: str = "landscape",
    looks: Looks | None = None,
) -> Scene:
    """A flow as a picture of an exact size.

    Columns follow each other in reading order; where they do not fit into one row they go on in the
    next, and lines between rows end in a circle with the letter of the card where they go on.
    Text is as large as the page allows, 6 pt at least.

    Args:
        flow: What flows where.
        title: Headline; says what the picture shows if empty.
        language: Language of the words.
        size: A0 to A4, letter or tabloid.
        orientation: landscape or portrait.
        looks: Colors and numbers of the lines; forward and back with shares if None.

    Raises:
        RenderError: E601 if the size is not known, E602 if the orientation is not.

    Examples:
        >>> scene = flow_scene(Flow(0.02, (), (), (), 0, 0, 0), size="A4")
        >>> scene.width_mm, scene.title
        (297.0, 'How customers move')
    """
    words = Words(language)
    headline = title or words.say("flow.title")
    page = paper(size, orientation)
    draft = FlowDraft(flow, page, words, headline, looks or plain_looks(flow, words))
    return _painted(fitted_flow(draft), draft, headline)


@dataclass(frozen=True)
class _Drawn:
    """A line with the look of its move."""

    line: PlacedLine
    color: str
    ink: str
    text: str
    label: str


def _painted(layout: FlowLayout, draft: FlowDraft, title: str) -> Scene:
    page, setting = layout.page, layout.setting
    canvas = Canvas(
        page.width_mm,
        page.height_mm,
        language=draft.words.language,
        is_rtl=setting.is_rtl,
    )
    looks = draft.looks if layout.flow is draft.flow else _looks_of(layout, draft)
    lines = [_drawn(line, looks) for band in layout.bands for line in band.lines]
    labels = _labels(layout, lines)
    wanted = sum(1 for one in lines if one.line.spots and one.text)
    width = page.width_mm - 2 * page.margin_mm
    shown = Shown(
        title,
        looks,
        bool(layout.graph.jumps),
        has_back(layout.graph, layout.flow),
        _hidden(layout, draft),
        wanted - len(labels),
    )
    frame = frame_of(layout.flow, draft.words, setting, width, shown)
    frame.paint(canvas, page.margin_mm, page.margin_mm, page.height_mm - page.margin_mm)
    if not layout.bands or not layout.flow.stops:
        _paint_empty(canvas, layout, draft.words.say("flow.empty"))
        return canvas.scene(title)
    for drawn in sorted(lines, key=lambda one: (-one.line.width_mm, one.line.moves)):
        _paint_line(canvas, drawn, layout)
    for band in layout.bands:
        for stop in band.stops:
            ref = f"stop:{stop.number}"
            paint_stop(
                canvas, stop.card, ref, stop.x_mm, stop.y_mm, stop.height_mm, setting
            )
    for drawn in lines:
        if drawn.line.circle:
            _paint_circle(canvas, drawn, layout)
    for label in labels:
        _paint_label(canvas, label, lines[label.wish.line])
    return canvas.scene(title)


def _hidden(layout: FlowLayout, draft: FlowDraft) -> tuple[str, ...]:
    """Stops that found no place on the page."""
    shown = {stop.key for stop in layout.flow.stops}
    return tuple(stop.name for stop in draft.flow.stops if stop.key not in shown)


def _looks_of(layout: FlowLayout, draft: FlowDraft) -> Looks:
    """Looks of what is left of the flow on the page."""
    place = {stop.key: number for number, stop in enumerate(draft.flow.stops)}
    stops = [place[stop.key] for stop in layout.flow.stops]
    pairs = {(m.start, m.end): number for number, m in enumerate(draft.flow.moves)}
    moves = [pairs[stops[m.start], stops[m.end]] for m in layout.flow.moves]
    return draft.looks.only(stops, moves)


def _drawn(line: PlacedLine, looks: Looks) -> _Drawn:
    look = looks.moves[line.moves[0]]
    is_onward = line.kind == "onward"
    return _Drawn(
        line,
        look.color or (ONWARD if is_onward else BACK),
        look.ink or (ONWARD_INK if is_onward else BACK_INK),
        look.text,
        "; ".join(looks.moves[number].label for number in line.moves),
    )


def _labels(layout: FlowLayout, lines: list[_Drawn]) -> list[Label]:
    em, page = layout.setting.style.em_mm, layout.page
    radius = CIRCLE_EM * em
    obstacles: list[Box] = [
        (one.x_mm, one.y_mm, one.x_mm + one.card.width_mm, one.y_mm + one.height_mm)
        for band in layout.bands
        for one in band.stops
    ]
    for drawn in lines:
        if drawn.line.circle:
            x, y = drawn.line.circle
            obstacles.append((x - radius, y - radius, x + radius, y + radius))
        if drawn.line.head:
            x, y, half = drawn.line.head
            obstacles.append((x - HEAD_EM * em, y - half, x, y + half))
    wishes = [
        Wish(number, one.text, one.ink, one.line.spots, one.line.width_mm)
        for number, one in enumerate(lines)
        if one.line.spots and one.text
    ]
    margin = page.margin_mm
    within = (
        margin,
        layout.top_mm - 0.5 * em,
        page.width_mm - margin,
        page.height_mm - margin - layout.frame.foot_mm,
    )
    courses = [one.line.commands for one in lines]
    return place_labels(
        wishes, obstacles, courses, within, layout.setting.style.mark_pt
    )


def _paint_line(canvas: Canvas, drawn: _Drawn, layout: FlowLayout) -> None:
    line, em = drawn.line, layout.setting.style.em_mm
    ref = "move:" + ",".join(
        f"{layout.flow.moves[number].start}-{layout.flow.moves[number].end}"
        for number in line.moves
    )
    with canvas.group(ref, drawn.label, "img"):
        canvas.path(line.commands, stroke=drawn.color, stroke_mm=line.width_mm)
        if line.head:
            x, y, half = line.head
            back = x - HEAD_EM * em
            canvas.path(
                (("M", back, y - half), ("L", x, y), ("L", back, y + half), ("Z",)),
                fill=drawn.color,
            )


def _paint_circle(canvas: Canvas, drawn: _Drawn, layout: FlowLayout) -> None:
    if drawn.line.circle is None:
        return
    (x, y), em = drawn.line.circle, layout.setting.style.em_mm
    size_pt = layout.setting.style.mark_pt
    radius = CIRCLE_EM * em
    canvas.circle(x, y, radius, PAPER, drawn.color, 0.22 * em)
    letter = paragraph(drawn.line.letter, 9 * em, size_pt, is_bold=True)
    top = y - letter.baseline_mm + 0.36 * size_pt * PT_MM
    canvas.text(letter, x - radius, top, 2 * radius, drawn.ink, "middle")


def _paint_label(canvas: Canvas, label: Label, drawn: _Drawn) -> None:
    left, top, right, bottom = label.box
    small = label.size_pt * PT_MM
    if drawn.line.width_mm < ON_LINE * small:
        canvas.rect(left, top, right - left, bottom - top, PAPER, None, 0, 0.3 * small)
    words = paragraph(label.wish.text, 99 * small, label.size_pt)
    wide = line_width_mm(label.wish.text, label.size_pt)
    middle = (top + bottom) / 2
    y = middle - words.baseline_mm + 0.36 * small
    canvas.text(words, (left + right - wide) / 2, y, wide, drawn.ink, "middle")


def _paint_empty(canvas: Canvas, layout: FlowLayout, text: str) -> None:
    setting, page = layout.setting, layout.page
    width = page.width_mm - 2 * page.margin_mm
    words = setting.sized(text, width, 1.4 * setting.style.body_pt)
    y = page.height_mm / 2
    canvas.text(words, page.margin_mm, y, width, SOFT_INK, "middle")
