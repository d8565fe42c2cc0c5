"""The report for management as a PDF through typst: a fixed template sets it; no text is ever source code."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import typst

from desirepath.maps.model import JourneyMap
from desirepath.render.breaks import with_signs
from desirepath.render.exports.brief_page import FILLS
from desirepath.render.exports.brief_parts import Brief
from desirepath.render.fonts import FONTS
from desirepath.render.formats.svg import scene_svg
from desirepath.render.formats.typst import bundled_fonts
from desirepath.render.views.thumbnail import thumbnail_scene
from desirepath.render.words import Words

LONGEST_WORD = 24
MAY_BREAK = "\u200b"
TEMPLATE = """
#let d = json(bytes(sys.inputs.brief))
#let ink = rgb("#1d2433")
#let soft = rgb("#4a5468")
#let accent = rgb("#2457d6")
#let line-color = rgb("#c9d0dd")
#let looks = (confirmed: rgb("#11693a"), refuted: rgb("#b3202c"), mixed: rgb("#8a4b00"), unknown: soft, stale: rgb("#6a3f9e"), untestable: rgb("#5b6475"))
#set document(title: d.title, date: none)
#set text(font: d.fonts, fallback: false, size: 9.5pt, fill: ink, lang: d.language, dir: if d.is_rtl { rtl } else { ltr })
#set par(leading: 0.55em, spacing: 0.7em)
#set page(paper: "a4", margin: (x: 17mm, top: 16mm, bottom: 18mm), footer: context {
  set text(size: 7.5pt, fill: soft)
  grid(columns: (1fr, auto), column-gutter: 4mm, box(height: 1em, clip: true, d.title), [#counter(page).display() / #counter(page).final().first()])
})
#show heading: it => block(above: 1.5em, below: 0.6em, sticky: true, text(size: 12pt, weight: 700, it.body))
#let told(l) = block(breakable: false, spacing: 0.75em, {
  if l.place != "" { text(size: 8pt, fill: soft, l.place); linebreak() }
  if l.detail != "" { text(weight: 700, l.text); linebreak(); text(fill: looks.at(l.verdict, default: ink), l.detail) } else { l.text }
})
#grid(columns: (1fr, 52mm), column-gutter: 8mm,
  { text(fill: soft, d.kind); block(above: 5mm, below: 4mm, text(size: 19pt, weight: 700, hyphenate: false, d.title)); text(fill: soft, d.about) },
  box(stroke: 0.5pt + line-color, image(bytes(sys.inputs.shape), format: "svg", width: 52mm, alt: d.shape)))
#v(2mm)
#grid(columns: (1fr, 1fr, 1fr), column-gutter: 4mm, ..d.top.map(b => grid.cell(
  block(width: 100%, inset: 3mm, fill: rgb("#f6f7fa"), stroke: (top: 2pt + accent, rest: 0.5pt + line-color), {
    text(weight: 700, fill: accent, b.title)
    for l in b.lines { block(spacing: 0.6em, text(weight: 700, l.text)); let more = (l.detail, l.place).filter(t => t != ""); if more.len() > 0 { text(size: 8.5pt, fill: soft, more.join(linebreak())) } }
  }))))
= #d.coverage_title
#d.coverage
#if d.counts.len() > 0 {
  let total = d.counts.map(c => c.count).sum()
  block(spacing: 0.8em, stroke: 0.5pt + line-color, grid(columns: d.counts.map(c => c.count * 1fr), ..d.counts.map(c => rect(width: 100%, height: 4mm, fill: rgb(c.fill)))))
  block(d.counts.map(c => box({ box(baseline: 0.1em, rect(width: 0.8em, height: 0.8em, fill: rgb(c.fill), stroke: 0.3pt + soft)); h(0.4em); text(weight: 700, str(c.count)); h(0.3em); c.word })).join(h(1.4em)))
}
#if d.stages.len() > 0 {
  table(columns: (1fr, auto, auto), stroke: 0.4pt + line-color, inset: 2mm, align: (start, end, end),
    table.header(..d.stage_heads.map(t => text(weight: 700, size: 8.5pt, t))), ..d.stages.map(s => (s.name, s.statements, s.told)).flatten())
}
#for b in d.blocks [
  = #b.title
  #if b.note != "" { text(fill: soft, b.note) }
  #if b.key == "method" {
    set text(size: 8.5pt, fill: soft)
    for l in b.lines { block(spacing: 0.6em, l.text) }
  } else {
    for (i, l) in b.lines.enumerate() {
      if b.is_ranked { block(spacing: 0.9em, breakable: false, grid(columns: (6mm, 1fr), text(weight: 700, fill: accent, str(i + 1)), told(l))) } else { told(l) }
    }
  }
]
"""


def brief_pdf(brief: Brief, journey_map: JourneyMap) -> bytes:
    """The report as a PDF of A4 pages; the same report gives the same bytes.

    Args:
        brief: What it says.
        journey_map: The map, for its small picture.
    """
    shape = scene_svg(thumbnail_scene(journey_map), has_fonts=False)
    result: bytes = typst.compile(
        TEMPLATE.encode(),
        format="pdf",
        sys_inputs={"brief": _json(brief), "shape": shape},
        font_paths=bundled_fonts(),
    )
    return result


def _json(brief: Brief) -> str:
    words = Words(brief.language)
    data = asdict(brief)
    data["counts"] = [
        one | {"fill": fill}
        for one in data["counts"]
        for word, fill in FILLS.items()
        if word == one["verdict"]
    ]
    data["stages"] = [
        {
            "name": one.name,
            "statements": words.number(one.statements),
            "told": f"{words.share(one.share)} ({words.number(one.settled)})",
        }
        for one in brief.stages
    ]
    data["fonts"] = [font.family for font in FONTS]
    return json.dumps(_breakable(data))


def _breakable(data: object) -> object:
    """The data, with places where very long words may break."""
    if isinstance(data, dict):
        return {name: _breakable(one) for name, one in data.items()}
    if isinstance(data, (list, tuple)):
        return [_breakable(one) for one in data]
    return soft_breaks(with_signs(data)) if isinstance(data, str) else data


def soft_breaks(text: str) -> str:
    r"""A text whose very long words may go on in the next line.

    Examples:
        >>> soft_breaks("a " + "b" * 30) == "a " + "b" * 24 + "\u200b" + "b" * 6
        True
    """
    long = re.compile(rf"(\S{{{LONGEST_WORD}}})(?=\S)")
    return long.sub(rf"\1{MAY_BREAK}", text)
