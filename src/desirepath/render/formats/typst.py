"""Scene as PDF and PNG through typst: a fixed template places every shape; no text is ever source code."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from typing import Any, Literal

import typst

from desirepath.render.fonts import FONT_FOLDER, FONTS
from desirepath.render.scene import Circle, Op, Path, Rect, Scene, Text

TEMPLATE = """
#let d = json(bytes(sys.inputs.scene))
#set page(width: d.width * 1mm, height: d.height * 1mm, margin: 0pt)
#set document(title: d.title, date: none)
#set text(font: d.fonts, fallback: false, top-edge: "baseline", bottom-edge: "baseline", lang: d.language, hyphenate: false, cjk-latin-spacing: none)
#let color(c) = if c == none { none } else { rgb(c) }
#let pen(o) = if o.stroke == none { none } else {
  let round = o.at("is_round", default: false)
  let dash = o.at("dash_mm", default: 0)
  (paint: rgb(o.stroke), thickness: o.stroke_mm * 1mm, cap: if round { "round" } else { "butt" },
   join: if round { "round" } else { "miter" }, dash: if dash > 0 { (array: (dash * 1mm, dash * 1mm)) } else { none })
}
#for o in d.ops {
  if o.kind == "rect" {
    place(top + left, dx: o.x_mm * 1mm, dy: o.y_mm * 1mm, rect(width: o.width_mm * 1mm, height: o.height_mm * 1mm, fill: color(o.fill), stroke: pen(o), radius: o.radius_mm * 1mm))
  } else if o.kind == "circle" {
    place(top + left, dx: (o.x_mm - o.radius_mm) * 1mm, dy: (o.y_mm - o.radius_mm) * 1mm, circle(radius: o.radius_mm * 1mm, fill: color(o.fill), stroke: pen(o)))
  } else if o.kind == "path" {
    place(top + left, curve(fill: color(o.fill), stroke: pen(o), ..o.commands.map(c => {
      let p = c.slice(1).map(v => v * 1mm)
      if c.at(0) == "M" { curve.move((p.at(0), p.at(1))) }
      else if c.at(0) == "L" { curve.line((p.at(0), p.at(1))) }
      else if c.at(0) == "C" { curve.cubic((p.at(0), p.at(1)), (p.at(2), p.at(3)), (p.at(4), p.at(5))) }
      else { curve.close() }
    })))
  } else {
    place(top + left, dx: o.x_mm * 1mm, dy: o.y_mm * 1mm, box(width: o.width_mm * 1mm + 20pt,
      text(size: o.size_pt * 1pt, weight: if o.is_bold { 700 } else { 400 }, fill: rgb(o.fill), dir: if o.is_rtl { rtl } else { ltr }, align(left, o.text))))
  }
}
"""
_KINDS = {Rect: "rect", Circle: "circle", Path: "path", Text: "text"}


def scene_pdf(scene: Scene) -> bytes:
    """The scene as a PDF of exactly its size; the same scene gives the same bytes."""
    return _compile(scene, "pdf", None)


def scene_png(scene: Scene, *, ppi: float = 150) -> bytes:
    """The scene as a PNG.

    Args:
        scene: What to draw.
        ppi: Pixels per inch.
    """
    return _compile(scene, "png", float(ppi))


def _compile(scene: Scene, form: Literal["pdf", "png"], ppi: float | None) -> bytes:
    source: bytes = TEMPLATE.encode()
    result: bytes = typst.compile(
        source,
        format=form,
        ppi=ppi,
        sys_inputs={"scene": _json(scene)},
        font_paths=bundled_fonts(),
    )
    return result


@cache
def bundled_fonts() -> typst.Fonts:
    """The bundled fonts and no others."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[FONT_FOLDER],
    )


def _json(scene: Scene) -> str:
    language = re.match(r"[a-z]{2,3}(?=$|[-_])", scene.language.lower())
    return json.dumps(
        {
            "width": scene.width_mm,
            "height": scene.height_mm,
            "title": scene.title,
            "language": language[0] if language else "en",
            "fonts": [font.family for font in FONTS],
            "ops": [_plain(op) for op in scene.ops if type(op) in _KINDS],
        }
    )


def _plain(op: Op) -> dict[str, Any]:
    return {"kind": _KINDS[type(op)], **asdict(op)}
