"""Cards of stops: name, share of cases, where cases begin, end and stay; measured and painted."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.evidence.flow import Flow, Stop
from desirepath.render.canvas import Canvas
from desirepath.render.text import PT_MM, Paragraph
from desirepath.render.theme import INK, PAPER, SOFT_INK, STEP_STROKE, VERDICT_COLORS
from desirepath.render.views.cards import Setting
from desirepath.render.words import Words

NAME_LINES = 4
LEAST_SHARE = 0.01  # what fewer cases do is in the table only
BEGIN_COLOR = "#11693a"
LEAVE_COLOR = VERDICT_COLORS["refuted"]
GOAL_COLOR = "#b87503"
BAR_EM = 0.55
# Told apart without color vision as well (Okabe and Ito 2008, darkened).
CHANNEL_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#6a51a3", "#8c6d1f")
OTHER_COLOR = "#8a93a6"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card with its sign."""

    icon: str
    words: Paragraph
    color: str


@dataclass(frozen=True, slots=True)
class StopCard:
    """A stop measured at a width.

    Attributes:
        stop: What it shows.
        name: Its name.
        lines: Shares with their signs.
        width_mm: Width.
        height_mm: Least height.
        label: The card in words.
        channels: Color and share of each channel, for the bar.
    """

    stop: Stop
    name: Paragraph
    lines: tuple[Line, ...]
    width_mm: float
    height_mm: float
    label: str
    channels: tuple[tuple[str, float], ...]


def channel_colors(flow: Flow) -> dict[str, str]:
    """Color of each channel of a flow; those beyond the sixth share one."""
    return {
        channel: CHANNEL_COLORS[number] if number < len(CHANNEL_COLORS) else OTHER_COLOR
        for number, channel in enumerate(flow.channels)
    }


def stop_card(
    stop: Stop,
    width_mm: float,
    setting: Setting,
    words: Words,
    colors: dict[str, str],
    *,
    is_goal_known: bool,
    extra: tuple[str, str, str] | None = None,
) -> StopCard:
    """The card of a stop, wrapped into a width."""
    style = setting.style
    inner = width_mm - 2 * style.pad_mm - BAR_EM * style.em_mm
    room = inner - (1.2 * style.em_mm if stop.is_goal else 0.0)
    name = setting.sized(
        drawn_name(stop.name), room, style.body_pt, NAME_LINES, is_bold=True
    )
    told = stop_lines(stop, words, is_goal_known=is_goal_known)
    told += [extra] if extra else []
    sign = sign_mm(setting)
    lines = tuple(
        Line(icon, setting.small(text, inner - (sign if icon else 0.0)), color)
        for icon, text, color in told
    )
    height = name.height_mm + sum(line.words.height_mm for line in lines)
    total = sum(count for _, count in stop.channels)
    return StopCard(
        stop,
        name,
        lines,
        width_mm,
        height + 2 * style.pad_mm,
        ". ".join([stop.name, *(text for _, text, _ in told)]),
        tuple((colors[name], count / total) for name, count in stop.channels),
    )


def drawn_name(name: str) -> str:
    """Name with places to break: underscores of a name without blanks become blanks.

    Examples:
        >>> drawn_name("search_empty"), drawn_name("Pay by snake_case")
        ('search empty', 'Pay by snake_case')
    """
    return name if " " in name else name.replace("_", " ").strip() or name


def stop_lines(
    stop: Stop, words: Words, *, is_goal_known: bool
) -> list[tuple[str, str, str]]:
    """Sign, text and color of what is said of a stop."""
    say = words.say
    reach = say(
        "flow.reach", share=words.share(stop.reach.share), cases=stop.reach.cases
    )
    found = [("", reach, SOFT_INK)]
    total = sum(count for _, count in stop.channels)
    if stop.channels:
        shown = stop.channels[:2]
        text = ", ".join(
            f"{name} {words.share(count / total)}" if len(stop.channels) > 1 else name
            for name, count in shown
        )
        found.append(
            ("", text + (" …" if len(stop.channels) > len(shown) else ""), INK)
        )
    leave = "flow.leave" if is_goal_known else "flow.end"
    for icon, key, share, color in (
        ("next", "flow.begin", stop.begin.share, BEGIN_COLOR),
        ("leave", leave, stop.leave.share, LEAVE_COLOR if is_goal_known else SOFT_INK),
        ("loop", "flow.again", stop.again.share, SOFT_INK),
    ):
        if share >= LEAST_SHARE:
            found.append((icon, say(key, share=words.share(share)), color))
    return found


def sign_mm(setting: Setting) -> float:
    """Width of a sign before a line."""
    return 1.3 * setting.style.mark_pt * PT_MM


def paint_stop(
    canvas: Canvas,
    card: StopCard,
    ref: str,
    x_mm: float,
    y_mm: float,
    height_mm: float,
    setting: Setting,
) -> None:
    """Draw a card with its upper corner at x, y."""
    style = setting.style
    em, pad = style.em_mm, style.pad_mm
    with canvas.group(ref, card.label, "listitem"):
        canvas.rect(
            x_mm, y_mm, card.width_mm, height_mm, PAPER, STEP_STROKE, 2 * style.hair_mm, 0.3 * em
        )  # fmt: skip
        top = y_mm
        for color, share in card.channels or ((OTHER_COLOR, 1.0),):
            canvas.rect(x_mm, top, BAR_EM * em, share * height_mm, color)
            top += share * height_mm
        left = x_mm + BAR_EM * em + pad
        inner = card.width_mm - BAR_EM * em - 2 * pad
        if card.stop.is_goal:
            size = 1.0 * em
            right = x_mm + card.width_mm - size - pad
            canvas.icon("star", right, y_mm + 0.45 * em, size, GOAL_COLOR)
        y = y_mm + (height_mm - card.height_mm) / 2 + pad
        canvas.text(card.name, left, y, inner, INK)
        y += card.name.height_mm
        for line in card.lines:
            shift = sign_mm(setting) if line.icon else 0.0
            if line.icon:
                size = 0.8 * line.words.size_pt * PT_MM
                top = y + line.words.baseline_mm - 0.76 * line.words.size_pt * PT_MM
                canvas.icon(line.icon, left, top, size, line.color)
            canvas.text(line.words, left + shift, y, inner - shift, line.color, "edge")
            y += line.words.height_mm
