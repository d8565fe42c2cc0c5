"""The report for management: what to fix first, what holds, what is unknown, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from desirepath.analyze.finding import AnalysisReport, Finding
from desirepath.analyze.speech import Speech
from desirepath.check.parts import Coverage, Gap, VerdictWord
from desirepath.check.report import CheckReport, Verdict
from desirepath.maps.model import JourneyMap
from desirepath.render.exports.brief_parts import (
    Block,
    Brief,
    Count,
    Earlier,
    Line,
    StageCount,
)
from desirepath.render.exports.report_markdown import (
    FIRST,
    KEPT,
    about_words,
    card_words,
    how_to_read,
)
from desirepath.render.views.footer import gap_words
from desirepath.render.views.known import Known, mark_text
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken

VERDICTS: tuple[VerdictWord, ...] = get_args(VerdictWord)
MOST = 5
MOST_CHANGED = 8
NO_IMPORTANCE = 3
EMOTION = "emotion"
ALL_PEOPLE = 0


def brief_of(
    journey_map: JourneyMap,
    report: CheckReport,
    *,
    day: str,
    seq: int = 0,
    analysis: AnalysisReport | None = None,
    earlier: Earlier | None = None,
    sources: tuple[str, ...] = (),
    fewest: int = ALL_PEOPLE,
) -> Brief:
    """The report of one map.

    Args:
        journey_map: The map.
        report: Its newest check.
        day: When that was made, ISO date.
        seq: Number of the last edit of the map that it saw.
        analysis: Findings; None where the map was not analyzed.
        earlier: The check before, for what has changed.
        sources: Names of what was read.
        fewest: Findings and gaps of fewer cases are left out.
    """
    return _Maker(journey_map, report, analysis, fewest).brief(
        earlier, day, seq, sources
    )


class _Maker:
    """Parts of the report of one map, in its language."""

    def __init__(
        self,
        journey: JourneyMap,
        report: CheckReport,
        analysis: AnalysisReport | None,
        fewest: int,
    ) -> None:
        self._map = journey
        self._report = spoken(report, journey.language)
        self._analysis = analysis
        self._fewest = fewest
        self._speech = Speech(journey.language)
        self._words = Words(journey.language)
        self._names = {step.id: step.name for step in journey.steps()}
        self._stages = {stage.id: stage.name for stage in journey.stages}
        self._written = [one for one in report.verdicts if not one.is_implied]
        self._weighty = sorted(
            self._written,
            key=lambda one: (-(one.importance or NO_IMPORTANCE), -one.n),
        )

    def brief(
        self, earlier: Earlier | None, day: str, seq: int, sources: tuple[str, ...]
    ) -> Brief:
        say = self._words.say
        blocks = (
            self._fixes(),
            self._contradicted(),
            self._unmet(),
            self._missing(),
            self._dead(),
            self._kept(),
            self._trend(earlier, day),
            self._research(),
            self._method(day, seq, sources),
        )
        whole = self._coverage_of_map()
        return Brief(
            title=self._map.title,
            kind=say("brief.kind"),
            about=self._about(),
            top=(self._fix_first(), self._holds(), self._unknown()),
            coverage_title=say("brief.coverage"),
            coverage=self._settled(whole) if whole else say("brief.no_statements"),
            counts=tuple(self._counts()),
            stages=tuple(self._stage_counts()),
            stage_heads=(say("page.stage"), say("brief.statements"), say("brief.coverage")),
            blocks=tuple(one for one in blocks if one.lines or one.note),
            language=self._speech.language,
            is_rtl=self._speech.is_rtl,
            shape=say("brief.shape"),
        )  # fmt: skip

    def _about(self) -> str:
        report = self._report
        if self._analysis is not None:
            return about_words(self._analysis, self._speech)
        if not report.window_from:
            return self._words.say("evidence.cases", cases=report.cases)
        return self._words.say(
            "evidence.dated",
            cases=report.cases,
            first=self._words.day(report.window_from),
            last=self._words.day(report.window_to),
        )

    def _findings(self, found: tuple[Finding, ...]) -> tuple[Line, ...]:
        return tuple(
            Line(
                self._speech.say(one.words),
                card_words(one, self._speech, has_n=True),
                self._speech.say(one.place),
            )
            for one in found
            if one.people >= self._fewest
        )

    def _fix_first(self) -> Block:
        title = self._words.say("brief.fix")
        if self._analysis is None:
            return Block("fix", title, (Line(self._words.say("brief.not_analyzed")),))
        lines = self._findings(self._analysis.first(FIRST))[:1]
        none = Line(self._speech.key("report.first_none"))
        return Block("fix", title, lines or (none,))

    def _holds(self) -> Block:
        held = [one for one in self._weighty if one.verdict == "confirmed"]
        return self._told("holds", held)

    def _unknown(self) -> Block:
        open_ = [one for one in self._weighty if one.verdict in ("unknown", "stale")]
        first = [one.subject for one in self._report.research]
        open_.sort(
            key=lambda one: (
                first.index(one.subject) if one.subject in first else len(first)
            )
        )
        return self._told("unknown", open_)

    def _told(self, key: str, found: list[Verdict]) -> Block:
        say, title = self._words.say, self._words.say(f"brief.{key}")
        count = len(self._written)
        if not count:
            return Block(key, title, (Line(say("brief.no_statements")),))
        if not found:
            return Block(key, title, (Line(say(f"brief.{key}_none", all=count)),))
        one = found[0]
        text = say(
            f"brief.{key}_some", count=len(found), all=count, text=self._text(one)
        )
        return Block(key, title, (Line(text, self._mark(one), self._where(one), one.verdict),))  # fmt: skip

    def _text(self, one: Verdict) -> str:
        text = one.text or one.claim
        if one.lane != EMOTION:
            return text
        return f"{self._words.lane(EMOTION)}: {text}"  # a score alone says nothing

    def _where(self, one: Verdict) -> str:
        return self._names.get(one.step) or self._stages.get(one.stage, "")

    def _mark(self, one: Verdict) -> str:
        return mark_text(one, self._words)

    def _coverage_of_map(self) -> Coverage | None:
        return next((one for one in self._report.coverage if one.kind == "map"), None)

    def _settled(self, one: Coverage) -> str:
        return self._words.say(
            "brief.settled",
            share=self._words.share(one.share),
            count=one.settled,
            all=one.statements,
        )

    def _counts(self) -> Iterator[Count]:
        for word in VERDICTS:
            count = sum(one.verdict == word for one in self._written)
            if count:
                yield Count(word, self._words.say(f"verdict.{word}"), count)

    def _stage_counts(self) -> Iterator[StageCount]:
        for one in self._report.coverage:
            if one.kind == "stage":
                name = self._stages.get(one.name, one.name)
                yield StageCount(name, one.statements, one.settled, one.share)

    def _fixes(self) -> Block:
        title, key = self._speech.key("report.first"), "fixes"
        if self._analysis is None:
            return Block(key, title, ())
        found = (*self._analysis.first(FIRST), *self._analysis.times(2))
        note = self._speech.key("how.cause")
        return Block(key, title, self._findings(found), note, is_ranked=True)

    def _contradicted(self) -> Block:
        lines = (
            self._judged(one) for one in self._weighty if one.word_now == "refuted"
        )
        title = self._words.say("brief.contradicted")
        return Block("contradicted", title, tuple(lines)[:MOST], is_ranked=True)

    def _judged(self, one: Verdict) -> Line:
        return Line(self._text(one), self._mark(one), self._where(one), one.verdict)

    def _unmet(self) -> Block:
        title = self._words.say("brief.unmet")
        if self._analysis is None:
            return Block("unmet", title, ())
        found = tuple(
            one
            for one in self._analysis.section("unmet_expectations").findings
            if one.kind == "fix"
        )
        return Block("unmet", title, self._findings(found[:MOST]), is_ranked=True)

    def _missing(self) -> Block:
        known = Known(self._words, self._report)
        shown = [one for one in self._report.missing if one.cases >= self._fewest]
        lines = (self._gap(one, known) for one in shown[:MOST])
        title = self._words.say("page.missing")
        return Block("missing", title, tuple(lines), is_ranked=True)

    def _gap(self, one: Gap, known: Known) -> Line:
        words = self._words
        detail = words.say("page.of", count=one.cases, all=one.asked)
        if one.goal_difference is not None:
            numbers = (one.goal_difference, one.goal_low, one.goal_high)
            value = words.measured(*numbers, "points")
            told = self._words.say("brief.goal", points=value)
            detail = f"{detail} · {told}"
        return Line(gap_words(one, self._names, known), detail)

    def _dead(self) -> Block:
        lines = (
            Line(
                self._names.get(step, step),
                self._words.say("brief.dead", count=cases, all=self._report.cases),
            )
            for step, cases, _ in self._report.dead
            if cases >= self._fewest or not cases
        )
        return Block("dead", self._words.say("foot.dead"), tuple(lines)[:MOST])

    def _kept(self) -> Block:
        title = self._speech.key("report.keep")
        found = self._analysis.first(KEPT, "keep") if self._analysis else ()
        return Block("keep", title, self._findings(found), is_ranked=True)

    def _trend(self, earlier: Earlier | None, day: str) -> Block:
        """What another check said of the same statements."""
        say, title = self._words.say, self._words.say("brief.trend")
        if earlier is None:
            return Block("trend", title, ())
        before = {
            (one.subject, one.kind): one
            for one in earlier.report.verdicts
            if not one.is_implied
        }
        changed = [
            (old, one)
            for one in self._weighty
            if (old := before.get((one.subject, one.kind)))
            and old.verdict != one.verdict
        ]
        lines = tuple(
            Line(
                self._text(one),
                say("brief.trend_change", before=self._mark(old), now=self._mark(one)),
                self._where(one),
                one.verdict,
            )
            for old, one in changed[:MOST_CHANGED]
        )
        note = "" if lines else say("brief.trend_none")
        then = next((one for one in earlier.report.coverage if one.kind == "map"), None)
        now = self._coverage_of_map()
        if then and now:
            share = say(
                "brief.trend_share",
                before=self._words.share(then.share),
                first=self._words.day(earlier.day),
                now=self._words.share(now.share),
                last=self._words.day(day),
            )
            note = " ".join(filter(None, (share, note)))
        return Block("trend", title, lines, note)

    def _research(self) -> Block:
        lines = (
            Line(
                one.text,
                " ".join(filter(None, (one.advice, one.question))),
                self._names.get(one.step) or self._stages.get(one.stage, ""),
            )
            for one in self._report.research[:MOST]
        )
        title = self._words.say("brief.research")
        return Block("research", title, tuple(lines), is_ranked=True)

    def _method(self, day: str, seq: int, sources: tuple[str, ...]) -> Block:
        say = self._words.say
        told = [say("brief.made", day=self._words.day(day), seq=seq)]
        if sources:
            told.append(say("brief.sources", names=", ".join(sources)))
        if self._analysis is not None:
            told += how_to_read(self._speech)
        told += self._report.notes
        return Block("method", say("brief.method"), tuple(Line(one) for one in told))
