"""Scores of steps, stages and claims: means on the emotion scale, counts, who answered. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desirepath.events.sequences import BoolArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.facts import Fact
from desirepath.evidence.groups import MIN_SEGMENT_CASES, Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import Question, ScoreQuestion, ShareQuestion
from desirepath.evidence.touchpoints import answers_about
from desirepath.maps.model import Statement
from desirepath.maps.promises import TOUCHPOINT, subject_of
from desirepath.maps.refs import placed_statements
from desirepath.stats.arrays import FloatArray
from desirepath.stats.clusters import cluster_totals, number_clusters
from desirepath.stats.intervals import mean_interval, nps_interval

EMOTION, NPS = "emotion", "nps"
LANE = "emotion"
SEED = 20_260_501  # of the bootstrap below 30 answers; the same answers give the same interval
FULL = 100.0
DETRACTOR, PROMOTER = 6.5, 8.5  # 0 to 6, 7 and 8, 9 and 10
ENDS = {EMOTION: (-2.0, 2.0), NPS: (-FULL, FULL)}

# where most answers name no step, those at it are a part of those who came to it, and not like the others
PLACED_BY_TIME = "steps told by the time of the answer"


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the map and the answers given there.

    Attributes:
        subject: Ref of the element.
        steps: Its steps; none for the whole map.
        answers: bool[n_answers].
    """

    subject: str
    steps: tuple[str, ...]
    answers: BoolArray


def score_questions(laid: Laid, heard: Heard) -> Iterator[Question]:
    """Questions that answers can answer: of the map, each stage and step, and each claim on a score."""
    for place in _places(laid, heard):
        yield from _of_place(laid, heard, place)
    for statement, place in _statements(laid, heard):
        question = _of_statement(heard, statement, place)
        if question is not None:
            yield question


def sources_of(heard: Heard, laid: Laid) -> dict[str, str]:
    """Where the answers come from, how many were joined and placed, how scores became emotions."""
    feedback = heard.feedback
    told = {
        "feedback": feedback.source.get("files", "answers"),
        "feedback joined": heard.joined.words(),
        "feedback placed": heard.words(),
    }
    if feedback.conventions:
        told["scores as emotions (a convention)"] = "; ".join(feedback.conventions)
    late = _placed_by_time(heard, laid)
    if late:
        told[PLACED_BY_TIME] = ", ".join(late)
    return told


def _placed_by_time(heard: Heard, laid: Laid) -> list[str]:
    """Ids of steps most of whose answers name nothing, and stand there because they were the last step."""
    names = np.array([bool(name) for name in heard.feedback.hints.values], np.bool_)
    size = len(laid.place)
    here = heard.is_used & (heard.step != UNBOUND)
    is_named = names[heard.feedback.hints.codes]
    whole = np.bincount(heard.step[here], minlength=size)
    named = np.bincount(heard.step[here & is_named], minlength=size)
    return [step for step, at in laid.place.items() if named[at] < whole[at] / 2]


def _places(laid: Laid, heard: Heard) -> Iterator[Place]:
    """The map, then each stage and each step at which anybody answered, in map order."""
    everyone = Place("map", (), heard.is_used)
    if heard.is_used.any():
        yield everyone
    for stage in laid.map.stages:
        for ref, steps in (
            (f"stage:{stage.id}", tuple(step.id for step in stage.steps)),
            *((f"step:{step.id}", (step.id,)) for step in stage.steps),
        ):
            place = _place(ref, steps, laid, heard)
            if place.answers.any():
                yield place


def _place(ref: str, steps: tuple[str, ...], laid: Laid, heard: Heard) -> Place:
    numbers = [laid.place[step] for step in steps]
    here = heard.is_used & np.isin(heard.step, numbers) & (heard.step != UNBOUND)
    return Place(ref, steps, here)


