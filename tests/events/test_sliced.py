"""Large logs are read in slices of whole cases: the same bytes as at once, on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.events.read import Reading, read_all
from desirepath.events.sliced import GrowingArray

ARRAYS = ("offsets", "codes", "times_us", "case_keys", "customers")
# few values, so that ties, duplicates, missing keys and mixed segments all occur
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", ""]),
        st.sampled_from(["look", "pay", "only once", ""]),
        st.integers(0, 3),
        st.sampled_from(["", "u", "v"]),
        st.sampled_from(["Graz", "Wien", ""]),
    ),
    min_size=1,
    max_size=30,
)


def frame(rows: list[tuple[str, str, int, str, str]]) -> dict[str, np.ndarray]:
    rows = [*rows, ("a", "look", 0, "u", "Graz")]
    cases, events, times, users, cities = zip(*rows, strict=True)
    return {
        "session_id": np.array(cases),
        "event": np.array(events),
        "timestamp": np.array([f"2024-01-01 10:00:0{at}" for at in times]),
        "user_id": np.array(users),
        "city": np.array(cities),
    }


def read_sliced(source: object, **options: bool) -> Reading:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desirepath.events.sliced.LARGE", 1)
        patch.setattr("desirepath.events.sliced.AT_ONCE", 7)
        return read_all(source, **options)  # type: ignore[arg-type]


def assert_same(one: Reading, other: Reading) -> None:
    mine, theirs = one.sequences, other.sequences
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))
        assert getattr(mine, name).dtype == getattr(theirs, name).dtype
    assert list(mine.segments) == list(theirs.segments)
    for name, segment in mine.segments.items():
        assert segment.values == theirs.segments[name].values
        np.testing.assert_array_equal(segment.codes, theirs.segments[name].codes)
    assert replace(one.loaded, sequences=None) == replace(other.loaded, sequences=None)  # type: ignore[arg-type]
    assert (mine.activities, mine.end_us) == (theirs.activities, theirs.end_us)
    assert mine.account == theirs.account


@settings(deadline=None, max_examples=12)
@given(rows=ROWS, keep=st.booleans(), turned=st.booleans())
def test_slices_give_the_same_bytes_as_reading_at_once(
    rows: list[tuple[str, str, int, str, str]],
    keep: bool,  # noqa: FBT001 - Hypothesis gives it
    turned: bool,  # noqa: FBT001 - idem
) -> None:
    if turned:  # exports that list the newest event first are turned around
        rows = sorted(rows, key=lambda row: -row[2])
    source = frame(rows)
    whole = read_all(source, keep_duplicates=keep)
    assert_same(read_sliced(source, keep_duplicates=keep), whole)


def test_columns_of_a_large_log_lie_on_disk() -> None:
    rows = [(case, "look", at, "u", "Graz") for case in "abcd" for at in range(4)]
    found = read_sliced(frame(rows)).sequences
    assert isinstance(found.times_us, np.memmap)
    assert isinstance(found.codes, np.memmap)
    assert not found.times_us.flags.writeable
    assert found.take(np.array([1])).event_count == int(found.lengths[1])


def test_an_array_grows_on_disk(tmp_path: Path) -> None:
    array = GrowingArray(tmp_path / "a.npy", np.dtype(np.uint16))
    parts = [np.arange(n, dtype=np.int64) for n in (3, 0, 5)]
    for part in parts:
        array.add(part)
    assert array.close().tolist() == np.concatenate(parts).tolist()
    nothing = GrowingArray(tmp_path / "b.npy", np.dtype(np.int64)).close()
    assert (len(nothing), nothing.dtype) == (0, np.dtype(np.int64))
