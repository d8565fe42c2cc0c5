"""Findings as they are answered: in the words of the analysis, with what a reader may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.analyze.speech import Speech
from desirepath.render.exports.report_bars import widest
from desirepath.render.exports.report_markdown import (
    FIRST,
    KEPT,
    about_words,
    how_to_read,
    whom,
)
from desirepath.web.collab.log import Stored
from desirepath.web.jobs.results import Snapshot
from desirepath.web.readings.said import (
    BarSaid,
    FindingSaid,
    MadeSaid,
    ReadingCardSaid,
    ReadingSaid,
    ReadingsSaid,
)

SAME_LETTERS = 16
FEWEST = 10  # people of whom guests may be told


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases, customers and days that results rest on."""

    cases: int
    customers: int
    window_from: str
    window_to: str


def made_of(snapshot: Snapshot, stored: Stored, counts: Counts, speech: Speech) -> MadeSaid:  # fmt: skip
    """What an answer rests on.

    Args:
        snapshot: The results.
        stored: The map as it stands.
        counts: What was measured.
        speech: Language of the sentences.
    """
    is_same_past = snapshot.epoch == stored.epoch
    return MadeSaid(
        snapshot=snapshot.id,
        made_us=snapshot.made_us,
        seq=snapshot.seq,
        edits_since=max(stored.seq - snapshot.seq, 0) if is_same_past else None,
        cases=counts.cases,
        customers=counts.customers,
        window_from=counts.window_from,
        window_to=counts.window_to,
        language=speech.language,
        is_rtl=speech.is_rtl,
    )


def counts_of(report: AnalysisReport) -> Counts:
    """What an analysis rests on."""
    return Counts(report.cases, report.customers, report.window_from, report.window_to)


class Told:
    """One analysis as it is answered.

    Args:
        snapshot: The results.
        report: The analysis.
        is_guest: Whether it is for somebody who came with a link: no words of customers, nothing of
            fewer than ten people.
    """

    def __init__(
        self, snapshot: Snapshot, report: AnalysisReport, *, is_guest: bool
    ) -> None:
        self._snapshot = snapshot
        self._report = report
        self._is_guest = is_guest
        self.speech = Speech(report.language)
        self._keys = {
            id(one): (f"{section.name}.{number}", same_of(section, one))
            for section in report.sections
            for number, one in enumerate(section.findings)
        }

    def overview(
        self, made: MadeSaid, *, has_flow: bool, has_check: bool
    ) -> ReadingsSaid:
        """What to fix first, what to keep, and a card for each reading."""
        report = self._report
        first = self._shown(report.first(FIRST))
        kept = self._shown(report.first(KEPT, "keep"))
        times = self._shown(report.times())
        scale = widest((*first, *times, *kept))
        return ReadingsSaid(
            made=made,
            about=about_words(report, self.speech),
            first=[self._finding(one, scale) for one in first],
            times=[self._finding(one, scale) for one in times],
            keep=[self._finding(one, scale) for one in kept],
            readings=[self._card(section) for section in report.sections],
            how=list(how_to_read(self.speech)),
            hidden=self._hidden(report.findings()),
            has_flow=has_flow,
            has_check=has_check,
        )

    def reading(self, made: MadeSaid, name: str) -> ReadingSaid | None:
        """One reading with all its findings; None where there is none of this name."""
        section = next((one for one in self._report.sections if one.name == name), None)
        if section is None:
            return None
        shown = self._shown(section.findings)
        scale = widest(shown)
        say = self.speech.say
        return ReadingSaid(
            made=made,
            name=name,
            title=say(section.title),
            about=say(section.about),
            needs=[say(one) for one in section.needs],
            findings=[self._finding(one, scale) for one in shown],
            segments=sorted({one.segment for one in shown if one.segment}),
            hidden=self._hidden(section.findings),
        )

    def _shown(self, findings: Iterable[Finding]) -> list[Finding]:
        return [one for one in findings if not self._is_guest or one.people >= FEWEST]

    def _hidden(self, findings: Iterable[Finding]) -> int:
        return sum(self._is_guest and one.people < FEWEST for one in findings)

    def _card(self, section: Section) -> ReadingCardSaid:
        shown, say = self._shown(section.findings), self.speech.say
        kinds = [one.kind for one in shown]
        return ReadingCardSaid(
            name=section.name,
            title=say(section.title),
            about=say(section.about),
            fix=kinds.count("fix"),
            keep=kinds.count("keep"),
            look=kinds.count("look"),
            first=say(shown[0].words) if shown else "",
            needs=[say(one) for one in section.needs],
        )

    def _finding(self, one: Finding, scale: Mapping[str, float]) -> FindingSaid:
        say = self.speech.say
        also = self._shown(self._report.also(one))
        key, same = self._keys[id(one)]
        return FindingSaid(
            anchor=f"finding:{self._snapshot.id}:{key}",
            same=same,
            reading=one.analysis,
            kind=one.kind,
            ref=place_ref(one.subject),
            place=say(one.place),
            words=say(one.words),
            people=one.people,
            whom=whom(one, self.speech),
            effect=self.speech.effect(one),
            n=one.n,
            sure=self.speech.how_sure(one),
            segment=one.segment,
            bar=_bar(one, scale.get(one.unit, 0.0)),
            also=[say(other.words) for other in also],
            quotes=[] if self._is_guest else list(one.quotes),
            warning=say(one.warning),
            more=say(one.to_know_more),
            facts=[" ".join(filter(None, ref)) for ref in one.evidence],
        )


def same_of(section: Section, one: Finding) -> str:
    """By what a finding is known in every analysis of a map: what it is about, not how large it is."""
    about = (section.name, one.code, one.subject, one.segment, *one.evidence[:1])
    return hashlib.sha256(repr(about).encode()).hexdigest()[:SAME_LETTERS]


def place_ref(subject: str) -> str:
    """The place on the board where a finding belongs: of a transition, the step it leaves.

    Examples:
        >>> place_ref("transition:pay>help"), place_ref("touchpoint:mail"), place_ref("theme:price")
        ('step:pay', 'touchpoint:mail', 'map')
    """
    kind, _, name = subject.partition(":")
    if kind == "transition":
        return f"step:{name.partition('>')[0]}"
    known = kind in ("step", "stage", "statement", "touchpoint", "persona")
    return subject if known and name else "map"


def _bar(one: Finding, most: float) -> BarSaid | None:
    if one.value is None or not most:
        return None
    low = one.value if one.low is None else one.low
    high = one.value if one.high is None else one.high
    return BarSaid(value=one.value, low=low, high=high, most=most)
