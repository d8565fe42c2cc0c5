"""Two small pictures of a story: who is still here, and how a step feels. Words beside them say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desirepath.evidence.facts import Fact
from desirepath.maps.model import Statement
from desirepath.render.page_rows import Row

BAR, GAP, HIGH = 6, 2, 24
WIDE, MIDDLE = 100, 50
PER_POINT = 22  # from the middle to +2 are 44 of 100


def people_picture(reaches: Sequence[Row | None], now: int) -> str:
    """One bar for each step, as high as the share that comes there; that of this step stands out."""
    bars = ""
    for number, row in enumerate(reaches):
        share = row.everyone.value or 0.0 if row else 0.0
        high = _short(share * HIGH)
        place = f'x="{number * (BAR + GAP)}" y="{_short(HIGH - share * HIGH)}" width="{BAR}" height="{high}"'
        look = ' class="now"' if number == now else ""
        bars += f"<rect {place}{look}{_follows(row, 'bar')}/>"
    wide = len(reaches) * (BAR + GAP) - GAP
    return (
        f'<svg class="people" viewBox="0 0 {wide} {HIGH + 1}" aria-hidden="true" preserveAspectRatio="none">'
        f'{bars}<rect class="floor" x="0" y="{HIGH}" width="{wide}" height="1"/></svg>'
    )


def feel_picture(moods: Iterable[Statement], fact: Fact | None, row: Row | None) -> str:
    """A line from -2 to +2: rings for what is assumed, a dot with its interval for what was answered."""
    ticks = "".join(
        f'<line x1="{_x(score)}" x2="{_x(score)}" y1="7" y2="13"/>'
        for score in range(-2, 3)
    )
    rings = "".join(
        f'<circle class="assumed" cx="{_x(one.score)}" cy="10" r="4.5"/>'
        for one in moods
        if one.score is not None
    )
    dot = ""
    if fact is not None and fact.value is not None:
        if fact.low is not None and fact.high is not None:
            dot = f'<line class="interval" x1="{_x(fact.low)}" x2="{_x(fact.high)}" y1="10" y2="10"/>'
        dot += f'<circle class="measured" cx="{_x(fact.value)}" cy="10" r="3"{_follows(row, "dot")}/>'
    return (
        f'<svg class="feel" viewBox="0 0 {WIDE} 20" aria-hidden="true">'
        f'<line x1="{_x(-2)}" x2="{_x(2)}" y1="10" y2="10"/>{ticks}{dot}{rings}</svg>'
    )


def _follows(row: Row | None, kind: str) -> str:
    return f' data-{kind}="{row.key}"' if row else ""


def _x(score: float) -> str:
    return _short(MIDDLE + score * PER_POINT)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
