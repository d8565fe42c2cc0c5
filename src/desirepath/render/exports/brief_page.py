"""The report for management as a stand-alone HTML page that prints well. Works without a script."""

from __future__ import annotations

from html import escape

from desirepath.check.report import VerdictWord
from desirepath.maps.model import JourneyMap
from desirepath.render.breaks import with_signs
from desirepath.render.exports.brief_parts import Block, Brief, Line
from desirepath.render.formats.html import html_page
from desirepath.render.formats.svg import scene_svg
from desirepath.render.views.known import SIGNS
from desirepath.render.views.thumbnail import thumbnail_scene
from desirepath.render.words import Words

STYLE = """
main,header{max-width:60rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
header>div{flex:1 1 20rem;min-width:0}
.shape{flex:none;width:13rem;max-width:100%;border:1px solid var(--line);background:#fff}
.shape svg{display:block;width:100%;height:auto}
section{max-width:none;padding:0}
.top{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr));gap:1rem;margin:1.25rem 0}
.top>div{border:1px solid var(--line);border-block-start:.3rem solid var(--accent);border-radius:.4rem;padding:.6rem .8rem;background:var(--card)}
.top h2{margin:0 0 .3rem;font-size:1rem}
.top p:first-of-type{font-weight:600}
.lines{padding-inline-start:1.5rem;margin:.5rem 0}
ul.lines{list-style:none;padding-inline-start:0}
.lines>li{margin:0 0 .7rem}
.lines p{margin:0}
.said{font-weight:600}
.bar{display:flex;height:1.1rem;border:1px solid var(--line);overflow:hidden;margin:.5rem 0}
.bar svg{width:100%;height:100%;display:block}
.counts{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.4rem 0;list-style:none}
.counts b{font-variant-numeric:tabular-nums}
.method li{font-size:.9rem;color:var(--soft)}
table{max-width:40rem}
@media print{
@page{size:A4;margin:16mm 15mm}
body{font-size:9.5pt}
main,header{max-width:none;padding:0}
h2{break-after:avoid}
.lines>li,.top>div,tr{break-inside:avoid}
section{display:block!important}
}
"""
FILLS: dict[VerdictWord, str] = {
    "confirmed": "#1c8a4d",
    "refuted": "#c2313f",
    "mixed": "#b87503",
    "stale": "#7a4cc2",
    "unknown": "#9aa5ba",
    "untestable": "#dde2ec",
}


def brief_page(brief: Brief, journey_map: JourneyMap) -> str:
    """The report as an HTML document.

    Args:
        brief: What it says.
        journey_map: The map, for its small picture.
    """
    shape = scene_svg(thumbnail_scene(journey_map), has_fonts=False, is_inline=True)
    top = "".join(
        f"<div><h2>{escape(one.title)}</h2>{''.join(map(_top_line, one.lines))}</div>"
        for one in brief.top
    )
    body = "\n".join(
        [
            (
                f"<header><div><p class='soft'>{escape(brief.kind)}</p><h1>{escape(brief.title)}</h1>"
                f'<p class="soft">{escape(brief.about)}</p></div>'
                f'<div class="shape" role="img" aria-label="{escape(brief.shape)}">{shape}</div></header>'
            ),
            f'<main><div class="top">{top}</div>',
            _coverage(brief),
            *map(_block, brief.blocks),
            "</main>",
        ]
    )
    return html_page(
        with_signs(body),
        title=f"{brief.title} · {brief.kind}",
        language=brief.language,
        is_rtl=brief.is_rtl,
        extra_style=STYLE,
    )


def _top_line(one: Line) -> str:
    detail = f'<p class="soft">{escape(one.detail)}</p>' if one.detail else ""
    place = f'<p class="place soft">{escape(one.place)}</p>' if one.place else ""
    return f"<p>{escape(one.text)}</p>{detail}{place}"


def _coverage(brief: Brief) -> str:
    counts = "".join(
        f'<li class="{one.verdict}"><span aria-hidden="true">{SIGNS[one.verdict]}</span> '
        f"<b>{one.count}</b> {escape(one.word)}</li>"
        for one in brief.counts
    )
    body = f"<p>{escape(brief.coverage)}</p>"
    if counts:
        body += f'<div class="bar">{_bar(brief)}</div><ul class="counts">{counts}</ul>'
    if brief.stages:
        body += _stages(brief)
    title = escape(brief.coverage_title)
    return f'<section id="coverage"><h2>{title}</h2>{body}</section>'


def _bar(brief: Brief) -> str:
    """Statements by verdict, as wide as their number; the list below says the same."""
    total = sum(one.count for one in brief.counts)
    x, parts = 0.0, ""
    for one in brief.counts:
        wide = 100 * one.count / total
        fill = next(color for word, color in FILLS.items() if word == one.verdict)
        parts += f'<rect x="{x:.3f}" y="0" width="{wide:.3f}" height="10" fill="{fill}"/>'  # fmt: skip
        x += wide
    flip = ' transform="matrix(-1 0 0 1 100 0)"' if brief.is_rtl else ""
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><g{flip}>{parts}</g></svg>'


def _stages(brief: Brief) -> str:
    words = Words(brief.language)
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in brief.stage_heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(one.name)}</th><td>{words.number(one.statements)}</td>'
        f"<td>{escape(words.share(one.share))} ({words.number(one.settled)})</td></tr>"
        for one in brief.stages
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _block(one: Block) -> str:
    items = "".join(f"<li>{_line(line)}</li>" for line in one.lines)
    kind = "ol" if one.is_ranked else "ul"
    look = "lines method" if one.key == "method" else "lines"
    listed = f'<{kind} class="{look}">{items}</{kind}>' if items else ""
    note = f'<p class="soft">{escape(one.note)}</p>' if one.note else ""
    return f'<section id="{escape(one.key)}"><h2>{escape(one.title)}</h2>{note}{listed}</section>'


def _line(one: Line) -> str:
    place = f'<p class="place soft">{escape(one.place)}</p>' if one.place else ""
    look = f' class="{escape(one.verdict)}"' if one.verdict else ""
    detail = f"<p{look}>{escape(one.detail)}</p>" if one.detail else ""
    said = ' class="said"' if one.detail else ""
    return f"{place}<p{said}>{escape(one.text)}</p>{detail}"
