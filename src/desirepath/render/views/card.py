"""Card: one entry in one cell of a map, before any size is known."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.render.views.known import Mark

DEFAULT_IMPORTANCE = 3
QUOTE = "quote"  # look of a card that is a speech bubble


@dataclass(frozen=True, slots=True)
class Card:
    """One entry in one cell.

    Attributes:
        ref: Element it stands for.
        text: Words of the team.
        marks: What is known about it.
        note: A second, quieter line.
        importance: 1 to 5; the lowest leave a full picture first.
        look: How it is drawn.
        is_moment: A moment of truth.
        language: Language of the words where it is not that of the map.
    """

    ref: str
    text: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    importance: int = DEFAULT_IMPORTANCE
    look: str = "statement"
    is_moment: bool = False
    language: str = ""
