"""An analysis as a stand-alone HTML page: works without scripts and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape as in_html

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.analyze.speech import Speech
from desirepath.render.exports.report_bars import bar_scene, widest
from desirepath.render.exports.report_markdown import (
    COLUMNS,
    FIRST,
    KEPT,
    MOST_ROWS,
    about_words,
    how_to_read,
    whom,
)
from desirepath.render.formats.html import html_page
from desirepath.render.formats.svg import scene_svg

DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
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
    """The report as an HTML document, in the language of its map."""
    return _Page(report).html()


def escape(text: str) -> str:
    """Text for HTML; a number and its percent sign stay on one line."""
    return in_html(text).replace(" %", "\u00a0%")


class _Page:
    """Parts of one report in its language."""

    def __init__(self, report: AnalysisReport) -> None:
        self._report = report
        self._speech = Speech(report.language)

    def html(self) -> str:
        report, speech = self._report, self._speech
        notes = "".join(
            f'<p class="soft">{self._said(note)}</p>' for note in report.notes
        )
        body = "\n".join(
            [
                f'<a class="skip" href="#first">{self._key("skip")}</a>',
                f"<header><h1>{escape(report.title)}</h1>",
                f'<p class="soft">{escape(about_words(report, speech))}</p>{notes}</header>',
                "<main>",
                *self._top(),
                self._contents(),
                *(self._section(section) for section in report.sections),
                self._how(),
                "</main>",
            ]
        )
        return html_page(
            body,
            title=report.title,
            language=speech.language,
            is_rtl=speech.is_rtl,
            extra_style=STYLE,
        )

    def _key(self, key: str) -> str:
        return escape(self._speech.key(f"report.{key}"))

    def _said(self, text: str) -> str:
        """A text as HTML; a day stays on one line."""
        told = escape(self._speech.say(text))
        return DAY.sub(r'<span class="num">\g<0></span>', told)

    def _top(self) -> Iterator[str]:
        report = self._report
        first, kept = report.first(FIRST), report.first(KEPT, "keep")
        times = report.times()
        scale = widest((*first, *times, *kept))
        items = "".join(self._card(one, scale) for one in first)
        body = (
            f'<ol class="findings">{items}</ol>'
            if items
            else f"<p>{self._key('first_none')}</p>"
        )
        yield f'<section id="first"><h2>{self._key("first")}</h2>{body}</section>'
        for key, more in (("times", times), ("keep", kept)):
            if more:
                items = "".join(self._card(one, scale) for one in more)
                yield f'<section id="{key}"><h2>{self._key(key)}</h2><ol class="findings">{items}</ol></section>'

    def _card(self, one: Finding, scale: Mapping[str, float]) -> str:
        speech = self._speech
        effect = speech.effect(one)
        told = f"<p>{self._bar(one, scale)}"
        told += (
            f'<span class="num">{escape(effect)}</span> '
            f'<span class="soft">{escape(speech.key("report.interval", n=one.n))}</span></p>'
        )
        quotes = "".join(
            f'<blockquote dir="auto">{escape(text)}</blockquote>' for text in one.quotes
        )
        others = "".join(
            f'<p><span class="soft">{self._key("also")}:</span> {self._said(other.words)}</p>'
            for other in self._report.also(one)
        )
        return (
            f"<li><p>{self._said(one.words)}</p>"
            f"<p>{escape(whom(one, speech))}{self._key('between')}"
            f'<span class="sure">{escape(speech.how_sure(one))}</span></p>'
            f"{told if effect else ''}{others}{quotes}{self._notes(one)}</li>"
        )

    def _bar(self, one: Finding, scale: Mapping[str, float]) -> str:
        scene = bar_scene(one, scale.get(one.unit, 0.0), self._speech)
        if scene is None:
            return ""
        drawn = scene_svg(scene, has_fonts=False, is_inline=True)
        return f'<span class="bar">{drawn}</span>'

    def _notes(self, one: Finding) -> str:
        lines = "".join(
            f"<p>{self._key(key)}: {self._said(text)}</p>"
            for key, text in (("warning", one.warning), ("more", one.to_know_more))
            if text
        )
        facts = ", ".join(" ".join(filter(None, ref)) for ref in one.evidence)
        if facts:
            lines += (
                f'<p class="soft">{self._key("facts")}: <bdi>{escape(facts)}</bdi></p>'
            )
        return f"<details><summary>{self._key('details')}</summary>{lines}</details>"

    def _contents(self) -> str:
        links = "".join(
            f'<li><a href="#{escape(section.name)}">{self._said(section.title)}</a> '
            f'<span class="soft">({self._speech.count(len(section.findings))})</span></li>'
            for section in self._report.sections
        )
        title = self._key("sections")
        return f'<section><h2>{title}</h2><nav aria-label="{title}"><ul>{links}</ul></nav></section>'

    def _section(self, section: Section) -> str:
        about = self._said(section.about)
        body = f'<p class="soft">{about}</p>' if about else ""
        if section.findings:
            body += self._table(section)
        elif not section.needs:
            body += f"<p>{self._key('nothing')}</p>"
        if section.needs:
            items = "".join(f"<li>{self._said(need)}</li>" for need in section.needs)
            body += f"<p>{self._key('needs')}</p><ul>{items}</ul>"
        return f'<section id="{escape(section.name)}"><h2>{self._said(section.title)}</h2>{body}</section>'

    def _table(self, section: Section) -> str:
        shown = section.findings[:MOST_ROWS]
        scale = widest(shown)
        head = "".join(
            f'<th scope="col" role="columnheader">{self._key(key)}</th>'
            for key in COLUMNS
        )
        rows = "".join(self._row(one, scale) for one in shown)
        rest = len(section.findings) - len(shown)
        told = escape(self._speech.key("report.more_findings", count=rest))
        more = f"<p>{told}</p>" if rest > 0 else ""
        return (
            f'<div class="wide" tabindex="0" role="region" aria-label="{self._said(section.title)}">'
            f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{rows}</tbody></table></div>{more}'
        )

    def _row(self, one: Finding, scale: Mapping[str, float]) -> str:
        speech = self._speech
        cells = (
            f'<td role="cell" class="what" data-label="{self._key("what")}">{self._said(one.words)}{self._notes(one)}</td>',
            f'<td role="cell" class="num" data-label="{self._key("people")}">{escape(speech.count(one.people))}</td>',
            f'<td role="cell" data-label="{self._key("effect")}">{self._bar(one, scale)}<span class="num">{escape(speech.effect(one))}</span></td>',
            f'<td role="cell" data-label="{self._key("sure")}">{escape(speech.how_sure(one))}</td>',
        )
        head = f'<th scope="row" role="rowheader">{self._said(one.place)}</th>'
        return f'<tr role="row">{head}{"".join(cells)}</tr>'

    def _how(self) -> str:
        items = "".join(
            f"<li>{escape(text)}</li>" for text in how_to_read(self._speech)
        )
        return (
            f'<section id="how"><h2>{self._key("how")}</h2><ul>{items}</ul></section>'
        )
