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
from desirepath.maps.values import seconds_of, share_of
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, exact

MIN_REACH_SHARE = 0.01
MOST = 0.5
P90 = 0.9
EMOTION_LANE = "emotion"
EMOTION = "emotion"
HALF_A_STEP = 0.5
NPS = "nps"
NPS_STEP = 10.0
NO_LIMIT = Phrase("blocked.no_limit")
FEELING = Phrase("claim.feeling")
EFFECT_MATTERS = 0.01  # a smaller difference in goal share is none to speak of
NOT_BOUND = Phrase("blocked.unbound")
NOT_USED = Phrase("blocked.unused")
NO_EFFECT = Phrase("blocked.effect")
PROPOSAL = Phrase("proposal.count")
BIND_IT = Phrase("proposal.bind")


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
        limit_s: For a time: its limit in seconds, of the median or of nine in ten.
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
    limit_s: float | None = None

    @property
    def limits(self) -> tuple[float, ...]:
        """Limits in the unit of the number that is shown; none for an effect, which is held against nothing."""
        if self.kind == "time":
            return () if self.limit_s is None else (self.limit_s,)
        if self.kind == "effect":
            return ()
        return tuple(one for one in (self.at_least, self.at_most) if one is not None)

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
            words=Phrase("claim.reached"),
            fact=(f"step:{step.id}", "reach", ""),
            at_least=MIN_REACH_SHARE,
            blocked="" if step.events else NOT_BOUND,
            proposal="" if step.events else BIND_IT,
        )
    if before is not None and step.events and "order" not in explicit:
        yield Claimed(
            subject=f"transition:{before}>{step.id}",
            step=step.id,
            stage=stage.id,
            kind="order",
            words=Phrase("claim.comes_after", step=names[before]),
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
            blocked, proposal = NOT_BOUND, BIND_IT
    elif statement.lane == EMOTION_LANE and statement.score is not None:
        kind, words = "score", _about(FEELING, statement.score, HALF_A_STEP)
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
        limit_s=_limit_s(claim.time) if claim and claim.time else None,
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
        words = Phrase("claim.mentions", bounds=_bounds_words(*limits), theme=theme)
        return "mentions", words, (subject, "mentions", theme), limits, ""
    if claim.effect:
        return _effect_test(claim.effect, subject)
    low, high = _limits(part)
    if claim.order and low is None and high is None:
        low = MOST
    words, target = _share_words(claim, names, _bounds_words(low, high))
    return claim.kind, words, (subject, claim.kind, target), (low, high), ""


def _share_words(
    claim: Claim, names: dict[str, str], bounds: Phrase
) -> tuple[Phrase, str]:
    """What share of what it is, and the target of its fact."""
    if claim.reach or claim.goal:
        return Phrase(f"claim.{claim.kind}", bounds=bounds), ""
    if claim.share:
        return _shown_words(claim.share, bounds), claim.share.activity
    if claim.channel:
        channel = claim.channel.channel
        return Phrase("claim.channel", bounds=bounds, channel=channel), channel
    if claim.next:
        step = claim.next.step
        return Phrase("claim.next", bounds=bounds, step=names.get(step, step)), step
    after = claim.order.after if claim.order else ""
    return Phrase("claim.order", bounds=bounds, step=names.get(after, after)), after


def _shown_words(share: ShareClaim, bounds: Phrase) -> Phrase:
    channel, activity = share.channel, share.activity
    if not channel:
        return Phrase("claim.shows", bounds=bounds, activity=activity)
    if activity == "*":
        return Phrase("claim.channel", bounds=bounds, channel=channel)
    return Phrase("claim.shows_by", bounds=bounds, activity=activity, channel=channel)


def _limit_s(claim: TimeClaim) -> float | None:
    """The limit of a time in seconds."""
    stated = (
        claim.typical_at_most
        or claim.typical_at_least
        or claim.p90_at_most
        or claim.p90_at_least
    )
    return seconds_of(stated) if stated else None


def _time_test(claim: TimeClaim, subject: str, names: dict[str, str]) -> _Test:
    """A limit on a median or p90, as a limit on the share that gets there within that time."""
    to = names.get(claim.to, claim.to)
    of_whom, limit = "typical", claim.typical_at_most or claim.typical_at_least
    quantile = MOST
    if limit is None:
        of_whom, limit, quantile = "slow", claim.p90_at_most or claim.p90_at_least, P90
    is_at_most = bool(claim.typical_at_most or claim.p90_at_most)
    side = "most" if is_at_most else "least"
    words = Phrase(f"claim.{of_whom}_{side}", limit=stated_time(limit or ""), to=to)
    limits: _Limits = (quantile, None) if is_at_most else (None, quantile)
    return "time", words, (subject, "time_within", claim.to), limits, ""


def _score_test(claim: ScoreClaim, subject: str) -> _Test:
    """A region for a mean score; `about` means half a step of the scale to either side."""
    name = FEELING if claim.measure == EMOTION else claim.measure
    low, high = claim.at_least, claim.at_most
    if claim.about is not None:
        width = NPS_STEP if claim.measure == NPS else HALF_A_STEP
        low, high = claim.about - width, claim.about + width
        words = _about(name, claim.about, width)
    elif low is not None and high is not None:
        words = Phrase("claim.between", name=name, low=exact(low), high=exact(high))
    elif low is not None:
        words = Phrase("claim.least", name=name, low=exact(low))
    elif high is not None:
        words = Phrase("claim.most", name=name, high=exact(high))
    else:
        return "score", Phrase("claim.score", name=name), None, (None, None), NO_LIMIT
    return "score", words, (subject, "score", claim.measure), (low, high), ""


def _effect_test(claim: EffectClaim, subject: str) -> _Test:
    """A side of 0 for a difference in goal share, tested half a point to either side of its limit."""
    words = (
        Phrase(f"claim.shows_{claim.goal}", activity=claim.activity)
        if claim.activity
        else Phrase(f"claim.meets_{claim.goal}")
    )
    half = EFFECT_MATTERS / 2
    limits: _Limits = (half, None) if claim.goal == "more" else (None, -half)
    return "effect", words, (subject, "effect", "goal"), limits, ""


def _limits(bounds: Bounds) -> _Limits:
    low = share_of(bounds.at_least) if bounds.at_least is not None else None
    high = share_of(bounds.at_most) if bounds.at_most is not None else None
    return low, high


def _bounds_words(low: float | None, high: float | None) -> Phrase:
    least, most = exact((low or 0.0) * 100), exact((high or 0.0) * 100)
    if low is not None and high is not None:
        return Phrase("bounds.between", low=least, high=most)
    if low is not None:
        return Phrase("bounds.least", low=least)
    return Phrase("bounds.most", high=most)


def _about(name: str, value: float, width: float) -> Phrase:
    told = exact(value, is_signed=True)
    return Phrase("claim.about", name=name, value=told, width=exact(width))


def stated_time(text: str) -> Number:
    """A time as a map states it.

    Examples:
        >>> stated_time("2d")
        Number(value=172800.0, form='time', stated='2d')
    """
    return Number(seconds_of(text), "time", text)
