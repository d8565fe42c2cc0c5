"""Signs drawn as lines in a square of size 1, so that no font has to have them."""

from __future__ import annotations

from desirepath.render.scene import PathCommand

# A circle of four curves: 0.5523 is the usual control length for radius 1.
_K = 0.5523


def _circle(x: float, y: float, radius: float) -> tuple[PathCommand, ...]:
    k = radius * _K
    return (
        ("M", x + radius, y),
        ("C", x + radius, y + k, x + k, y + radius, x, y + radius),
        ("C", x - k, y + radius, x - radius, y + k, x - radius, y),
        ("C", x - radius, y - k, x - k, y - radius, x, y - radius),
        ("C", x + k, y - radius, x + radius, y - k, x + radius, y),
        ("Z",),
    )


STROKED: dict[str, tuple[PathCommand, ...]] = {
    "confirmed": (("M", 0.08, 0.55), ("L", 0.38, 0.86), ("L", 0.92, 0.16)),
    "refuted": (
        ("M", 0.14, 0.14),
        ("L", 0.86, 0.86),
        ("M", 0.86, 0.14),
        ("L", 0.14, 0.86),
    ),
    "mixed": (
        ("M", 0.28, 0.9),
        ("L", 0.28, 0.12),
        ("M", 0.06, 0.36),
        ("L", 0.28, 0.12),
        ("L", 0.5, 0.36),
        ("M", 0.74, 0.1),
        ("L", 0.74, 0.88),
        ("M", 0.52, 0.64),
        ("L", 0.74, 0.88),
        ("L", 0.96, 0.64),
    ),
    "unknown": (
        ("M", 0.24, 0.3),
        ("C", 0.24, 0.02, 0.78, 0.02, 0.78, 0.3),
        ("C", 0.78, 0.5, 0.5, 0.46, 0.5, 0.7),
        ("M", 0.5, 0.92),
        ("L", 0.5, 0.93),
    ),
    "stale": (
        *_circle(0.5, 0.5, 0.42),
        ("M", 0.5, 0.24),
        ("L", 0.5, 0.52),
        ("L", 0.7, 0.62),
    ),
    "untestable": (("M", 0.1, 0.5), ("L", 0.9, 0.5)),
    # What was expected is a ring, what was delivered lies below or above it.
    "short": (
        *_circle(0.5, 0.2, 0.16),
        ("M", 0.5, 0.36),
        ("L", 0.5, 0.92),
        ("M", 0.22, 0.66),
        ("L", 0.5, 0.94),
        ("L", 0.78, 0.66),
    ),
    "better": (
        *_circle(0.5, 0.8, 0.16),
        ("M", 0.5, 0.64),
        ("L", 0.5, 0.08),
        ("M", 0.22, 0.34),
        ("L", 0.5, 0.06),
        ("L", 0.78, 0.34),
    ),
    "even": (
        ("M", 0.12, 0.34),
        ("L", 0.88, 0.34),
        ("M", 0.12, 0.68),
        ("L", 0.88, 0.68),
    ),
    "next": (
        ("M", 0.05, 0.5),
        ("L", 0.92, 0.5),
        ("M", 0.62, 0.22),
        ("L", 0.92, 0.5),
        ("L", 0.62, 0.78),
    ),
    "leave": (
        ("M", 0.08, 0.2),
        ("L", 0.4, 0.2),
        ("C", 0.6, 0.2, 0.64, 0.36, 0.64, 0.9),
        ("M", 0.38, 0.66),
        ("L", 0.64, 0.92),
        ("L", 0.9, 0.66),
    ),
    "loop": (
        ("M", 0.9, 0.5),
        ("C", 0.9, 1.02, 0.1, 1.02, 0.1, 0.5),
        ("C", 0.1, 0.02, 0.66, -0.02, 0.84, 0.26),
        ("M", 0.86, 0.0),
        ("L", 0.86, 0.28),
        ("L", 0.58, 0.28),
    ),
}

FILLED: dict[str, tuple[PathCommand, ...]] = {
    "star": (
        ("M", 0.5, 0.02),
        ("L", 0.65, 0.36),
        ("L", 1.0, 0.39),
        ("L", 0.73, 0.63),
        ("L", 0.81, 0.98),
        ("L", 0.5, 0.79),
        ("L", 0.19, 0.98),
        ("L", 0.27, 0.63),
        ("L", 0.0, 0.39),
        ("L", 0.35, 0.36),
        ("Z",),
    ),
}

# The mouth of a face for a score of -2 … +2, from corner to corner.
MOUTH_BEND = {-2: -0.3, -1: -0.15, 0: 0.0, 1: 0.16, 2: 0.32}


def face(score: int) -> tuple[PathCommand, ...]:
    """Lines of a face for a score from -2 to +2."""
    bend = MOUTH_BEND[score]
    corner = 0.66 - bend / 2
    return (
        *_circle(0.5, 0.5, 0.45),
        ("M", 0.35, 0.36),
        ("L", 0.35, 0.4),
        ("M", 0.65, 0.36),
        ("L", 0.65, 0.4),
        ("M", 0.28, corner),
        ("C", 0.4, corner + bend, 0.6, corner + bend, 0.72, corner),
    )
