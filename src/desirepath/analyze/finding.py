"""Findings, sections and the report they make. Computes nothing but ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol, TypeAlias, get_args

from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, say

FORMAT = "desirepath/analysis/1"
BAD_TIMES = "bad_times"
MOST_ALIKE = 2
Kind = Literal["fix", "keep", "look"]
Ref: TypeAlias = tuple[str, str, str]


class Said(Protocol):
    """Words of a customer, with the step they are about."""

    @property
    def step(self) -> str:
        """Id of the step, "" where none is known."""

    @property
    def theme(self) -> str:
        """What they are about, "" where that is not known."""

    @property
    def text(self) -> str:
        """The words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an analysis has to say, never without whom it touches and how sure it is.

    Attributes:
        analysis: Name of the section, such as ``low_points``.
        code: Kind of finding, such as ``A301``; stable, for filters.
        subject: Ref of the element: ``step:pay``, ``stage:find``, ``transition:pay>help``, ``map``.
        place: The element in words.
        words: One sentence that a manager understands. It is in English and, being a `Phrase`, can be
            said in every language of the catalog.
        people: Cases affected.
        people_share: Cases affected, as a share of all cases.
        value: The effect; None where there is no single number.
        unit: ``share``, ``s``, ``emotion``, ``nps``, ``score``, ``count`` or "".
        low: Lower end of the 95 % interval of the effect.
        high: Upper end.
        n: Effective number of observations behind the effect.
        severity: How bad (or good) it is for each of those people, 0 to 1; of a difference, how bad at
            least (`analyze_map` takes the end of the interval nearer to nothing).
        kind: ``fix`` a weakness, ``keep`` a strength, ``look`` a candidate that people must judge.
        p: Two-sided p-value where the finding says "different"; None for a description. Sections give
            every difference they tested, `analyze_map` drops those that do not hold after correction.
        p_adjusted: As `p`, corrected for all questions of the report; set by `analyze_map`.
        people_low: Lower end of the 95 % interval of `people_share`; None where not measured.
        people_high: Upper end.
        evidence: The facts behind it as (subject, measure, target).
        quotes: Words of customers.
        warning: What must not be concluded from it, "" for nothing.
        to_know_more: What it would take to know more.
        segment: ``name=value`` of the customers it is about, "" where it is about everybody.
    """

    analysis: str
    code: str
    subject: str
    place: str
    words: str
    people: int
    people_share: float
    value: float | None
    unit: str
    low: float | None
    high: float | None
    n: int
    severity: float
    kind: Kind = "fix"
    p: float | None = None
    p_adjusted: float | None = None
    people_low: float | None = None
    people_high: float | None = None
    evidence: tuple[Ref, ...] = ()
    quotes: tuple[str, ...] = ()
    warning: str = ""
    to_know_more: str = ""
    segment: str = ""

    @property
    def rank_score(self) -> float:
        """People affected times severity: as many people wholly lost would weigh as much."""
        return self.people * self.severity

    @property
    def is_difference(self) -> bool:
        """True where it says that something differs, so that chance could have made it."""
        return self.p is not None


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one analysis, the weightiest first.

    Attributes:
        name: Name of the analysis, such as ``low_points``.
        title: Its heading.
        findings: Its findings.
        needs: Data that is lacking, each with how to give it.
        about: One sentence on how to read it.
    """

    name: str
    title: str
    findings: tuple[Finding, ...] = ()
    needs: tuple[str, ...] = ()
    about: str = ""


def section_of(
    name: str, findings: tuple[Finding, ...] = (), needs: tuple[str, ...] = ()
) -> Section:
    """A section with the heading and the sentence on how to read it that its name has.

    Args:
        name: Name of the analysis.
        findings: Its findings.
        needs: Data that is lacking.
    """
    title, about = Phrase(f"section.{name}"), Phrase(f"about.{name}")
    return Section(name, title, findings, needs, about)


