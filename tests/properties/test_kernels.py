"""Kernels agree with slow loops over plain lists, whatever the cases."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.events import kernels

CODE_COUNT = 4
Cases = list[list[int]]

cases_of = st.lists(
    st.lists(st.integers(0, CODE_COUNT - 1), min_size=1, max_size=7),
    min_size=1,
    max_size=8,
)


def flat(cases: Cases) -> tuple[np.ndarray, np.ndarray]:
    offsets = np.concatenate([[0], np.cumsum([len(case) for case in cases])])
    return np.array([code for case in cases for code in case]), offsets


@given(cases_of, st.integers(0, CODE_COUNT - 1))
def test_hits_of_each_case(cases: Cases, wanted: int) -> None:
    codes, offsets = flat(cases)
    hits = codes == wanted
    starts = offsets[:-1].tolist()
    first = [
        start + case.index(wanted) if wanted in case else -1
        for start, case in zip(starts, cases, strict=True)
    ]
    last = [
        start + len(case) - 1 - case[::-1].index(wanted) if wanted in case else -1
        for start, case in zip(starts, cases, strict=True)
    ]
    assert kernels.any_in_case(hits, offsets).tolist() == [at >= 0 for at in first]
    assert kernels.first_in_case(hits, offsets).tolist() == first
    assert kernels.last_in_case(hits, offsets).tolist() == last


@given(cases_of, st.integers(0, CODE_COUNT - 1), st.data())
def test_the_first_hit_after_an_event(
    cases: Cases, wanted: int, data: st.DataObject
) -> None:
    codes, offsets = flat(cases)
    after, found = [], []
    for start, case in zip(offsets[:-1].tolist(), cases, strict=True):
        place = data.draw(st.integers(-1, len(case) - 1))
        later = [i for i in range(place + 1, len(case)) if case[i] == wanted]
        after.append(start + place if place >= 0 else -1)
        found.append(start + later[0] if place >= 0 and later else -1)
    assert (
        kernels.first_after(codes == wanted, np.array(after), offsets).tolist() == found
    )


@given(cases_of)
def test_moves(cases: Cases) -> None:
    codes, offsets = flat(cases)
    counted = Counter(move for case in cases for move in pairwise(case))
    found = kernels.transitions(codes, offsets, CODE_COUNT)
    rows = zip(found.from_codes, found.to_codes, found.counts, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [
        (*move, count) for move, count in sorted(counted.items())
    ]


@given(cases_of, st.data())
def test_times_of_moves(cases: Cases, data: st.DataObject) -> None:
    codes, offsets = flat(cases)
    waits: dict[tuple[int, int], list[int]] = {}
    times = []
    for case in cases:
        clock = 0
        times.append(clock)
        for move in pairwise(case):
            wait = data.draw(st.integers(0, 10**13))
            waits.setdefault(move, []).append(wait)
            clock += wait
            times.append(clock)
    found = kernels.transition_times(codes, np.array(times), offsets, CODE_COUNT)
    for row, (_, seen) in enumerate(sorted(waits.items())):
        ordered = sorted(seen)
        assert int(found.median_us[row]) == ordered[(len(seen) - 1) // 2]
        assert int(found.p90_us[row]) == ordered[-(-9 * len(seen) // 10) - 1]


@given(cases_of)
def test_distinct_sequences(cases: Cases) -> None:
    codes, offsets = flat(cases)
    kinds = Counter(map(tuple, cases)).most_common()  # ties as they appear
    found = kernels.variants(codes, offsets)
    assert [tuple(cases[case]) for case in found.first_case] == [
        kind for kind, _ in kinds
    ]
    assert found.counts.tolist() == [count for _, count in kinds]
    assert [kinds[number][0] for number in found.of_case] == list(map(tuple, cases))


@given(cases_of)
def test_equal_sequences_have_equal_fingerprints(cases: Cases) -> None:
    codes, offsets = flat(cases)
    prints = kernels.fingerprints(codes, offsets).tolist()
    assert len(set(prints)) == len(set(map(tuple, cases)))
    assert prints == [
        int(kernels.fingerprints(np.array(case), np.array([0, len(case)]))[0])
        for case in cases
    ]


@given(cases_of)
def test_earlier_occurrences_repeats_and_positions(cases: Cases) -> None:
    codes, offsets = flat(cases)
    assert kernels.occurrence(codes, offsets, CODE_COUNT).tolist() == [
        case[:place].count(code) for case in cases for place, code in enumerate(case)
    ]
    assert kernels.is_repeat(codes, offsets).tolist() == [
        place > 0 and case[place - 1] == code
        for case in cases
        for place, code in enumerate(case)
    ]
    assert kernels.positions(offsets).tolist() == [
        place for case in cases for place in range(len(case))
    ]


@given(cases_of, st.integers(0, CODE_COUNT - 1))
def test_what_is_kept(cases: Cases, dropped: int) -> None:
    codes, offsets = flat(cases)
    left = [[code for code in case if code != dropped] for case in cases]
    bounds, kept = kernels.keep(codes != dropped, offsets)
    assert kept.tolist() == [place for place, case in enumerate(left) if case]
    assert np.diff(bounds).tolist() == [len(case) for case in left if case]


@given(cases_of)
def test_distinct_codes_of_each_case(cases: Cases) -> None:
    codes, offsets = flat(cases)
    case = np.repeat(np.arange(len(cases)), np.diff(offsets))
    found = kernels.distinct_per_case(codes, case, len(cases), CODE_COUNT)
    assert found.tolist() == [len(set(one)) for one in cases]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 30))
def test_cutting_by_a_gap(waits: list[int], gap: int) -> None:
    times = np.cumsum(waits)
    offsets = kernels.cut(np.array([0, len(waits)]), kernels.gap_starts(times, gap))
    parts = [times[a:b] for a, b in pairwise(offsets.tolist())]
    assert np.concatenate(parts).tolist() == times.tolist()
    assert all((np.diff(part) <= gap).all() for part in parts)
    assert all(b[0] - a[-1] > gap for a, b in pairwise(parts))
