"""An analysis as a stand-alone HTML page: works without scripts and without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape as in_html

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.analyze.wording import effect_words, how_sure, percent
from desirepath.render.exports.report_bars import bar_scene, widest
from desirepath.render.exports.report_markdown import (
    FIRST,
    KEPT,
    MOST_ROWS,
    about_words,
)
from desirepath.render.exports.report_words import how_to_read, say
from desirepath.render.formats.html import html_page
from desirepath.render.formats.svg import scene_svg

STYLE = """
main{display:block}
.findings{padding-inline-start:1.6rem;margin:.5rem 0}
.findings>li{margin:0 0 1.1rem;padding-inline-start:.2rem}
.findings>li>p:first-child{font-weight:600;font-size:1.05rem}
.findings>li::marker{font-weight:700;color:var(--accent)}
blockquote{margin:.35rem 0;padding-inline-start:.8rem;border-inline-start:.25rem solid var(--line);font-style:italic}
.bar{display:inline-block;vertical-align:middle;margin-inline-end:.6rem}
td .bar{display:block}
.bar svg{width:10.5rem;height:1.25rem;max-width:100%}
.bar svg>rect:first-of-type{fill:transparent}
.sure{font-weight:600;white-space:nowrap}
.num{white-space:nowrap;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;list-style:none}
a{color:var(--accent)}
td.what{min-width:20rem}
details{margin:.2rem 0}
summary{min-height:0;padding:.1rem 0;font-weight:400;color:var(--soft)}
@media (max-width:48rem){td.what{min-width:0}}
@media print{section{display:block!important}details{display:block}nav{display:none}}
"""


def analysis_page(report: AnalysisReport) -> str:
    """The report as an HTML document."""
    body = "\n".join(
        [
            f'<a class="skip" href="#first">{escape(say("skip"))}</a>',
            f"<header><h1>{escape(report.title)}</h1>"
            f'<p class="soft">{escape(about_words(report))}</p>'
            + "".join(f'<p class="soft">{escape(note)}</p>' for note in report.notes)
            + "</header>",
            "<main>",
            *_top(report),
            _contents(report),
            *(_section(section) for section in report.sections),
            _how(),
            "</main>",
        ]
    )
    return html_page(
        body, title=report.title, language="en", is_rtl=False, extra_style=STYLE
    )


def _top(report: AnalysisReport) -> Iterator[str]:
    first, kept = report.first(FIRST), report.first(KEPT, "keep")
    scale = widest((*first, *kept))
    items = "".join(_card(one, scale, report.also(one)) for one in first)
    body = (
        f'<ol class="findings">{items}</ol>'
        if items
        else f"<p>{escape(say('first_none'))}</p>"
    )
    yield f'<section id="first"><h2>{escape(say("first"))}</h2>{body}</section>'
    if kept:
        items = "".join(_card(one, scale, report.also(one)) for one in kept)
        yield f'<section id="keep"><h2>{escape(say("keep"))}</h2><ol class="findings">{items}</ol></section>'


def escape(text: str) -> str:
    """Text for HTML; a number and its percent sign stay on one line."""
    return in_html(text).replace(" %", "\u00a0%")


def _card(one: Finding, scale: dict[str, float], also: Iterable[Finding]) -> str:
    effect = effect_words(one)
    told = f"<p>{_bar(one, scale)}"
    told += f'<span class="num">{escape(effect)}</span> <span class="soft">{escape(say("interval"))}, n {one.n:,}</span></p>'
    quotes = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in one.quotes)
    others = "".join(
        f'<p><span class="soft">{escape(say("also"))}:</span> {escape(other.words)}</p>'
        for other in also
    )
    return (
        f"<li><p>{escape(one.words)}</p>"
        f"<p>{one.people:,} cases ({escape(percent(one.people_share))} {escape(say('of_all'))}); "
        f'<span class="sure">{escape(how_sure(one))}</span></p>'
        f"{told if effect else ''}{others}{quotes}{_notes(one)}</li>"
    )


def _bar(one: Finding, scale: dict[str, float]) -> str:
    scene = bar_scene(one, scale.get(one.unit, 0.0))
    if scene is None:
        return ""
    return (
        f'<span class="bar">{scene_svg(scene, has_fonts=False, is_inline=True)}</span>'
    )


def _notes(one: Finding) -> str:
    lines = "".join(
        f"<p>{escape(say(key))}: {escape(text)}</p>"
        for key, text in (("warning", one.warning), ("more", one.to_know_more))
        if text
    )
    facts = ", ".join(" ".join(filter(None, ref)) for ref in one.evidence)
    if facts:
        lines += f'<p class="soft">{escape(say("facts"))}: {escape(facts)}</p>'
    return f"<details><summary>{escape(say('details'))}</summary>{lines}</details>"


def _contents(report: AnalysisReport) -> str:
    links = "".join(
        f'<li><a href="#{escape(section.name)}">{escape(section.title)}</a> '
        f'<span class="soft">({len(section.findings)})</span></li>'
        for section in report.sections
    )
    title = escape(say("sections"))
    return f'<section><h2>{title}</h2><nav aria-label="{title}"><ul>{links}</ul></nav></section>'


def _section(section: Section) -> str:
    body = f'<p class="soft">{escape(section.about)}</p>' if section.about else ""
    if section.findings:
        body += _table(section)
    elif not section.needs:
        body += f"<p>{escape(say('nothing'))}</p>"
    if section.needs:
        items = "".join(f"<li>{escape(need)}</li>" for need in section.needs)
        body += f"<p>{escape(say('needs'))}</p><ul>{items}</ul>"
    return f'<section id="{escape(section.name)}"><h2>{escape(section.title)}</h2>{body}</section>'


def _table(section: Section) -> str:
    shown = section.findings[:MOST_ROWS]
    scale = widest(shown)
    keys = ("place", "what", "people", "effect", "sure")
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(say(key))}</th>' for key in keys
    )
    rows = "".join(_row(one, scale) for one in shown)
    rest = len(section.findings) - len(shown)
    more = f"<p>{rest} {escape(say('more_findings'))}</p>" if rest > 0 else ""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(section.title)}">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>{more}'
    )


def _row(one: Finding, scale: dict[str, float]) -> str:
    cells = (
        (
            f'<td role="cell" class="what" data-label="{escape(say("what"))}">{escape(one.words)}{_notes(one)}</td>'
        ),
        f'<td role="cell" class="num" data-label="{escape(say("people"))}">{one.people:,}</td>',
        f'<td role="cell" data-label="{escape(say("effect"))}">{_bar(one, scale)}<span class="num">{escape(effect_words(one))}</span></td>',
        f'<td role="cell" data-label="{escape(say("sure"))}">{escape(how_sure(one))}</td>',
    )
    head = f'<th scope="row" role="rowheader">{escape(one.place)}</th>'
    return f'<tr role="row">{head}{"".join(cells)}</tr>'


def _how() -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in how_to_read())
    return f'<section id="how"><h2>{escape(say("how"))}</h2><ul>{items}</ul></section>'
