"""Right channel, right time: when and through which channel those who reach the goal began, by segment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured, share_effect
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import percent
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.moments import DAYS, GOAL_BY
from desirepath.maps.model import JourneyMap
from desirepath.stats.alike import shares_alike

NAME = "right_moment"
TITLE = "Right channel and time"
CODES = {"channel": "A1501", "weekday": "A1502", "hours": "A1503"}
VERBS = {
    "channel": "begin in {}",
    "weekday": "begin on a {}",
    "hours": "begin between {} o'clock UTC",
}
NEED = "Which event shows the goal (goal.success on the map), and events with times or channels."


def right_moment(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Channels, weekdays and hours of the start that go with reaching the goal, in each segment."""
    basis = Basis(journey_map, evidence, quotes)
    findings = tuple(
        one
        for (segment, kind), facts in _groups(evidence).items()
        for one in _of_group(basis, segment, kind, facts)
    )
    about = (
        "Cases by their start; times are UTC. Each question is tested in each segment."
    )
    return Section(NAME, TITLE, findings, () if findings else (NEED,), about)


def _groups(evidence: Evidence) -> dict[tuple[str, str], list[Fact]]:
    """Facts by segment and what the start is told apart by."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in evidence.select("map", GOAL_BY):
        if fact.value is not None and fact.n:
            kind = fact.target.partition("=")[0]
            found.setdefault((fact.segment, kind), []).append(fact)
    return found


def _of_group(
    basis: Basis, segment: str, kind: str, facts: list[Fact]
) -> Iterator[Finding]:
    ranked = sorted(facts, key=lambda fact: fact.value or 0.0)
    worst, best = ranked[0], ranked[-1]
    effect = share_effect(worst, best)
    if len(facts) < 2 or effect is None:  # noqa: PLR2004 - nothing to choose
        return
    p = shares_alike(
        [(one.value or 0.0) * one.n for one in facts], [one.n for one in facts]
    )
    who = f"Of {segment.replace('=', ' ')}" if segment else "Of all"
    most, least = (_when(kind, one) for one in (best, worst))
    here = basis.some(worst.cases)
    yield Finding(
        analysis=NAME,
        code=CODES.get(kind, "A1500"),
        subject="map",
        place=segment or basis.name("map"),
        words=(
            f"{who}, those who {most} reach the goal most ({percent(best.value)}), "
            f"those who {least} least ({percent(worst.value)})."
        ),
        **affected(here),
        **measured(effect),
        severity=abs(effect.value),
        kind="look",
        p=p,
        evidence=(("map", GOAL_BY, best.target), ("map", GOAL_BY, worst.target)),
        warning="Who comes then or there may differ; moving them need not change them.",
        to_know_more="Send half of a mailing at each time, or offer both channels, and compare.",
    )


def _when(kind: str, fact: Fact) -> str:
    value = fact.target.partition("=")[2]
    if kind == "weekday" and value in DAYS:
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")  # fmt: skip
        value = names[DAYS.index(value)]
    return VERBS.get(kind, "begin with {}").format(
        value.replace("-", " and ") if kind == "hours" else value
    )