def _of_place(laid: Laid, heard: Heard, place: Place) -> Iterator[Question]:
    feedback = heard.feedback
    scored = place.answers & feedback.is_score
    if scored.any():
        yield _mean(heard, place.subject, scored, EMOTION)
        yield _answered(laid, heard, place, scored)
        for name in _scales(heard, scored):
            yield _mean(heard, place.subject, scored, name, is_whole=True)
    expected = np.array([one.aspect == "expectation" for one in feedback.questions])
    wanted = place.answers & expected[feedback.asked] & np.isfinite(feedback.scores)
    if wanted.any():
        yield _mean(heard, place.subject, wanted, EMOTION, measure="expectation")


def _scales(heard: Heard, answers: BoolArray) -> list[str]:
    """Names of the scales of some answers."""
    questions = heard.feedback.questions
    used = np.unique(heard.feedback.asked[answers]).tolist()
    found = {scale.name for one in used if (scale := questions[one].scale)}
    return sorted(found - {EMOTION})


def _mean(
    heard: Heard,
    subject: str,
    answers: BoolArray,
    target: str,
    *,
    measure: str = "score",
    is_whole: bool = False,
) -> ScoreQuestion:
    """Question for the mean of some answers, as emotions or on one of their scales."""
    feedback = heard.feedback
    if target == EMOTION:
        values = feedback.emotions
    else:
        mine = [
            one.scale is not None and one.scale.name == target
            for one in feedback.questions
        ]
        answers = answers & np.array(mine, dtype=np.bool_)[feedback.asked]
        values = feedback.scores
    return ScoreQuestion(
        subject,
        measure,
        np.asarray(values[answers], dtype=np.float64),
        heard.customers[answers],
        heard.joined.case[answers],
        target,
        is_nps=target == NPS,
        is_whole=is_whole,
    )


def _answered(
    laid: Laid, heard: Heard, place: Place, answers: BoolArray
) -> ShareQuestion:
    """Of the cases here, those that answered."""
    here = laid.at(place.steps) if place.steps else laid.everyone
    cases = heard.joined.case[answers]
    did = np.zeros(laid.sequences.case_count, dtype=np.bool_)
    did[cases[cases >= 0]] = True
    return ShareQuestion(place.subject, "answered", here, here & did)


def _statements(laid: Laid, heard: Heard) -> Iterator[tuple[Statement, Place]]:
    """Statements and promises of touchpoints, each with the answers a score is held against; the subject is their own."""
    for one, ref, steps in placed_statements(laid.map):
        subject = subject_of(one, ref)
        if ref.startswith(TOUCHPOINT):
            yield one, Place(ref, steps, answers_about(laid, heard, ref))
        elif ref == "map":
            yield one, Place(subject, (), heard.is_used)
        else:
            yield one, replace(_place(ref, steps, laid, heard), subject=subject)


def _of_statement(
    heard: Heard, statement: Statement, place: Place
) -> ScoreQuestion | None:
    measure = measure_claimed(statement)
    if measure is None:
        return None
    answers = place.answers & heard.feedback.is_score
    target = _target(measure, _scales(heard, answers))
    if not answers.any() or target is None:
        return None
    question = _mean(heard, place.subject, answers, target)
    return ScoreQuestion(
        question.subject,
        question.measure,
        question.values,
        question.customers,
        question.cases,
        measure,
        is_nps=target == NPS,
    )


def measure_claimed(statement: Statement) -> str | None:
    """What a statement claims a score of: emotion, nps or a scale; None where it claims none."""
    if statement.claim is not None:
        return statement.claim.score.measure if statement.claim.score else None
    is_feeling = statement.lane == LANE and statement.score is not None
    return EMOTION if is_feeling else None


