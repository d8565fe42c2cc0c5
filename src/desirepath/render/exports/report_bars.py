"""The effect of a finding as a small bar with its interval. Has no text: the words stand beside it."""

from __future__ import annotations

from collections.abc import Iterable

from desirepath.analyze.finding import Finding
from desirepath.analyze.speech import Speech
from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.theme import AMBER, GREEN, RED, RULE

WIDTH_MM, HEIGHT_MM, BAR_MM = 42.0, 5.0, 2.6
TICK_MM = 1.2
COLORS = {"fix": RED.bar, "keep": GREEN.bar, "look": AMBER.bar}


def widest(findings: Iterable[Finding]) -> dict[str, float]:
    """Largest distance from zero of each unit, so that bars of one table can be compared."""
    found: dict[str, float] = {}
    for one in findings:
        for end in (one.value, one.low, one.high):
            if end is not None:
                found[one.unit] = max(found.get(one.unit, 0.0), abs(end))
    return found


def bar_scene(finding: Finding, most: float, speech: Speech) -> Scene | None:
    """Bar from zero to the effect, with a line for its interval; None where there is no number.

    Args:
        finding: What to draw.
        most: Distance from zero that fills the width.
        speech: Language of the report; where it is read from the right, the bar grows to the left.
    """
    value = finding.value
    if value is None or not most:
        return None
    low = value if finding.low is None else finding.low
    high = value if finding.high is None else finding.high
    has_both = min(low, value) < 0
    zero = WIDTH_MM / 2 if has_both else 0.4
    unit = (WIDTH_MM / 2 if has_both else WIDTH_MM - 0.8) / most
    canvas = Canvas(WIDTH_MM, HEIGHT_MM, language=speech.language, is_rtl=speech.is_rtl)
    middle = HEIGHT_MM / 2
    left, right = sorted((zero, zero + value * unit))
    color = COLORS[finding.kind]
    canvas.rect(left, middle - BAR_MM / 2, max(right - left, 0.2), BAR_MM, color)
    ends = [min(max(zero + end * unit, 0.2), WIDTH_MM - 0.2) for end in (low, high)]
    lines = [(ends[0], middle, ends[1], middle)]
    lines += [(end, middle - TICK_MM, end, middle + TICK_MM) for end in ends]
    lines.append((zero, 0.0, zero, HEIGHT_MM))
    for x1, y1, x2, y2 in lines:
        canvas.path((("M", x1, y1), ("L", x2, y2)), stroke=RULE, stroke_mm=0.5)
    return canvas.scene(speech.effect(finding))
