"""What a map claims, in testable form: for each statement and each step, one region for one fact. Tests nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from desirepath.maps.claims import (
    Bounds,
    Claim,
    EffectClaim,
    ScoreClaim,
    ShareClaim,
    TimeClaim,
)
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.promises import touchpoint_promises
from desirepath.maps.values import share_of

MIN_REACH_SHARE = 0.01
MOST = 0.5
P90 = 0.9
EMOTION_LANE = "emotion"
EMOTION = "emotion"
HALF_A_STEP = 0.5
NPS = "nps"
NPS_STEP = 10.0
NO_LIMIT = "it names no limit: write at_least, at_most or about"
EFFECT_MATTERS = 0.01  # a smaller difference in goal share is none to speak of
NOT_BOUND = "no event is bound to this step"
NOT_USED = "no step uses this touchpoint"
NO_EFFECT = "an effect is measured of a step: write it as a statement there"
PROPOSAL = (
    "Say what could be counted, for example"
    " claim: {share: {activity: …, at_least: 20%}} or"
    " claim: {time: {to: …, typical_at_most: 2d}}."
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One thing the map claims.

    Attributes:
        subject: Ref of the statement, or of the step or transition where the map's shape claims it.
        step: Id of the step it stands at, "" for a stage or the map.
        stage: Id of the stage, "" for the map.
        kind: Kind of claim, "" where there is none.
        words: The claim in words.
        text: The statement as written, "" where implied.
        fact: (subject, measure, target) of the fact that answers it; None where no fact can.
        at_least: Lower limit of the share or score claimed, None where there is none.
        at_most: Upper limit.
        blocked: Why it cannot be tested here, "" where it can.
        proposal: How to make it testable, "" where it is.
        importance: 1 to 5 as given, else None.
        lane: Lane of the statement, "" where implied.
        status: What people marked the statement: assumption, reasoned or supported; "" where implied.
        persona: Id of the persona the statement is about, "" where it is about everybody.
        is_own: True where it stands on the persona itself: then only cases of the persona count.
    """

    subject: str
    step: str
    stage: str
    kind: str
    words: str
    text: str = ""
    fact: tuple[str, str, str] | None = None
    at_least: float | None = None
    at_most: float | None = None
    blocked: str = ""
    proposal: str = ""
    importance: int | None = None
    lane: str = ""
    status: str = ""
    persona: str = ""
    is_own: bool = False

    @property
    def is_implied(self) -> bool:
        """True where the map claims it by its shape."""
        return not self.subject.startswith("statement:") and not self.text


def claims_of(journey_map: JourneyMap) -> Iterator[Claimed]:
    """Everything a map claims, in map order; statements that come from data are no claims."""
    names = {step.id: step.name for step in journey_map.steps()}
    if journey_map.goal and journey_map.goal.claim:
        statement = Statement(
            id="goal",
            lane="goal",
            text=journey_map.goal.text,
            claim=journey_map.goal.claim,
        )
        yield _of_statement(statement, "map", "", "", names, is_bound=True)
    for statement in journey_map.statements:
        yield from _statements(statement, "", "", names, is_bound=True)
    bound = [step.id for step in journey_map.steps() if step.events]
    before = {after: first for first, after in pairwise(bound)}
    for stage in journey_map.stages:
        yield from _of_stage(stage, names)
        for step in stage.steps:
            yield from _of_step(step, stage, before.get(step.id), names)
    for statement, ref, steps in touchpoint_promises(journey_map):
        yield _of_touchpoint(statement, ref, steps, journey_map, names)


def _of_touchpoint(
    statement: Statement,
    ref: str,
    steps: tuple[str, ...],
    journey_map: JourneyMap,
    names: dict[str, str],
) -> Claimed:
    """The promise of a touchpoint, at its step where it has one, else at its stage where all its steps are in one."""
    used = [step for step in journey_map.steps() if step.id in steps]
    stages = [
        one.id for one in journey_map.stages if any(step in used for step in one.steps)
    ]
    step = steps[0] if len(steps) == 1 else ""
    stage = stages[0] if len(stages) == 1 else ""
    is_bound = any(one.events for one in used)
    claimed = _of_statement(statement, ref, step, stage, names, is_bound=is_bound)
    if not used:
        return replace(claimed, blocked=NOT_USED) if claimed.kind else claimed
    return replace(claimed, blocked=NO_EFFECT) if claimed.kind == "effect" else claimed


