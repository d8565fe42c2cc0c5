"""Make the bundled fonts from the @fontsource packages; run by hand, never when a picture is drawn.

npm install @fontsource/noto-sans @fontsource/noto-sans-arabic …   (README.md beside this file lists them)
python -m desirepath.render.fonts.make_fonts node_modules
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from desirepath.render.fonts import FONT_FOLDER

WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN = (
    "latin",
    "latin-ext",
    "greek",
    "greek-ext",
    "cyrillic",
    "cyrillic-ext",
    "vietnamese",
)
# Arrows, operators, technical signs, boxes, shapes, dingbats: what people type into a map.
SIGNS = (
    *range(0x2190, 0x2400),
    *range(0x2460, 0x2800),
    *range(0x2B00, 0x2C00),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One font file to make: its family, weight, package and the pieces of it."""

    family: str
    weight: str
    package: str
    pieces: tuple[str, ...]
    characters: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """PostScript name, also the name of the file."""
        return f"{self.family.replace(' ', '')}-{self.weight}"


def recipes() -> list[Recipe]:
    """All font files of the package."""
    both: list[tuple[str, str, tuple[str, ...]]] = [
        ("Noto Sans", "noto-sans", LATIN),
        ("Noto Sans Arabic", "noto-sans-arabic", ("arabic",)),
        ("Noto Sans Hebrew", "noto-sans-hebrew", ("hebrew",)),
        ("Noto Sans Devanagari", "noto-sans-devanagari", ("devanagari",)),
        ("Noto Sans Thai", "noto-sans-thai", ("thai",)),
    ]
    return [
        *(
            Recipe(family, weight, package, pieces)
            for family, package, pieces in both
            for weight in WEIGHTS
        ),
        Recipe("Noto Sans JP", "Regular", "noto-sans-jp", ("japanese",)),
        Recipe("Noto Emoji", "Regular", "noto-emoji", ("emoji",)),
        Recipe(
            "Noto Sans Symbols 2", "Regular", "noto-sans-symbols-2", ("symbols",), SIGNS
        ),
        Recipe("Noto Sans Math", "Regular", "noto-sans-math", ("latin",), SIGNS),
    ]


def merged(files: Iterable[Path]) -> TTFont:
    """One TrueType font of several woff2 pieces."""
    fonts = [TTFont(file, recalcTimestamp=False) for file in files]
    if len(fonts) == 1:
        fonts[0].flavor = None
        return fonts[0]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, font in enumerate(fonts):
            font.flavor = None
            paths.append(f"{folder}/{number}.ttf")
            font.save(paths[-1])
        created = fonts[0]["head"].created  # the same pieces give the same bytes
        font = Merger(
            Options(drop_tables=["vmtx", "vhea", "MATH", "meta", "STAT"])
        ).merge(paths)
        font["head"].created = created
        return font


def named(font: TTFont, recipe: Recipe) -> TTFont:
    """The font with names and weight set; the Japanese pieces call themselves "Thin"."""
    is_bold = recipe.weight == "Bold"
    names = font["name"]
    names.names = [one for one in names.names if one.nameID not in (16, 17, 21, 22, 25)]
    for number, value in (
        (1, recipe.family),
        (2, recipe.weight),
        (4, f"{recipe.family} {recipe.weight}"),
        (6, recipe.name),
    ):
        names.setName(value, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = WEIGHTS[recipe.weight]
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (
        0x20 if is_bold else 0x40
    )
    font["head"].macStyle = int(is_bold)
    return font


def cut(font: TTFont, characters: tuple[int, ...]) -> TTFont:
    """The font with these characters only; all of them where none are given."""
    if characters:
        options = SubsetOptions()
        options.drop_tables += ["MATH"]
        options.name_IDs = ["*"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
    return font


def make(node_modules: Path) -> None:
    """Write every font file beside this module."""
    for recipe in recipes():
        folder = node_modules / "@fontsource" / recipe.package / "files"
        files = [
            folder / f"{recipe.package}-{piece}-{WEIGHTS[recipe.weight]}-normal.woff2"
            for piece in recipe.pieces
        ]
        font = named(cut(merged(files), recipe.characters), recipe)
        font["head"].modified = font[
            "head"
        ].created  # the same input gives the same bytes
        font.recalcTimestamp = False
        font.save(FONT_FOLDER / f"{recipe.name}.ttf")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
