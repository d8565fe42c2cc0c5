"""An analysis as Markdown, for people who read text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.analyze.wording import effect_words, how_sure, percent
from desirepath.render.exports.report_bars import widest
from desirepath.render.exports.report_pictures import PictureFolder
from desirepath.render.exports.report_words import how_to_read, say

MOST_ROWS = 12
FIRST, KEPT = 5, 3


def analysis_markdown(
    report: AnalysisReport, pictures: PictureFolder | None = None
) -> str:
    """The whole report: what to fix first, what to keep, then each reading as a table.

    Args:
        report: What to write.
        pictures: Takes a bar for each effect and gives the link to it; None for text alone.

    Examples:
        >>> empty = AnalysisReport("m", "My map", (), 0, 0, 0, "", "", 0.05)
        >>> print(analysis_markdown(empty).splitlines()[0])
        # My map
    """
    return "\n".join(_lines(report, pictures)) + "\n"


def about_words(report: AnalysisReport) -> str:
    """What the report rests on, in one sentence."""
    span = f", {report.window_from} to {report.window_to}" if report.window_from else ""
    asked = (
        f" {report.tested:,} differences were tested; {report.dropped:,} that chance could have made are "
        f"not shown."
        if report.tested
        else ""
    )
    return (
        f"{report.cases:,} cases of {report.customers:,} customers, {report.events:,} events{span}."
        f"{asked}"
    )


def _lines(report: AnalysisReport, pictures: PictureFolder | None) -> Iterator[str]:
    yield f"# {report.title}"
    yield from ("", about_words(report))
    for note in report.notes:
        yield from ("", note)
    yield from ("", f"## {say('first')}", "")
    first = report.first(FIRST)
    if not first:
        yield say("first_none")
    kept = report.first(KEPT, "keep")
    drawn = _Drawn(pictures, widest((*first, *kept)))
    for number, one in enumerate(first, 1):
        yield from _card(number, one, report.also(one), drawn)
    if kept:
        yield from ("", f"## {say('keep')}", "")
        for number, one in enumerate(kept, 1):
            yield from _card(number, one, report.also(one), drawn)
    for section in report.sections:
        yield from _section(section, pictures)
    yield from ("", f"## {say('how')}", "")
    yield from (f"- {text}" for text in how_to_read())


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Bars of findings that are compared with each other."""

    pictures: PictureFolder | None
    scale: Mapping[str, float]

    def of(self, one: Finding) -> str:
        """Link to the bar of a finding; "" where there is none."""
        if self.pictures is None:
            return ""
        return self.pictures.link(one, self.scale.get(one.unit, 0.0))


def _card(
    number: int, one: Finding, also: Iterable[Finding], drawn: _Drawn
) -> Iterator[str]:
    yield f"{number}. **{one.words}**"
    effect = effect_words(one)
    yield (
        f"   {one.people:,} cases ({percent(one.people_share)} {say('of_all')})"
        + (f"; {effect}, n {one.n:,}" if effect else "")
        + f"; {how_sure(one)}."
    )
    bar = drawn.of(one)
    if bar:
        yield f"   {bar}"
    for quote in one.quotes:
        yield f"   > {' '.join(quote.split())}"
    for other in also:
        yield f"   {say('also')}: {other.words}"
    for key, text in (("warning", one.warning), ("more", one.to_know_more)):
        if text:
            yield f"   {say(key)}: {text}"


def _section(section: Section, pictures: PictureFolder | None) -> Iterator[str]:
    yield from ("", f"## {section.title}", "")
    if section.about:
        yield from (section.about, "")
    if section.findings:
        heads = [say(key) for key in ("place", "what", "people", "effect", "sure")]
        yield f"| {' | '.join(heads)} |"
        yield "|" + " --- |" * len(heads)
        shown = section.findings[:MOST_ROWS]
        drawn = _Drawn(pictures, widest(shown))
        for one in shown:
            cells = [
                one.place,
                one.words,
                f"{one.people:,}",
                " ".join(filter(None, (drawn.of(one), effect_words(one)))),
                how_sure(one),
            ]
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        rest = len(section.findings) - MOST_ROWS
        if rest > 0:
            yield from ("", f"{rest} {say('more_findings')}")
    elif not section.needs:
        yield say("nothing")
    if section.needs:
        yield from ("", say("needs"), "")
        yield from (f"- {need}" for need in section.needs)
