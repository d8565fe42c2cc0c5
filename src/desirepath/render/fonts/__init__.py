"""Fonts that travel with the package: which there are and which characters each one draws. Measures nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FONT_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Font:
    """One family; bold falls back to regular where the family has one weight only."""

    family: str
    regular: str
    bold: str

    def file(self, *, is_bold: bool) -> Path:
        """Font file of a weight."""
        return FONT_FOLDER / (self.bold if is_bold else self.regular)

    @property
    def has_bold(self) -> bool:
        """Whether bold has a file of its own."""
        return self.bold != self.regular


# In the order in which a character looks for its font; typst and browsers search in the same order.
FONTS = (
    Font("Noto Sans", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    Font("Noto Sans Arabic", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    Font("Noto Sans Hebrew", "NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    Font(
        "Noto Sans Devanagari",
        "NotoSansDevanagari-Regular.ttf",
        "NotoSansDevanagari-Bold.ttf",
    ),
    Font("Noto Sans Thai", "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    Font("Noto Sans JP", "NotoSansJP-Regular.ttf", "NotoSansJP-Regular.ttf"),
    Font("Noto Emoji", "NotoEmoji-Regular.ttf", "NotoEmoji-Regular.ttf"),
    Font(
        "Noto Sans Symbols 2",
        "NotoSansSymbols2-Regular.ttf",
        "NotoSansSymbols2-Regular.ttf",
    ),
    Font("Noto Sans Math", "NotoSansMath-Regular.ttf", "NotoSansMath-Regular.ttf"),
)
