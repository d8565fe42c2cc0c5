"""Scene as SVG with real text and the letters it needs embedded as fonts."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from html import escape

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from desirepath.render.fonts import FONTS
from desirepath.render.scene import Circle, Close, Open, Path, Rect, Scene, Text, texts
from desirepath.render.text import PT_MM, runs

# XML has no place for these, not even written as numbers.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FAMILY = ",".join(f"'{font.family}'" for font in FONTS) + ",sans-serif"


def scene_svg(
    scene: Scene,
    *,
    has_fonts: bool = True,
    is_inline: bool = False,
    is_focusable: bool = False,
    is_fitted: bool = False,
) -> str:
    """The scene as SVG text.

    Args:
        scene: What to draw.
        has_fonts: Embed the letters in use; without them a viewer needs Noto fonts installed.
        is_inline: Leave out what only a file of its own needs; the page around it describes the picture.
        is_focusable: List items can be reached by keyboard, and every group tells its name to a pointer.
        is_fitted: Every line of text keeps its length with whatever letters a viewer has.
    """
    wide, high = _number(scene.width_mm), _number(scene.height_mm)
    label = _escaped(scene.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}mm" height="{high}mm"'
        f' xml:lang="{_escaped(scene.language)}" font-family="{FAMILY}" '
        + (
            f'role="{"group" if is_focusable else "img"}" aria-label="{label}">'
            if is_inline
            else 'role="graphics-document document">'
        ),
        "" if is_inline else f"<title>{label}</title>",
    ]
    if has_fonts:
        parts.append(f"<style>{font_faces(scene)}</style>")
    parts.append(f'<rect width="{wide}" height="{high}" fill="#ffffff"/>')
    parts += [
        _shape(op, is_focusable=is_focusable, is_fitted=is_fitted) for op in scene.ops
    ]
    return "\n".join(part for part in parts if part) + "\n</svg>\n"


def font_faces(scene: Scene) -> str:
    """Style sheet with the letters a scene needs, as woff2 inside."""
    used: dict[tuple[int, bool], set[str]] = {}
    for text in texts(scene):
        for index, piece in runs(text.text):
            is_bold = text.is_bold and FONTS[index].has_bold
            used.setdefault((index, is_bold), set()).update(piece)
    faces = []
    for (index, is_bold), letters in sorted(used.items()):
        data = base64.b64encode(
            _subset(index, is_bold, "".join(sorted(letters)))
        ).decode()
        faces.append(
            f"@font-face{{font-family:'{FONTS[index].family}';font-weight:{700 if is_bold else 400};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(faces) + "svg text{font-synthesis:none;white-space:pre}"


@lru_cache(64)
def _subset(index: int, is_bold: bool, letters: str) -> bytes:  # noqa: FBT001 - part of the cache key
    """The bundled font cut down to some letters, as woff2."""
    face = hb.Face(hb.Blob.from_file_path(str(FONTS[index].file(is_bold=is_bold))))
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(ord(letter) for letter in letters)
    cut = hb.subset(face, wanted)
    font = TTFont(io.BytesIO(cut.blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _shape(op: object, *, is_focusable: bool = False, is_fitted: bool = False) -> str:
    match op:
        case Rect():
            radius = f' rx="{_number(op.radius_mm)}"' if op.radius_mm else ""
            return (
                f'<rect x="{_number(op.x_mm)}" y="{_number(op.y_mm)}" width="{_number(op.width_mm)}"'
                f' height="{_number(op.height_mm)}"{radius}{_paint(op)}/>'
            )
        case Circle():
            return f'<circle cx="{_number(op.x_mm)}" cy="{_number(op.y_mm)}" r="{_number(op.radius_mm)}"{_paint(op)}/>'
        case Path():
            ends = (
                ' stroke-linecap="round" stroke-linejoin="round"' if op.is_round else ""
            )
            dash = f' stroke-dasharray="{_number(op.dash_mm)}"' if op.dash_mm else ""
            return f'<path d="{_commands(op)}"{_paint(op)}{ends}{dash}/>'
        case Text():
            return _text(op, is_fitted=is_fitted)
        case Open():
            return _group(op, is_focusable=is_focusable)
        case Close():
            return "</g>"
        case _:
            msg = f"a scene has no {type(op).__name__}"
            raise TypeError(msg)


def _group(op: Open, *, is_focusable: bool) -> str:
    label, ref = _escaped(op.label), _escaped(op.ref)
    if is_focusable:
        stop = ' tabindex="0"' if op.role == "listitem" else ""
        return f'<g data-ref="{ref}" role="img" aria-label="{label}"{stop}><title>{label}</title>'
    role = "img" if op.role == "img" else "group"
    return f'<g data-ref="{ref}" role="{role}" aria-label="{label}">'


def _text(op: Text, *, is_fitted: bool) -> str:
    x_mm = op.x_mm + (op.width_mm if op.is_rtl else 0)
    return (
        f'<text x="{_number(x_mm)}" y="{_number(op.y_mm)}" font-size="{_number(op.size_pt * PT_MM)}"'
        + (' font-weight="700"' if op.is_bold else "")
        + (' direction="rtl"' if op.is_rtl else "")
        + (
            f' textLength="{_number(op.width_mm)}" lengthAdjust="spacingAndGlyphs"'
            if is_fitted and op.width_mm
            else ""
        )
        + f' fill="{op.fill}">{_escaped(op.text, quote=False)}</text>'
    )


def _escaped(text: str, *, quote: bool = True) -> str:
    """Text for XML; a box where it has a letter that XML cannot hold."""
    return escape(NO_XML.sub("\ufffd", text), quote=quote)


def _commands(op: Path) -> str:
    return "".join(
        str(command[0]) + " ".join(_number(float(value)) for value in command[1:])
        for command in op.commands
    )


def _paint(op: Rect | Circle | Path) -> str:
    stroke = (
        f' stroke="{op.stroke}" stroke-width="{_number(op.stroke_mm)}"'
        if op.stroke
        else ""
    )
    return f' fill="{op.fill or "none"}"{stroke}'


def _number(value: float) -> str:
    return (
        f"{value:.3f}".rstrip("0").rstrip(".").replace("-0", "-0")
        if round(value, 3)
        else "0"
    )
