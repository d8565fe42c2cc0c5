"""Canvas: collects the shapes of a scene; mirrors them for maps read from right to left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from desirepath.render import icons
from desirepath.render.scene import (
    Circle,
    Close,
    Op,
    Open,
    Path,
    PathCommand,
    Rect,
    Scene,
    Text,
)
from desirepath.render.text import Paragraph, line_width_mm
from desirepath.render.theme import INK

Align: TypeAlias = Literal["start", "edge", "middle", "end"]


class Canvas:
    """Drawing surface whose x runs from the side where reading starts."""

    def __init__(
        self, width_mm: float, height_mm: float, *, language: str, is_rtl: bool
    ) -> None:
        self.width_mm = width_mm
        self.height_mm = height_mm
        self.language = language
        self.is_rtl = is_rtl
        self._ops: list[Op] = []

    def scene(self, title: str) -> Scene:
        """What was drawn."""
        return Scene(
            self.width_mm,
            self.height_mm,
            title,
            self.language,
            self.is_rtl,
            tuple(self._ops),
        )

    def _left(self, x_mm: float, width_mm: float) -> float:
        return self.width_mm - x_mm - width_mm if self.is_rtl else x_mm

    def rect(
        self,
        x_mm: float,
        y_mm: float,
        width_mm: float,
        height_mm: float,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_mm: float = 0.2,
        radius_mm: float = 0.0,
    ) -> None:
        """Add a rectangle."""
        left = self._left(x_mm, width_mm)
        self._ops.append(
            Rect(left, y_mm, width_mm, height_mm, fill, stroke, stroke_mm, radius_mm)
        )

    def circle(
        self,
        x_mm: float,
        y_mm: float,
        radius_mm: float,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_mm: float = 0.2,
    ) -> None:
        """Add a circle around a point."""
        self._ops.append(
            Circle(self._left(x_mm, 0), y_mm, radius_mm, fill, stroke, stroke_mm)
        )

    def path(
        self,
        commands: Iterable[PathCommand],
        *,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_mm: float = 0.2,
        dash_mm: float = 0.0,
        is_round: bool = False,
    ) -> None:
        """Add lines and curves; x is mirrored where the map is."""
        moved = tuple(
            (
                command[0],
                *(
                    self._left(float(value), 0) if number % 2 == 0 else value
                    for number, value in enumerate(command[1:])
                ),
            )
            for command in commands
        )
        self._ops.append(Path(moved, fill, stroke, stroke_mm, dash_mm, is_round))

    def icon(
        self, name: str, x_mm: float, y_mm: float, size_mm: float, color: str
    ) -> None:
        """Add a sign in a square; ticks and question marks are never mirrored, arrows are."""
        is_filled = name in icons.FILLED
        commands = icons.FILLED[name] if is_filled else icons.STROKED[name]
        is_mirrored = name in ("next", "loop", "leave")
        self.drawing(
            commands,
            x_mm,
            y_mm,
            size_mm,
            color,
            is_filled=is_filled,
            is_mirrored=is_mirrored,
        )

    def drawing(
        self,
        commands: Iterable[PathCommand],
        x_mm: float,
        y_mm: float,
        size_mm: float,
        color: str,
        *,
        is_filled: bool = False,
        is_mirrored: bool = False,
        thickness: float = 0.16,
    ) -> None:
        """Add lines given in a square of size 1, scaled into a square on the canvas."""
        left = self._left(x_mm, size_mm)
        is_flipped = is_mirrored and self.is_rtl
        scaled = tuple(
            (
                command[0],
                *(
                    (
                        left
                        + size_mm * (1 - float(value) if is_flipped else float(value))
                    )
                    if number % 2 == 0
                    else y_mm + size_mm * float(value)
                    for number, value in enumerate(command[1:])
                ),
            )
            for command in commands
        )
        self._ops.append(
            Path(
                scaled,
                color if is_filled else None,
                None if is_filled else color,
                thickness * size_mm,
                is_round=True,
            )
        )

    def text(
        self,
        words: Paragraph,
        x_mm: float,
        y_mm: float,
        width_mm: float,
        fill: str = INK,
        align: Align = "start",
    ) -> None:
        """Add wrapped text; y is the top of its first line.

        Lines are aligned where the text itself starts reading (`start`), where the map does
        (`edge`), on the other side of the map (`end`), or in the middle.
        """
        left = self._left(x_mm, width_mm)
        is_right = (
            words.is_rtl if align == "start" else self.is_rtl == (align == "edge")
        )
        for number, line in enumerate(words.lines):
            wide = line_width_mm(line, words.size_pt, is_bold=words.is_bold)
            free = width_mm - wide
            shift = free / 2 if align == "middle" else free if is_right else 0.0
            baseline = y_mm + number * words.line_mm + words.baseline_mm
            self._ops.append(
                Text(
                    left + shift,
                    baseline,
                    line,
                    words.size_pt,
                    wide,
                    words.is_bold,
                    words.is_rtl,
                    fill,
                )
            )

    def add(self, ops: Iterable[Op]) -> None:
        """Add shapes that stand where they are, mirrored or not."""
        self._ops.extend(ops)

    @contextmanager
    def group(
        self, ref: str, label: str, role: Literal["group", "listitem", "img"] = "group"
    ) -> Iterator[None]:
        """Everything drawn inside belongs to one element of the map."""
        self._ops.append(Open(ref, label, role))
        yield
        self._ops.append(Close())