def _target(measure: str, scales: Sequence[str]) -> str | None:
    """The scale a claim means: by its name, or as the only one of its family; never two mixed.

    Examples:
        >>> _target("csat", ["csat-5", "nps"]), _target("csat", ["csat-5", "csat-7"]), _target("emotion", [])
        ('csat-5', None, 'emotion')
    """
    if measure == EMOTION or measure in scales:
        return measure
    family = [name for name in scales if name.startswith(f"{measure}-")]
    return family[0] if len(family) == 1 else None


def score_facts(question: ScoreQuestion, group: Group, level: float) -> Iterator[Fact]:
    """Mean with n and interval in one group of cases; on its own scale with the counts behind it.

    Customers are the unit: several answers of one customer are averaged first.
    """
    if question.is_whole and group.cases is not None:
        return
    mine = group.holds(question.cases)
    values = question.values[mine]
    if not len(values):
        return
    unit = number_clusters(question.customers[mine])
    per_customer = cluster_totals(values, unit) / np.bincount(unit)
    if group.segment and len(per_customer) < MIN_SEGMENT_CASES:
        return
    numbers = (_nps if question.is_nps else _average)(values, per_customer, level)
    low, high = _ends(question, numbers)
    yield Fact(
        subject=question.subject,
        measure=question.measure,
        value=numbers.value,
        unit=_unit(question),
        n=len(per_customer),
        low=low,
        high=high,
        hits=len(values),
        cases=len(values),
        target=question.target,
        segment=group.segment,
        window_from=group.window_from,
        window_to=group.window_to,
        level=level,
        source=question.source,
        spread=numbers.spread,
    )
    if question.is_whole:
        yield from _counts(question, group, values, level)


@dataclass(frozen=True, slots=True)
class _Numbers:
    value: float
    low: float
    high: float
    spread: float | None


def _average(values: FloatArray, per_customer: FloatArray, level: float) -> _Numbers:
    del values
    rng = np.random.default_rng(SEED)
    mean = mean_interval(per_customer, rng, level=level)
    many = len(per_customer) > 1
    spread = float(per_customer.std(ddof=1)) if many else None
    return _Numbers(mean.value, mean.low, mean.high, spread)


def _nps(values: FloatArray, per_customer: FloatArray, level: float) -> _Numbers:
    """Net promoter score from counts, weighed as many answers as there are customers."""
    weight = len(per_customer) / len(values)
    down = float((values < DETRACTOR).sum()) * weight
    up = float((values > PROMOTER).sum()) * weight
    between = len(per_customer) - down - up
    score = nps_interval(down, between, up, level=level)
    p, d = up / len(per_customer), down / len(per_customer)
    spread = FULL * float(np.sqrt(max(p + d - (p - d) ** 2, 0.0)))
    return _Numbers(float(score.value), float(score.low), float(score.high), spread)


def _unit(question: ScoreQuestion) -> str:
    if question.unit:
        return question.unit
    if question.is_nps:
        return NPS
    return EMOTION if question.target == EMOTION else "score"


def _ends(
    question: ScoreQuestion, numbers: _Numbers
) -> tuple[float | None, float | None]:
    """Ends of the interval, not beyond the scale; None where the data set none."""
    least, most = ENDS.get(_unit(question), (-np.inf, np.inf))
    low = max(numbers.low, least) if np.isfinite(numbers.low) else None
    high = min(numbers.high, most) if np.isfinite(numbers.high) else None
    return low, high


def _counts(
    question: ScoreQuestion, group: Group, values: FloatArray, level: float
) -> Iterator[Fact]:
    """How often each answer was given; without these no later test is possible."""
    found, counts = np.unique(values, return_counts=True)
    for value, count in zip(found.tolist(), counts.tolist(), strict=True):
        yield Fact(
            subject=question.subject,
            measure="answers",
            value=float(count),
            unit="count",
            n=len(values),
            low=None,
            high=None,
            hits=int(count),
            cases=len(values),
            target=f"{question.target}={value:g}",
            window_from=group.window_from,
            window_to=group.window_to,
            level=level,
            source="feedback",
        )