class Analysis(Protocol):
    """A way of reading: a function from a map and its evidence to a section."""

    def __call__(
        self,
        journey_map: JourneyMap,
        evidence: Evidence,
        *,
        quotes: Iterable[Said] = (),
    ) -> Section:
        """The section."""


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """All sections, in the order of the analyses.

    Attributes:
        map_id: The map.
        title: Its title.
        sections: The sections.
        cases: Cases measured.
        customers: Customers behind them.
        events: Events in them.
        window_from: First day, ISO date; "" where there are no times.
        window_to: Last day.
        false_discovery_rate: Share of wrong findings accepted among the differences.
        tested: Differences that were tested.
        dropped: Of them, those that chance may have made, and that are not shown.
        notes: What holds for the whole report.
        language: Language of the map, in which the findings are said.
    """

    map_id: str
    title: str
    sections: tuple[Section, ...]
    cases: int
    customers: int
    events: int
    window_from: str
    window_to: str
    false_discovery_rate: float
    tested: int = 0
    dropped: int = 0
    notes: tuple[str, ...] = ()
    language: str = "en"

    def findings(self) -> Iterator[Finding]:
        """All findings, section by section."""
        for section in self.sections:
            yield from section.findings

    def section(self, name: str) -> Section:
        """The section of one analysis; an empty one where it was not made."""
        found = (one for one in self.sections if one.name == name)
        return next(found, Section(name, name))

    def first(self, count: int = 5, kind: Kind = "fix") -> tuple[Finding, ...]:
        """The weightiest findings of a kind over all sections: one of each place, two of each code.

        A list that says the same of five places tells less than one that says five things.

        Args:
            count: How many.
            kind: Which kind.
        """
        chosen: dict[str, Finding] = {}
        told: Counter[str] = Counter()
        for one in by_weight(one for one in self.findings() if one.kind == kind):
            if one.subject not in chosen and told[one.code] < MOST_ALIKE:
                chosen[one.subject] = one
                told[one.code] += 1
        return tuple(chosen.values())[:count]

    def also(self, finding: Finding, count: int = 2) -> tuple[Finding, ...]:
        """What other readings say of the same kind about the same place, the weightiest first.

        Args:
            finding: The finding shown.
            count: How many.
        """
        chosen: dict[str, Finding] = {finding.analysis: finding}
        for one in by_weight(self.findings()):
            is_here = (one.subject, one.kind) == (finding.subject, finding.kind)
            # two readings of one number say it once
            is_said = any(
                one.evidence and one.evidence[:1] == other.evidence[:1]
                for other in chosen.values()
            )
            if is_here and not is_said:
                chosen.setdefault(one.analysis, one)
        return tuple(chosen.values())[1 : 1 + count]

    def times(self, count: int = 3) -> tuple[Finding, ...]:
        """Times that went worse, for all or for one kind of customer, which the first findings leave out.

        Args:
            count: How many.
        """
        first = self.first()
        found = (
            one
            for one in self.section(BAD_TIMES).findings
            if one.kind == "fix" and one not in first
        )
        return tuple(by_weight(found))[:count]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order, said in the language of the map."""
        plain: dict[str, Any] = _plain(asdict(self), self.language)
        for section in plain["sections"]:
            for finding in section["findings"]:
                finding["rank_score"] = round(
                    finding["people"] * finding["severity"], 6
                )
        return {"format": FORMAT, **plain}


def _plain(data: Any, language: str) -> Any:
    """Data with all phrases said in a language."""
    if isinstance(data, dict):
        return {key: _plain(one, language) for key, one in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(one, language) for one in data]
    return say(data, language) if isinstance(data, Phrase) else data


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by people affected times severity, heaviest first; ties in a fixed order."""
    return sorted(
        findings, key=lambda one: (-one.rank_score, one.analysis, one.code, one.subject)
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of a section: what to fix, what to keep, what to look at, each by weight."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    return sorted(by_weight(findings), key=lambda one: kinds.index(one.kind))
