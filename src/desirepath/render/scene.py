"""Scene: boxes, lines and text in millimeters. Every picture is one; every format draws one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

PathCommand: TypeAlias = tuple[
    str | float, ...
]  # ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with its upper left corner at x, y."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    fill: str | None = None
    stroke: str | None = None
    stroke_mm: float = 0.2
    radius_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around x, y."""

    x_mm: float
    y_mm: float
    radius_mm: float
    fill: str | None = None
    stroke: str | None = None
    stroke_mm: float = 0.2


@dataclass(frozen=True, slots=True)
class Path:
    """Lines and curves in absolute coordinates."""

    commands: tuple[PathCommand, ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_mm: float = 0.2
    dash_mm: float = 0.0
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; x is its left edge, y its baseline, whatever the direction of the words."""

    x_mm: float
    y_mm: float
    text: str
    size_pt: float
    width_mm: float
    is_bold: bool = False
    is_rtl: bool = False
    fill: str = "#1d2433"


@dataclass(frozen=True, slots=True)
class Open:
    """Start of a group that a reader or a screen reader can address."""

    ref: str
    label: str
    role: Literal["group", "listitem", "img"] = "group"


@dataclass(frozen=True, slots=True)
class Close:
    """End of the last opened group."""


Op: TypeAlias = Rect | Circle | Path | Text | Open | Close


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: size, title for readers, and what is drawn, in drawing order."""

    width_mm: float
    height_mm: float
    title: str
    language: str = "en"
    is_rtl: bool = False
    ops: tuple[Op, ...] = field(default=())


def texts(scene: Scene) -> Sequence[Text]:
    """All lines of text of a scene."""
    return [op for op in scene.ops if isinstance(op, Text)]
