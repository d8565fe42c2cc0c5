"""An analysis as Markdown, for people who read text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.analyze.speech import Speech
from desirepath.render.exports.report_bars import widest
from desirepath.render.exports.report_pictures import PictureFolder
from desirepath.sentences.markdown import in_markdown
from desirepath.sentences.phrase import Part, cases, day, listed, share

MOST_ROWS = 12
FIRST, KEPT = 5, 3
COLUMNS = ("place", "what", "people", "effect", "sure")


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
    return "\n".join(_Text(report, pictures).lines()) + "\n"


def about_words(report: AnalysisReport, speech: Speech) -> str:
    """What the report rests on, in one or two sentences."""
    counts: dict[str, Part] = {
        "cases": cases(report.cases),
        "customers": report.customers,
        "events": report.events,
    }
    if report.window_from:
        days = {"first": day(report.window_from), "last": day(report.window_to)}
        rests = speech.key("report.rests_on", **counts, **days)
    else:
        rests = speech.key("report.rests", **counts)
    if not report.tested:
        return rests
    tested = speech.key("report.tested", tested=report.tested, dropped=report.dropped)
    return speech.say(listed([rests, tested], "gap"))


def whom(one: Finding, speech: Speech) -> str:
    """Cases that a finding touches, and their share of all."""
    return speech.key(
        "report.whom", cases=cases(one.people), share=share(one.people_share)
    )


def card_words(one: Finding, speech: Speech, *, has_n: bool = False) -> str:
    """Whom a finding touches, how large it is and how sure, in one line.

    Args:
        one: The finding.
        speech: Language to say it in.
        has_n: With the number of observations behind it.
    """
    effect = speech.effect(one)
    key = (
        "report.card"
        if not effect
        else "report.card_n"
        if has_n
        else "report.card_effect"
    )
    parts: dict[str, Part] = {"effect": effect, "n": one.n} if effect else {}
    return speech.key(key, whom=whom(one, speech), **parts, sure=speech.how_sure(one))


class _Text:
    """Lines of one report in its language."""

    def __init__(self, report: AnalysisReport, pictures: PictureFolder | None) -> None:
        self._report = report
        self._pictures = pictures
        self._speech = Speech(report.language)

    def lines(self) -> Iterator[str]:
        report, speech = self._report, self._speech
        yield f"# {in_markdown(report.title)}"
        yield from ("", about_words(report, speech))
        for note in report.notes:
            yield from ("", self._said(note))
        yield from ("", f"## {speech.key('report.first')}", "")
        first = report.first(FIRST)
        if not first:
            yield speech.key("report.first_none")
        kept = report.first(KEPT, "keep")
        times = report.times()
        scale = widest((*first, *times, *kept))
        for number, one in enumerate(first, 1):
            yield from self._card(number, one, scale)
        for key, more in (("times", times), ("keep", kept)):
            if more:
                yield from ("", f"## {speech.key(f'report.{key}')}", "")
            for number, one in enumerate(more, 1):
                yield from self._card(number, one, scale)
        for section in report.sections:
            yield from self._section(section)
        yield from ("", f"## {speech.key('report.how')}", "")
        yield from (f"- {text}" for text in how_to_read(speech))

    def _said(self, text: str) -> str:
        """A text in the language of the report, with no marks of its own."""
        return in_markdown(self._speech.say(text))

    def _bar(self, one: Finding, scale: Mapping[str, float]) -> str:
        """Link to the bar of a finding; "" where there is none."""
        if self._pictures is None:
            return ""
        return self._pictures.link(one, scale.get(one.unit, 0.0), self._speech)

    def _card(
        self, number: int, one: Finding, scale: Mapping[str, float]
    ) -> Iterator[str]:
        speech = self._speech
        yield f"{number}. **{self._said(one.words)}**"
        yield f"   - {in_markdown(card_words(one, speech, has_n=True))}"
        bar = self._bar(one, scale)
        if bar:
            yield f"   - {bar}"
        for quote in one.quotes:
            yield f"   - “{in_markdown(quote)}”"
        for other in self._report.also(one):
            yield f"   - {speech.key('report.also')}: {self._said(other.words)}"
        for key, text in (("warning", one.warning), ("more", one.to_know_more)):
            if text:
                yield f"   - {speech.key(f'report.{key}')}: {self._said(text)}"

    def _section(self, section: Section) -> Iterator[str]:
        speech = self._speech
        yield from ("", f"## {self._said(section.title)}", "")
        if section.about:
            yield from (self._said(section.about), "")
        if section.findings:
            yield from self._table(section)
        elif not section.needs:
            yield speech.key("report.nothing")
        if section.needs:
            yield from ("", speech.key("report.needs"), "")
            yield from (f"- {self._said(need)}" for need in section.needs)

    def _table(self, section: Section) -> Iterator[str]:
        speech = self._speech
        heads = [speech.key(f"report.{key}") for key in COLUMNS]
        yield f"| {' | '.join(heads)} |"
        yield "|" + " --- |" * len(heads)
        shown = section.findings[:MOST_ROWS]
        scale = widest(shown)
        for one in shown:
            effect = (self._bar(one, scale), in_markdown(speech.effect(one)))
            cells = [
                self._said(one.place),
                self._said(one.words),
                speech.count(one.people),
                " ".join(filter(None, effect)),
                speech.how_sure(one),
            ]
            yield f"| {' | '.join(cells)} |"
        rest = len(section.findings) - MOST_ROWS
        if rest > 0:
            yield from ("", speech.key("report.more_findings", count=rest))


def how_to_read(speech: Speech) -> Iterator[str]:
    """Sentences on how to read the report."""
    return (speech.key(f"how.{key}") for key in ("order", "sure", "counted", "cause"))
