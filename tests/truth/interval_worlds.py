"""Small worlds, each with one interval of every kind and the truth that it should hold.

The coverage of an interval of counts jumps up and down with the number of cases and with the truth. So
both differ from world to world, and what is counted is the average over them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from tests.truth.test_planted import SHARES, STEPS, WITHOUT_GOAL, Truth, map_of
from tests.truth.test_planted_effects import facts_of, plan, world
from tests.truth.test_planted_themes import LATE, OTHER

from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.columns import words_of
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.events.simulate import simulate_journey
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, MentionsClaim, ScoreClaim, TimeClaim
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step
from desirepath.stats.arrays import BoolArray, FloatArray, IntArray
from desirepath.track.compare import compare_evidence

FEWEST, MOST = 40, 600
HOUR_US = 3_600_000_000
LEVELS = np.arange(1.0, 6.0)


@dataclass(frozen=True)
class Held:
    """An interval and the truth.

    Attributes:
        what: Kind of the number.
        low: Lower end; -inf where there is none.
        high: Upper end; inf where there is none.
        truth: What is planted.
        value: What was measured.
    """

    what: str
    low: float
    high: float
    truth: float
    value: float

    @classmethod
    def of(cls, what: str, fact: Fact | None, truth: float) -> Held:
        assert fact is not None, what
        low = -np.inf if fact.low is None else fact.low
        high = np.inf if fact.high is None else fact.high
        return cls(what, low, high, truth, np.nan if fact.value is None else fact.value)

    @property
    def is_held(self) -> bool:
        return self.low - 1e-12 <= self.truth <= self.high + 1e-12


def some_cases(rng: np.random.Generator, fewest: int = FEWEST, most: int = MOST) -> int:
    """A number of cases, small ones as often as large ones on the scale of logarithms."""
    return int(np.exp(rng.uniform(np.log(fewest), np.log(most))))


def any_truth(rng: np.random.Generator, **more: object) -> Truth:
    """A world with shares between 10 and 90 %."""
    shares = dict(zip(SHARES, rng.uniform(0.1, 0.9, len(SHARES)).tolist(), strict=True))
    return Truth.of(shares, float(rng.uniform(600, 6000)), **more)


def claimed(
    truth: Truth, kinds: tuple[str, ...], steps: tuple[str, ...] = STEPS
) -> JourneyMap:
    """Map of some steps of the world, so that no more is measured than is asked for."""
    claims = truth.claims(0, 1)
    whole = map_of({f"{kind} low true": claims[f"{kind} low true"] for kind in kinds})
    kept = tuple(step for step in whole.steps() if step.id in steps)
    stage = whole.stages[0].model_copy(update={"steps": kept})
    return whole.model_copy(update={"stages": (stage,)})


def true_numbers(truth: Truth) -> Mapping[str, float]:
    """By kind of claim."""
    return {**truth.shares, "typical": truth.typical_s, "p90": truth.p90_s}


def claims(rng: np.random.Generator) -> Iterator[Held]:
    """Each kind of claim that events answer, about customers with one case."""
    yield from _claims(rng, "claim: {}", any_truth(rng), WITHOUT_GOAL)


def claims_of_customers(rng: np.random.Generator) -> Iterator[Held]:
    """The same where customers have two cases on average, which are alike, and some are still under way."""
    truth = any_truth(rng, cases_per_customer=2.0, correlation=0.5)
    name = "claim: {}, cases of one customer alike"
    yield from _claims(rng, name, truth, WITHOUT_GOAL, fewest=120)


def claims_under_way(rng: np.random.Generator) -> Iterator[Held]:
    """Times where watching ends before the slow and the late arrive."""
    truth = any_truth(rng, window_days=1.0, is_censored=True)
    name = "claim: {}, some still under way"
    kinds, steps = ("typical", "p90"), ("look", "search")
    yield from _claims(rng, name, truth, kinds, fewest=80, steps=steps)


def _claims(
    rng: np.random.Generator,
    name: str,
    truth: Truth,
    kinds: tuple[str, ...],
    *,
    fewest: int = FEWEST,
    steps: tuple[str, ...] = STEPS[:-1],
) -> Iterator[Held]:
    log = simulate_journey(truth.world, some_cases(rng, fewest), rng).sequences
    evidence = measure_map(claimed(truth, kinds, steps), log)
    true = true_numbers(truth)
    for kind in kinds:
        fact = _claim(evidence, kind)
        # what nobody happens to do is not measured: it may not be recorded
        if fact is not None:
            yield Held.of(name.format(kind), fact, true[kind])


def _claim(evidence: Evidence, kind: str) -> Fact | None:
    subject = f"statement:{kind}-low-true"
    return next((one for one in evidence.facts if one.subject == subject), None)


def goals(rng: np.random.Generator) -> Iterator[Held]:
    """A claim about the goal; of a map of two steps, as effects of every step take their time."""
    truth = any_truth(rng)
    yield from _claims(rng, "claim: {}", truth, ("goal",), steps=("look", "happy"))


CHANGED = {
    "reach": ("step:compare", "reach", ""),
    "order": ("transition:basket>address", "order", "basket"),
    "next": ("transition:pay>gift", "next", "gift"),
    "channel": ("step:look", "channel", "app"),
    "typical": ("transition:look>search", "time", "search"),
}


def changes(rng: np.random.Generator) -> Iterator[Held]:
    """Changes between three periods, each with each; in each all shares and times are others."""
    journey = claimed(any_truth(rng), (), STEPS[:-1])
    truths = [any_truth(rng) for _ in range(3)]
    sides = [
        measure_map(journey, simulate_journey(one.world, some_cases(rng), rng).sequences)
        for one in truths
    ]  # fmt: skip
    for first, second in ((0, 1), (1, 2), (0, 2)):
        found = compare_evidence(sides[first], sides[second])
        before, after = (true_numbers(truths[place]) for place in (first, second))
        for kind, (subject, measure, target) in CHANGED.items():
            one = next(
                change
                for change in found.changes
                if (change.subject, change.measure, change.target)
                == (subject, measure, target)
            )
            yield Held(
                "change of a time" if one.is_ratio else "change of a share",
                -np.inf if one.low is None else one.low,
                np.inf if one.high is None else one.high,
                after[kind] / before[kind]
                if one.is_ratio
                else after[kind] - before[kind],
                np.nan if one.change is None else one.change,
            )


def asked_and_got(
    rng: np.random.Generator, count: int, late: BoolArray | None = None, each: int = 1
) -> Sequences:
    """Ask and get: within half a day, or a day and a half for those who are late."""
    late = np.zeros(count, np.bool_) if late is None else late
    keys = np.arange(1, count + 1, dtype=np.int64)
    begin = keys * HOUR_US
    end = begin + np.where(late, 36, 12) * HOUR_US
    return Sequences(
        activities=("ask", "get"),
        channels=("", ""),
        offsets=np.arange(0, 2 * count + 1, 2, dtype=np.int64),
        codes=np.tile(np.array([0, 1], dtype=np.uint16), count),
        times_us=np.stack([begin, end], axis=1).ravel(),
        case_keys=keys,
        customers=(keys - 1) // each + 1,
        end_us=10**6 * HOUR_US,
    )


def answers(
    who: IntArray,
    questions: tuple[Asked, ...],
    asked: IntArray,
    scores: FloatArray,
    texts: np.ndarray[tuple[int], np.dtype[np.object_]] | None = None,
) -> Feedback:
    """One answer each; after all cases have ended."""
    count = len(who)
    none = Words(("",), np.zeros(count, dtype=np.int64))
    return Feedback(
        customers=who,
        cases=who,
        responses=np.arange(count, dtype=np.int64),
        times_us=np.full(count, 10**5 * HOUR_US, dtype=np.int64),
        questions=questions,
        asked=asked,
        scores=scores,
        texts=np.full(count, "", dtype=object) if texts is None else texts,
        hints=none,
        channels=none,
        languages=words_of(["en"] * count),
    )


def ask_and_get(*statements: Statement) -> JourneyMap:
    steps = (
        Step(id="ask", name="I ask", events=(EventPattern(activity="ask"),), statements=statements),
        Step(id="get", name="I get it", events=(EventPattern(activity="get"),)),
    )  # fmt: skip
    return JourneyMap(id="truth", title="Truth", stages=(Stage(id="all", name="All", steps=steps),))  # fmt: skip


def scores(rng: np.random.Generator) -> Iterator[Held]:
    """Mean score of few and of many, and the net promoter score."""
    said = Statement(id="said", lane="pains", claim=Claim(score=ScoreClaim(at_least=0)))
    for fewest, most, name in ((12, 29, "below 30 answers"), (30, MOST, "from 30 on")):
        count = some_cases(rng, fewest, most)
        shares = rng.dirichlet(np.full(5, 2.0))
        log = asked_and_got(rng, count)
        given = rng.choice(LEVELS, count, p=shares)
        told = (Asked("How was it?", SCALES["csat-5"], "score", "ask"),)
        feedback = answers(log.case_keys, told, np.zeros(count, np.int64), given)
        fact = measure_map(ask_and_get(said), log, feedback=feedback).find(
            "map", "score", target="emotion"
        )
        yield Held.of(f"claim: score, {name}", fact, float(shares @ (LEVELS - 3)))
    count = some_cases(rng)
    shares = rng.dirichlet(np.full(11, 1.0))
    log = asked_and_got(rng, count)
    given = rng.choice(np.arange(11.0), count, p=shares)
    told = (Asked("Would you recommend us?", SCALES["nps"], "score"),)
    feedback = answers(log.case_keys, told, np.zeros(count, np.int64), given)
    fact = measure_map(ask_and_get(), log, feedback=feedback).find("map", "score", target="nps")  # fmt: skip
    yield Held.of("claim: nps", fact, 100 * float(shares[9:].sum() - shares[:7].sum()))


def mentions(rng: np.random.Generator) -> Iterator[Held]:
    """Share of the customers who speak of a theme; some write twice."""
    said = Statement(id="s", lane="pains", claim=Claim(mentions=MentionsClaim(theme="waiting", at_least="10%")))  # fmt: skip
    count, share = some_cases(rng, 40, 300), float(rng.uniform(0.05, 0.95))
    log = asked_and_got(rng, count)
    texts = np.where(
        rng.random(count) < share,
        rng.choice(np.array(LATE, dtype=object), count),
        rng.choice(np.array(OTHER, dtype=object), count),
    )
    told = (Asked("What else?", None, "text"),)
    feedback = answers(
        log.case_keys, told, np.zeros(count, np.int64), np.full(count, np.nan), texts
    )
    found = measure_map(ask_and_get(said), log, feedback=feedback)
    yield Held.of("claim: mentions", found.find("map", "mentions", target="waiting"), share)  # fmt: skip


def promises(rng: np.random.Generator) -> Iterator[Held]:
    """Promises kept, and what was expected, delivered and the gap, of the same and of other customers."""
    within = Claim(time=TimeClaim(to="get", typical_at_most="1d"))
    said = Statement(id="day", lane="promise", text="Within a day", claim=within)
    told = (
        Asked("Expected?", SCALES["csat-5"], "expectation"),
        Asked("How was it?", SCALES["csat-5"], "score"),
    )
    for name, is_paired in (("both asked", True), ("one asked", False)):
        count, kept = some_cases(rng), float(rng.uniform(0.05, 0.95))
        log = asked_and_got(rng, count, rng.random(count) >= kept)
        shares = np.append(0.0, rng.dirichlet(np.full(4, 2.0)))
        worse = float(rng.uniform(0.1, 0.9))
        hoped = rng.choice(LEVELS, count, p=shares)
        found = hoped - (rng.random(count) < worse)
        first = np.arange(count) % 2 == 0
        one, two = (first | is_paired, ~first | is_paired)
        who = np.concatenate([log.case_keys[one], log.case_keys[two]])
        asked = np.repeat([0, 1], [int(one.sum()), int(two.sum())])
        given = np.concatenate([hoped[one], found[two]])
        evidence = measure_map(
            ask_and_get(said), log, feedback=answers(who, told, asked, given)
        )
        mean = float(shares @ (LEVELS - 3))
        for measure, true in (
            ("expectation", mean),
            ("delivery", mean - worse),
            ("expectation_gap", -worse),
        ):
            yield Held.of(f"{measure}, {name}", evidence.find("map", measure), true)
        if is_paired:
            yield Held.of("promise_kept", evidence.find("step:ask", "promise_kept"), kept)  # fmt: skip


def effects(rng: np.random.Generator) -> Iterator[Held]:
    """Effects that are the same number of points for everybody, or the same odds; one or four cases each."""
    for each in (1, 4):
        for odds in (False, True):
            effect = 0.5 if odds else float(rng.choice([0.0, 0.05, 0.1]))
            cases = some_cases(rng, 500, 2_000) // 4 * 4
            log = world(effect, cases, rng, each, is_odds=odds)
            true = effect
            if odds:
                base = np.log([0.5 / 0.5, 0.2 / 0.8])
                true = float((expit(base + effect) - expit(base)).mean())
            facts = facts_of(plan(), log)
            name = f"effect of the same {'odds' if odds else 'points'}, {'four cases' if each > 1 else 'one case'} a customer"
            yield Held.of(name, facts["step:helper", "effect"], true)


KINDS: Mapping[str, Callable[[np.random.Generator], Iterator[Held]]] = {
    "claims": claims,
    "claims of customers": claims_of_customers,
    "claims under way": claims_under_way,
    "goals": goals,
    "changes": changes,
    "scores": scores,
    "mentions": mentions,
    "promises": promises,
    "effects": effects,
}
