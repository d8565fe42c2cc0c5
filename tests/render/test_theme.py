from __future__ import annotations

import itertools

import pytest

from desirepath.render import theme
from desirepath.render.text import PT_MM


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


FILLS = sorted(
    {theme.PAPER, theme.ROW_FILL, theme.CURVE_FILL}
    | {color.fill for color in theme.LANE_COLORS.values()}
    | {theme.BLUE.fill}
)
INKS = sorted({theme.INK, theme.SOFT_INK, *theme.VERDICT_COLORS.values()})


@pytest.mark.parametrize(("ink", "fill"), list(itertools.product(INKS, FILLS)))
def test_text_can_be_read_on_every_fill(ink: str, fill: str) -> None:
    assert contrast(ink, fill) >= 4.5


def test_stage_names_can_be_read() -> None:
    assert contrast(theme.PAPER, theme.STAGE_FILL) >= 4.5


def test_bars_can_be_told_from_the_row() -> None:
    bars = {color.bar for color in theme.LANE_COLORS.values()}
    assert all(contrast(bar, theme.ROW_FILL) >= 3 for bar in bars)


@pytest.mark.parametrize("is_tight", [False, True])
def test_marks_are_never_smaller_than_the_smallest_text(*, is_tight: bool) -> None:
    style = theme.Style(6.0, 6.0, 1.0, is_tight)
    assert style.mark_pt == 6.0
    assert style.em_mm == pytest.approx(6 * PT_MM)


def test_the_title_is_read_from_two_meters_on_a1() -> None:
    assert theme.Style(16.0, 6.0, 2.0).title_pt == 48
