"""Choice of way: busiest, fastest, longest, best liked; and where the choice goes with the goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured, share_effect
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import ASSOCIATION, EXPERIMENT, duration, percent
from desirepath.evidence.contrasts import GOAL_IF, HAS
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.ways import TO, WAY, WAY_SCORE
from desirepath.maps.model import JourneyMap
from desirepath.stats.alike import shares_alike

NAME = "choice_of_way"
TITLE = "Choice of way"
NEED_GOAL = "Which event shows the goal: goal.success on the map."
NEED_WAYS = (
    "Ways that 1 % of the successful cases share: here nearly each goes its own."
)


def choice_of_way(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """The ways of those who reach the goal, and branches that lead there more or less often."""
    basis = Basis(journey_map, evidence, quotes)
    ways = list(basis.all(WAY))
    needs = []
    if basis.fact("map", "goal") is None:
        needs.append(NEED_GOAL)
    elif not ways:
        needs.append(NEED_WAYS)
    about = (
        "A way is the order in which a successful case first comes to each step. "
        "At a branch, ways on are compared by how many reach the goal."
    )
    findings = (*_whole(basis, ways), *_branches(basis))
    return Section(NAME, TITLE, findings, tuple(needs), about)


def _whole(basis: Basis, ways: list[Fact]) -> Iterator[Finding]:
    """The busiest, fastest, longest and best liked of the ways."""
    if not ways:
        return
    times = {
        way.subject: fact
        for way in ways
        if (fact := basis.fact(way.subject, "time", "goal")) and fact.value is not None
    }
    scores = {
        way.subject: fact
        for way in ways
        if (fact := basis.fact(way.subject, WAY_SCORE, "emotion"))
    }
    chosen = [("A1101", "Busiest way", max(ways, key=lambda way: way.hits))]
    if len(times) > 1:
        fast = min(times, key=lambda one: times[one].value or 0.0)
        slow = max(times, key=lambda one: times[one].value or 0.0)
        chosen.append(("A1102", "Fastest way", _of(ways, fast)))
        chosen.append(("A1103", "Slowest way", _of(ways, slow)))
    longest = max(ways, key=lambda way: way.subject.count(">"))
    chosen.append(("A1104", "Way with the most steps", longest))
    if len(scores) > 1:
        liked = max(scores, key=lambda one: scores[one].value or 0.0)
        chosen.append(("A1105", "Best liked way", _of(ways, liked)))
    for code, title, way in _together(chosen):
        score = scores.get(way.subject)
        yield _way(basis, code, title, way, (times.get(way.subject), score))


def _together(chosen: list[tuple[str, str, Fact]]) -> Iterator[tuple[str, str, Fact]]:
    """Each way once, with all that it is."""
    titles: dict[str, list[str]] = {}
    for _, title, way in chosen:
        titles.setdefault(way.subject, []).append(title)
    for code, _, way in chosen:
        told = titles.pop(way.subject, None)
        if told:
            first, *rest = told
            yield (
                code,
                ", ".join([first, *(one[:1].lower() + one[1:] for one in rest)]),
                way,
            )


def _of(ways: list[Fact], subject: str) -> Fact:
    return next(way for way in ways if way.subject == subject)


def _way(
    basis: Basis,
    code: str,
    title: str,
    way: Fact,
    more: tuple[Fact | None, Fact | None],
) -> Finding:
    steps = way.subject.removeprefix("way:").split(">")
    names = " → ".join(basis.name(f"step:{step}").strip("“”") for step in steps)
    time, score = more
    told = [f"{percent(way.value)} of those who reach the goal"]
    if time:
        told.append(f"typically {duration(time.value)}")
    if score:
        told.append(f"mood {score.value or 0:+z.1f}")
    here = basis.some(way.hits)
    return Finding(
        analysis=NAME,
        code=code,
        subject=way.subject,
        place=basis.name("map"),
        words=f"{title}: {names} ({', '.join(told)}).",
        **affected(here),
        **measured(way),
        severity=way.value or 0.0,
        kind="look",
        evidence=((way.subject, WAY, ""), (way.subject, "time", "goal")),
        warning="Who takes a way chose it; it need not be best for others.",
        to_know_more="Draw the ways: desirepath flow.",
    )


def _branches(basis: Basis) -> Iterator[Finding]:
    """Steps whose ways on differ in how many reach the goal."""
    steps: dict[str, list[Fact]] = {}
    for fact in basis.all(GOAL_IF, TO):
        if fact.value is not None and fact.n:
            steps.setdefault(fact.subject, []).append(fact)
    for subject, facts in steps.items():
        ranked = sorted(facts, key=lambda fact: fact.value or 0.0)
        worst, best = ranked[0], ranked[-1]
        effect = share_effect(worst, best)
        has = basis.fact(subject, HAS, worst.target)
        if len(facts) < 2 or effect is None or has is None:  # noqa: PLR2004 - a branch has two ways
            continue
        p = shares_alike(
            [(one.value or 0.0) * one.n for one in facts], [one.n for one in facts]
        )
        told = ", ".join(
            f"{percent(one.value)} via {basis.name(f'step:{one.target.removeprefix(TO)}')}"
            for one in reversed(ranked)
        )
        here = basis.some(has.hits)
        yield Finding(
            analysis=NAME,
            code="A1106",
            subject=subject,
            place=basis.name(subject),
            words=f"Of those who go on from {basis.name(subject)}, so many reach the goal: {told}.",
            **affected(here),
            **measured(effect),
            severity=abs(effect.value),
            kind="look",
            p=p,
            evidence=tuple((subject, GOAL_IF, one.target) for one in ranked),
            quotes=(),
            warning=ASSOCIATION,
            to_know_more=EXPERIMENT,
        )
