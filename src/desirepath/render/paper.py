"""Paper: sizes of pages by name."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from desirepath.errors import Problem, RenderError, did_you_mean

# Short and long side in millimeters.
SIZES_MM = {
    "A0": (841.0, 1189.0),
    "A1": (594.0, 841.0),
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "letter": (215.9, 279.4),
    "tabloid": (279.4, 431.8),
}
ORIENTATIONS = ("landscape", "portrait")
_A3_MM2 = 297.0 * 420.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A page in the direction it is hung."""

    width_mm: float
    height_mm: float

    @property
    def scale(self) -> float:
        """Size against A3: 2 for A1."""
        return sqrt(self.width_mm * self.height_mm / _A3_MM2)

    @property
    def margin_mm(self) -> float:
        """Empty border on each side."""
        return 9 * self.scale


def paper(size: str, orientation: str) -> Paper:
    """Page of a size.

    Raises:
        RenderError: E601 if the size is not known, E602 if the orientation is not.

    Examples:
        >>> paper("a3", "landscape")
        Paper(width_mm=420.0, height_mm=297.0)
    """
    names = {name.lower(): name for name in SIZES_MM}
    if size.strip().lower() not in names:
        raise RenderError(
            Problem(
                "E601",
                f'no paper size is called "{size}"',
                hint=did_you_mean(size, SIZES_MM),
            )
        )
    if orientation not in ORIENTATIONS:
        raise RenderError(
            Problem(
                "E602",
                f'no orientation is called "{orientation}"',
                hint=did_you_mean(orientation, ORIENTATIONS),
            )
        )
    short, long = SIZES_MM[names[size.strip().lower()]]
    return Paper(short, long) if orientation == "portrait" else Paper(long, short)
