"""Laws of evidence, whatever customers do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.events.sequences import Segment, Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, NextClaim, ShareClaim, TimeClaim
from desirepath.maps.model import (
    EventPattern,
    Goal,
    JourneyMap,
    Next,
    Stage,
    Statement,
    Step,
)

ACTIVITIES = ("a", "b", "c", "goal", "x")
HOUR_US = 3_600_000_000
DECADES_US = 10**9 * 1_000_000


def step(name: str, *claims: Claim, ways: tuple[str, ...] = ()) -> Step:
    return Step(
        id=name,
        name=name,
        events=(EventPattern(activity=name),),
        next=tuple(Next(step=way) for way in ways),
        statements=tuple(
            Statement(id=f"{name}{place}", lane="pains", claim=claim)
            for place, claim in enumerate(claims)
        ),
    )


MAP = JourneyMap(
    id="map",
    title="Map",
    goal=Goal(text="done", success="goal"),
    stages=(
        Stage(
            id="one",
            name="One",
            steps=(
                step("a", Claim(time=TimeClaim(to="c", typical_at_most="2h"))),
                step(
                    "b",
                    Claim(share=ShareClaim(activity="x", at_least="10%")),
                    ways=("a",),
                ),
            ),
        ),
        Stage(
            id="two",
            name="Two",
            steps=(step("c", Claim(next=NextClaim(step="a", at_least="1%"))),),
        ),
    ),
)


@st.composite
def logs(draw: st.DrawFn, *, are_alone: bool = False) -> Sequences:
    cases = draw(
        st.lists(
            st.lists(st.integers(0, len(ACTIVITIES) - 1), min_size=1, max_size=6),
            min_size=2,
            max_size=8,
        ).filter(lambda cases: any(code < 3 for case in cases for code in case))
    )
    lengths = [len(case) for case in cases]
    count = sum(lengths)
    waits = draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    times = [
        sum(waits[start : start + place + 1])
        for start, length in zip(np.cumsum([0, *lengths[:-1]]), lengths, strict=True)
        for place in range(length)
    ]
    keys = np.arange(len(cases), dtype=np.int64)
    customers = draw(
        st.lists(st.integers(0, 4), min_size=len(cases), max_size=len(cases))
    )
    end_us = draw(st.sampled_from([DECADES_US, 30 * HOUR_US]))
    return Sequences(
        activities=ACTIVITIES,
        channels=("",) * len(ACTIVITIES),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        codes=np.array([code for case in cases for code in case], dtype=np.uint16),
        times_us=np.array(times, dtype=np.int64) * HOUR_US,
        case_keys=keys,
        customers=keys if are_alone else np.array(customers, dtype=np.int64),
        segments={"half": Segment(("", "x"), np.ones(len(cases), dtype=np.uint16))},
        end_us=end_us,
    )


def repeated(sequences: Sequences, times: int) -> Sequences:
    """The same cases again, of other customers each time."""
    count = sequences.case_count
    many = sequences.take(np.tile(np.arange(count), times))
    shift = np.repeat(np.arange(times), count) * 10
    return replace(many, customers=many.customers + shift)


def rounded(evidence: Evidence) -> list[tuple[object, ...]]:
    """Facts without the last digits, which depend on the order of a sum."""
    return [
        (
            *(fact.subject, fact.measure, fact.target, fact.segment, fact.after),
            *(fact.n, fact.hits, fact.cases),
            *(
                None if one is None else round(one, 9)
                for one in (fact.value, fact.low, fact.high)
            ),
        )
        for fact in evidence.facts
    ]


# told by a model or by a curve, not by one count over another
MODELED = {"time_within", "removal_effect"} | {
    f"credit_{rule}" for rule in ("first", "last", "linear", "markov")
}
# rest on fewer where cases differ more: moves of a case, hours of a case
SPREAD = {"next", "time_share"}


@settings(max_examples=60, deadline=None)
@given(logs())
def test_the_order_of_the_cases_means_nothing(
    sequences: Sequences,
) -> None:
    order = np.random.default_rng(len(sequences.codes)).permutation(
        sequences.case_count
    )
    shuffled = sequences.take(order)
    assert rounded(measure_map(MAP, shuffled)) == rounded(measure_map(MAP, sequences))


@settings(max_examples=60, deadline=None)
@given(logs())
def test_every_interval_holds_its_value_and_every_share_its_counts(
    sequences: Sequences,
) -> None:
    facts = measure_map(MAP, repeated(sequences, 5)).facts
    assert facts
    for fact in facts:
        assert 0 <= fact.n <= fact.cases
        assert 0 <= fact.hits <= fact.cases
        if fact.measure == "goal_difference" or fact.value is None:
            continue
        assert fact.low is None or fact.low <= fact.value + 1e-12
        assert fact.high is None or fact.value <= fact.high + 1e-12
        if fact.unit == "share" and fact.measure not in MODELED:
            assert fact.value == pytest.approx(fact.hits / fact.cases)


@settings(max_examples=60, deadline=None)
@given(logs(are_alone=True), logs(are_alone=True))
def test_more_cases_never_make_a_number_rest_on_fewer(
    one: Sequences, other: Sequences
) -> None:
    count = one.case_count
    both = replace(
        one,
        offsets=np.concatenate([one.offsets, one.offsets[-1] + other.offsets[1:]]),
        codes=np.concatenate([one.codes, other.codes]),
        times_us=np.concatenate([one.times_us, other.times_us]),
        case_keys=np.arange(count + other.case_count),
        customers=np.arange(count + other.case_count),
        segments={},
        end_us=DECADES_US,
    )
    alone = measure_map(MAP, replace(one, segments={}, end_us=DECADES_US))
    joined = measure_map(MAP, both)
    assert alone.facts
    for fact in alone.facts:
        if fact.measure in SPREAD:
            continue
        again = joined.find(fact.subject, fact.measure, target=fact.target)
        assert again is None or again.cases >= fact.cases
        if again is not None and fact.measure not in ("time", "time_within"):
            assert again.n >= fact.n


@settings(max_examples=30, deadline=None)
@given(logs())
def test_a_segment_that_holds_everybody_says_what_the_whole_says(
    sequences: Sequences,
) -> None:
    evidence = measure_map(MAP, repeated(sequences, 15))
    whole = {
        (fact.subject, fact.measure, fact.target): fact
        for fact in evidence.select(segment="")
    }
    of_all = tuple(evidence.select(segment="half=x"))
    assert of_all
    for fact in of_all:
        assert (
            replace(fact, segment="") == whole[fact.subject, fact.measure, fact.target]
        )


@settings(max_examples=30, deadline=None)
@given(logs())
def test_evidence_survives_being_plain_data(sequences: Sequences) -> None:
    data = measure_map(MAP, sequences).to_dict()
    assert all(len(row) == len(data["columns"]) for row in data["facts"])
