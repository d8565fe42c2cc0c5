"""Words measured as every format draws them: widths, line breaks, directions. Draws nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pyphen
import uharfbuzz as hb

from desirepath.render.breaks import ATTACHED, break_units, clusters, is_attached
from desirepath.render.fonts import FONTS

PT_MM = 25.4 / 72
LEADING = 1.36  # line height in em: ascent and descent of Noto Sans
TIGHT_LEADING = 1.2  # where a page is full; letters still do not touch
ASCENT = 1.05  # from the top of a line to its baseline, in em
DESCENT = 0.3  # from the baseline to the bottom, in em
NARROWEST_PER_EM = 6  # letters in an em, with marks
LONGEST_WORD = 80  # longer ones are no words of a language
BOX = "□"  # stands for a character that no bundled font has
ELLIPSIS = "…"
RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})

# Scripts with marks above and below the letters.
HIGH_FONTS = frozenset(
    index
    for index, font in enumerate(FONTS)
    if font.family.endswith(("Arabic", "Devanagari", "Thai"))
)

# Marks that change the direction of what follows would let a text reorder its neighbors.
_REMOVED = re.compile(
    "[\u00ad\u061c\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# A number and its sign stay on one line: "43 %", "n 2,802".
_GLUED = re.compile(r"(?<=\d) (?=%)|(?<=\bn) (?=\d)")
_SPACES = re.compile(r"(?:(?![\u00a0\u202f])[\s\x00-\x1f\x7f-\x9f])+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Wrapped text with the way it is set.

    Attributes:
        lines: Lines in reading order.
        is_cut: True where words were left out and an ellipsis put in.
        leading: Height of a line in em.
    """

    lines: tuple[str, ...]
    size_pt: float
    is_bold: bool = False
    is_rtl: bool = False
    is_cut: bool = False
    leading: float = LEADING

    @property
    def line_mm(self) -> float:
        """Height of a line."""
        return self.size_pt * PT_MM * self.leading

    @property
    def baseline_mm(self) -> float:
        """From the top of a line to its baseline."""
        return self.size_pt * PT_MM * (ASCENT - (LEADING - self.leading) / 2)

    @property
    def height_mm(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.line_mm

    @property
    def broken_count(self) -> int:
        """Lines that end with a hyphen."""
        return sum(line.endswith("-") for line in self.lines[:-1])

    @property
    def width_mm(self) -> float:
        """Width of the longest line."""
        return max(
            (
                line_width_mm(line, self.size_pt, is_bold=self.is_bold)
                for line in self.lines
            ),
            default=0.0,
        )


@cache
def _face(index: int, *, is_bold: bool) -> tuple[Any, int]:
    """Shaping font and units per em."""
    face = hb.Face(hb.Blob.from_file_path(str(FONTS[index].file(is_bold=is_bold))))
    return hb.Font(face), face.upem


@cache
def _covered(index: int) -> frozenset[int]:
    """Code points that both weights of a family can draw."""
    faces = [
        hb.Face(hb.Blob.from_file_path(str(FONTS[index].file(is_bold=is_bold))))
        for is_bold in (False, True)
    ]
    return frozenset(faces[0].unicodes) & frozenset(faces[1].unicodes)


@lru_cache(20_000)
def font_of(character: str) -> int | None:
    """Number of the first font that has a character; None where none has."""
    return next(
        (index for index in range(len(FONTS)) if ord(character) in _covered(index)),
        None,
    )


def clean(text: str) -> str:
    r"""Text as it can be drawn: one kind of space, no controls, a box for what no font has.

    Examples:
        >>> clean("two\n lines")
        'two lines'
        >>> clean("\ud55c")
        '□'
    """
    plain = _SPACES.sub(" ", _REMOVED.sub("", text)).strip()
    plain = _GLUED.sub("\u00a0", plain)
    return "".join(
        character if character in ATTACHED or font_of(character) is not None else BOX
        for character in plain
    )


def missing_characters(text: str) -> tuple[str, ...]:
    r"""Characters of a text that no bundled font has, sorted.

    Examples:
        >>> missing_characters("Größe \ud55c")
        ('한',)
    """
    plain = set(_SPACES.sub("", _REMOVED.sub("", text))) - ATTACHED
    return tuple(sorted(one for one in plain if font_of(one) is None))


def runs(text: str) -> list[tuple[int, str]]:
    """Pieces of text that one font draws, with the number of the font."""
    found: list[tuple[int, str]] = []
    for character in text:
        is_own = not found or not is_attached(character)
        index = font_of(character) or 0 if is_own else found[-1][0]
        if found and found[-1][0] == index:
            found[-1] = (index, found[-1][1] + character)
        else:
            found.append((index, character))
    return found


@lru_cache(100_000)
def em_width(text: str, *, is_bold: bool = False) -> float:
    """Width of a text at size 1, shaped as the formats shape it."""
    total = 0.0
    for index, piece in runs(text):
        font, units_per_em = _face(index, is_bold=is_bold)
        buffer = hb.Buffer()
        buffer.add_str(piece)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        total += sum(one.x_advance for one in buffer.glyph_positions) / units_per_em
    return total


def line_width_mm(text: str, size_pt: float, *, is_bold: bool = False) -> float:
    """Width of one line in millimeters."""
    return em_width(text, is_bold=is_bold) * size_pt * PT_MM


def is_rtl_language(language: str) -> bool:
    """Whether a language is written from right to left.

    Examples:
        >>> is_rtl_language("ar-EG"), is_rtl_language("de")
        (True, False)
    """
    return language.replace("_", "-").split("-")[0].lower() in RTL_LANGUAGES


def is_rtl_text(text: str, *, fallback: bool = False) -> bool:
    """Base direction of a text: that of its first letter with a direction."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return fallback


@cache
def _hyphens(language: str) -> Any:
    """Dictionary of where words of a language break; None where there is none."""
    found = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=found) if found else None


def _split_word(
    word: str, room: float, language: str, *, is_bold: bool
) -> tuple[str, str]:
    """First part of a word that fits into `room` em, and the rest."""
    dictionary = _hyphens(language)
    letters = word.rstrip()
    if (
        dictionary is not None
        and len(letters) <= LONGEST_WORD
        and letters.replace("-", "").isalpha()
    ):
        for head, tail in dictionary.iterate(letters):
            if em_width(head + "-", is_bold=is_bold) <= room:
                return head + "-", tail + word[len(letters) :]
    most = int(room * NARROWEST_PER_EM) + 8
    parts = clusters(word[:most])  # more can never fit
    hyphen = "-" if letters.isalpha() and not _is_spaceless(letters[0]) else ""
    low, high = (
        1,
        max(2, len(parts) + (len(word) > most)),
    )  # widths grow with the letters: halve the search
    while high - low > 1:
        middle = (low + high) // 2
        head = "".join(parts[:middle]) + hyphen
        if em_width(head, is_bold=is_bold) <= room:
            low = middle
        else:
            high = middle
    head = "".join(parts[:low])
    return head + hyphen, word[len(head) :]


def _is_spaceless(character: str) -> bool:
    """Whether the script of a letter is written without hyphens: CJK, Thai, Arabic, Hebrew."""
    is_rtl = unicodedata.bidirectional(character) in ("R", "AL")
    return is_rtl or character >= "\u0e00"


@lru_cache(50_000)
def _wrapped(
    text: str, room: float, language: str, *, is_bold: bool
) -> tuple[str, ...]:
    lines: list[str] = []
    line, used = "", 0.0
    for unit in break_units(text):
        rest = unit
        while True:
            bare = em_width(rest.rstrip(), is_bold=is_bold)
            if line and used + bare > room:
                lines.append(line.rstrip())
                line, used = "", 0.0
            if bare <= room or len(rest.rstrip()) <= 1:
                break
            head, tail = _split_word(rest, room, language, is_bold=is_bold)
            if not tail:
                break
            lines.append(head)
            rest = tail
        line += rest
        used += em_width(rest, is_bold=is_bold)
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def _shortened(line: str, room: float, *, is_bold: bool) -> str:
    parts = clusters(line)
    while parts:
        words = "".join(parts).rstrip(" -") + ELLIPSIS
        if em_width(words, is_bold=is_bold) <= room:
            return words
        parts.pop()
    return ELLIPSIS


def paragraph(
    text: str,
    width_mm: float,
    size_pt: float,
    *,
    is_bold: bool = False,
    is_rtl: bool = False,
    language: str = "en",
    max_lines: int | None = None,
    leading: float = LEADING,
) -> Paragraph:
    """Text wrapped into a width.

    Args:
        text: Any text; what cannot be drawn becomes a box.
        width_mm: Width of the box, > 0.
        size_pt: Size of the letters.
        is_bold: Set in bold.
        is_rtl: Direction where the text itself has none.
        language: Language of the text, for hyphens in words wider than the box.
        max_lines: Where given, the last line ends in an ellipsis if there are more.
        leading: Height of a line in em; scripts that are higher than Latin are never set tighter.

    Examples:
        >>> paragraph("Straßenbahnhaltestelle", 20, 10, language="de").lines
        ('Straßen-', 'bahnhalte-', 'stelle')
        >>> paragraph("one two three", 15, 10, max_lines=1).lines
        ('one tw…',)
    """
    drawn = clean(text)
    room = round(width_mm / (size_pt * PT_MM), 4)
    lines = _wrapped(drawn, room, language, is_bold=is_bold)
    is_cut = max_lines is not None and len(lines) > max_lines
    if is_cut:
        kept = lines[: max_lines or 0]
        rest = " ".join(lines[len(kept) - 1 : len(kept) + 1])
        lines = (*kept[:-1], _shortened(rest, room, is_bold=is_bold))
    is_high = any(font_of(character) in HIGH_FONTS for character in drawn)
    return Paragraph(
        lines,
        size_pt,
        is_bold,
        is_rtl_text(drawn, fallback=is_rtl),
        is_cut,
        LEADING if is_high else leading,
    )