def _of_stage(stage: Stage, names: dict[str, str]) -> Iterator[Claimed]:
    is_bound = any(step.events for step in stage.steps)
    for statement in stage.statements:
        yield from _statements(statement, "", stage.id, names, is_bound=is_bound)


def _of_step(
    step: Step, stage: Stage, before: str | None, names: dict[str, str]
) -> Iterator[Claimed]:
    explicit = {
        statement.claim.kind for statement in step.statements if statement.claim
    }
    if "reach" not in explicit:
        yield Claimed(
            subject=f"step:{step.id}",
            step=step.id,
            stage=stage.id,
            kind="reach",
            words="at least 1 % of all cases reach this step",
            fact=(f"step:{step.id}", "reach", ""),
            at_least=MIN_REACH_SHARE,
            blocked="" if step.events else NOT_BOUND,
            proposal=""
            if step.events
            else "Write which events mean it: events: [{activity: …}].",
        )
    if before is not None and step.events and "order" not in explicit:
        yield Claimed(
            subject=f"transition:{before}>{step.id}",
            step=step.id,
            stage=stage.id,
            kind="order",
            words=f"comes after “{names[before]}” in at least half of the cases with both",
            fact=(f"transition:{before}>{step.id}", "order", before),
            at_least=MOST,
        )
    for statement in step.statements:
        yield from _statements(
            statement, step.id, stage.id, names, is_bound=bool(step.events)
        )


def _statements(
    statement: Statement,
    step: str,
    stage: str,
    names: dict[str, str],
    *,
    is_bound: bool,
) -> Iterator[Claimed]:
    if (
        statement.claim is None
        and statement.source is not None
        and statement.source.kind == "data"
    ):
        return
    yield _of_statement(
        statement, f"statement:{statement.id}", step, stage, names, is_bound=is_bound
    )


def _of_statement(
    statement: Statement,
    subject: str,
    step: str,
    stage: str,
    names: dict[str, str],
    *,
    is_bound: bool,
) -> Claimed:
    claim = statement.claim
    kind, words, blocked, proposal = "", "", "", ""
    fact: tuple[str, str, str] | None = None
    limits: _Limits = (None, None)
    if claim is not None:
        kind, words, fact, limits, blocked = _test_of(claim, subject, names)
        if fact is not None and not is_bound and kind != "score":
            blocked, proposal = (
                NOT_BOUND,
                "Write which events mean it: events: [{activity: …}].",
            )
    elif statement.lane == EMOTION_LANE and statement.score is not None:
        kind, words = "score", f"the feeling here is {statement.score:+g} ± 0.5"
        fact = (subject, "score", EMOTION)
        limits = (statement.score - HALF_A_STEP, statement.score + HALF_A_STEP)
    else:
        proposal = PROPOSAL
    return Claimed(
        subject=subject,
        step=step,
        stage=stage,
        kind=kind,
        words=words,
        text=statement.text
        or (f"{statement.score:+g}" if statement.score is not None else ""),
        fact=fact,
        at_least=limits[0],
        at_most=limits[1],
        blocked=blocked,
        proposal=proposal,
        importance=statement.importance,
        lane=statement.lane,
        status=statement.status,
        persona=statement.persona or "",
    )


_Limits = tuple[float | None, float | None]
_Test = tuple[str, str, tuple[str, str, str] | None, _Limits, str]


