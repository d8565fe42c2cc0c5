"""Colors and sizes of pictures. Decides nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.render.text import LEADING, PT_MM, TIGHT_LEADING

INK = "#1d2433"
SOFT_INK = "#4a5468"
PAPER = "#ffffff"
STAGE_FILL = "#22304f"
ROW_FILL = "#f6f7fa"
ROW_STROKE = "#dde2ec"
RULE = "#8a93a6"
CURVE = "#b87503"
CURVE_FILL = "#fffbf0"
CURVE_STROKE = "#eadfb8"
STEP_STROKE = "#22304f"
BUBBLE_STROKE = "#7d8db5"

# Text colors; each reads at 4.5 : 1 or better on every fill below.
VERDICT_COLORS = {
    "confirmed": "#11693a",
    "refuted": "#b3202c",
    "mixed": "#8a4b00",
    "unknown": "#4a5468",
    "stale": "#6a3f9e",
    "untestable": "#5b6475",
    "": "#4a5468",
    "short": "#b3202c",
    "better": "#11693a",
    "even": "#4a5468",
}


@dataclass(frozen=True, slots=True)
class LaneColor:
    """Bar and fill of the cards of a lane."""

    bar: str
    fill: str


BLUE = LaneColor("#2457d6", "#eef2fd")
RED = LaneColor("#c2313f", "#fdeeee")
GREEN = LaneColor("#1c8a4d", "#eaf6ee")
VIOLET = LaneColor("#7a4cc2", "#f3eefb")
GRAY = LaneColor("#5b6475", "#eef0f3")
AMBER = LaneColor("#b87503", "#fdf4e2")
TEAL = LaneColor("#0f7f86", "#e6f4f5")

LANE_COLORS = {
    "pains": RED,
    "pain": RED,
    "gains": GREEN,
    "gain": GREEN,
    "touchpoints": VIOLET,
    "channels": VIOLET,
    "emotion": AMBER,
    "opportunities": TEAL,
    "opportunity": TEAL,
    "promise": TEAL,
    "expectations": TEAL,
    "technology": GRAY,
    "process": GRAY,
    "people": GRAY,
    "owner": GRAY,
    "frontstage": BLUE,
    "backstage": GRAY,
    "support": GRAY,
    "physical_evidence": AMBER,
}


def lane_color(lane: str) -> LaneColor:
    """Color of a lane; blue for lanes that have no color of their own."""
    return LANE_COLORS.get(lane, BLUE)


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes that follow from the size of the body text.

    Attributes:
        body_pt: Size of statements.
        smallest_pt: No text is smaller.
        scale: Size of the page against A3, 1 for A3.
        is_tight: Less space between lines and cards, for pages that are full.
    """

    body_pt: float
    smallest_pt: float
    scale: float
    is_tight: bool = False

    @property
    def mark_pt(self) -> float:
        """Size of marks, labels and notes."""
        return max(self.smallest_pt, 0.86 * self.body_pt)

    @property
    def head_pt(self) -> float:
        """Size of stages."""
        return 1.15 * self.body_pt

    @property
    def title_pt(self) -> float:
        """Size of the title: 24 pt on A3, 48 pt on A1; less where the page is full."""
        return max((18 if self.is_tight else 24) * self.scale, 1.6 * self.body_pt)

    @property
    def em_mm(self) -> float:
        """Size of the body text."""
        return self.body_pt * PT_MM

    @property
    def leading(self) -> float:
        """Height of a line in em."""
        return TIGHT_LEADING if self.is_tight else LEADING

    @property
    def pad_mm(self) -> float:
        """Space inside cards and rows."""
        return (0.28 if self.is_tight else 0.4) * self.em_mm

    @property
    def gap_mm(self) -> float:
        """Space between things that belong together."""
        return (0.25 if self.is_tight else 0.45) * self.em_mm

    @property
    def hair_mm(self) -> float:
        """Width of a thin line."""
        return 0.06 * self.em_mm