def _test_of(claim: Claim, subject: str, names: dict[str, str]) -> _Test:
    """Kind, words, fact, limits and obstacle of a claim."""
    part = getattr(claim, claim.kind)
    if isinstance(part, TimeClaim):
        return _time_test(part, subject, names)
    if isinstance(part, ScoreClaim):
        return _score_test(part, subject)
    if claim.mentions:
        limits = _limits(claim.mentions)
        theme = claim.mentions.theme
        words = (
            f"{_bounds_words(*limits)} of those who write about it speak of “{theme}”"
        )
        return "mentions", words, (subject, "mentions", theme), limits, ""
    if claim.effect:
        return _effect_test(claim.effect, subject)
    what, target = _share_words(claim, names)
    low, high = _limits(part)
    if claim.order and low is None and high is None:
        low = MOST
    return (
        claim.kind,
        f"{_bounds_words(low, high)} {what}",
        (subject, claim.kind, target),
        (low, high),
        "",
    )


def _share_words(claim: Claim, names: dict[str, str]) -> tuple[str, str]:
    """What the share is of, and the target of its fact."""
    if claim.reach:
        return "of all cases come here", ""
    if claim.goal:
        return "of the cases here reach the goal", ""
    if claim.share:
        return _shown_words(claim.share), claim.share.activity
    if claim.channel:
        return (
            f"of the cases here come by {claim.channel.channel}",
            claim.channel.channel,
        )
    if claim.next:
        return (
            f"of the moves from here go to “{names.get(claim.next.step, claim.next.step)}”",
            claim.next.step,
        )
    after = claim.order.after if claim.order else ""
    return f"of the cases with both come here after “{names.get(after, after)}”", after


def _shown_words(share: ShareClaim) -> str:
    by = f" by {share.channel}" if share.channel else ""
    if by and share.activity == "*":
        return f"of the cases here come{by}"
    return f"of the cases here show “{share.activity}”{by}"


def _time_test(claim: TimeClaim, subject: str, names: dict[str, str]) -> _Test:
    """A limit on a median or p90, as a limit on the share that gets there within that time."""
    to = names.get(claim.to, claim.to)
    typical, limit = (
        "it typically takes",
        claim.typical_at_most or claim.typical_at_least,
    )
    quantile = MOST
    if limit is None:
        typical, limit, quantile = (
            "9 of 10 take",
            claim.p90_at_most or claim.p90_at_least,
            P90,
        )
    is_at_most = bool(claim.typical_at_most or claim.p90_at_most)
    words = f"{typical} {'at most' if is_at_most else 'at least'} {limit} to “{to}”"
    limits: _Limits = (quantile, None) if is_at_most else (None, quantile)
    return "time", words, (subject, "time_within", claim.to), limits, ""


def _score_test(claim: ScoreClaim, subject: str) -> _Test:
    """A region for a mean score; `about` means half a step of the scale to either side."""
    name = "the feeling here" if claim.measure == EMOTION else claim.measure
    low, high = claim.at_least, claim.at_most
    if claim.about is not None:
        width = NPS_STEP if claim.measure == NPS else HALF_A_STEP
        low, high = claim.about - width, claim.about + width
        words = f"{name} is {claim.about:+g} ± {width:g}"
    elif low is not None and high is not None:
        words = f"{name} is between {low:g} and {high:g}"
    elif low is not None:
        words = f"{name} is at least {low:g}"
    elif high is not None:
        words = f"{name} is at most {high:g}"
    else:
        return "score", f"a score of {name}", None, (None, None), NO_LIMIT
    return "score", words, (subject, "score", claim.measure), (low, high), ""


def _effect_test(claim: EffectClaim, subject: str) -> _Test:
    """A side of 0 for a difference in goal share, tested half a point to either side of its limit."""
    what = f"show “{claim.activity}” here" if claim.activity else "meet this"
    words = f"customers who {what} reach the goal {claim.goal} often than others (an association)"
    half = EFFECT_MATTERS / 2
    limits: _Limits = (half, None) if claim.goal == "more" else (None, -half)
    return "effect", words, (subject, "effect", "goal"), limits, ""


def _limits(bounds: Bounds) -> _Limits:
    low = share_of(bounds.at_least) if bounds.at_least is not None else None
    high = share_of(bounds.at_most) if bounds.at_most is not None else None
    return low, high


def _bounds_words(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"between {low * 100:g} and {high * 100:g} %"
    if low is not None:
        return f"at least {low * 100:g} %"
    return f"at most {(high or 0.0) * 100:g} %"
