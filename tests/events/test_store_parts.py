"""A store in parts: what new rows add is written, the rest stays; reading gives what all files would give."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.errors import EventsError
from desirepath.events import clean
from desirepath.events.event_store import open_store
from desirepath.events.read import read_events
from desirepath.events.refresh import refresh_events
from desirepath.events.schema import Columns
from desirepath.events.sequences import Segment, Sequences
from desirepath.events.store_events import events_of, together

COLUMNS = Columns(
    case="case_id", activity="event", time="timestamp", segments=("city",)
)
ARRAYS = ("offsets", "codes", "times_us", "case_keys", "customers")


@contextlib.contextmanager
def parts_kept() -> Iterator[None]:
    """Refreshes that never put parts together, however small the store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desirepath.events.touched.MOST_TOUCHED_SHARE", 1e9)
        yield


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["case_id,event,timestamp,city", *rows, ""]))
    return path


def day(number: int, case: str, *events: str, city: str = "Graz") -> list[str]:
    return [
        f"{case},{event},2024-01-{number:02} 10:{minute:02}:00,{city}"
        for minute, event in enumerate(events)
    ]


def part_count(store: Path) -> int:
    return len(open_store(store).parts)


def assert_as_read(store: Path, *files: Path) -> None:
    mine, _ = events_of(open_store(store))
    whole = read_events(list(files), columns=COLUMNS)
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(mine, name), getattr(whole, name))
        assert getattr(mine, name).dtype == getattr(whole, name).dtype
    assert (mine.activities, mine.end_us) == (whole.activities, whole.end_us)
    assert {name: one.values for name, one in mine.segments.items()} == {
        name: one.values for name, one in whole.segments.items()
    }
    for name, one in mine.segments.items():
        np.testing.assert_array_equal(one.codes, whole.segments[name].codes)


def test_new_rows_add_a_part_and_leave_the_first_one_as_it_is(tmp_path: Path) -> None:
    store = tmp_path / "store"
    one = write(tmp_path / "1.csv", *day(1, "a", "look", "pay"), *day(2, "b", "look"))
    refresh_events(store, one, columns=COLUMNS)
    first = open_store(store).folder
    before = {file: file.read_bytes() for file in first.rglob("*.npy")}
    two = write(
        tmp_path / "2.csv", *day(3, "a", "ask"), *day(3, "c", "look", city="Wien")
    )
    with parts_kept():
        done = refresh_events(store, two)
    assert (done.events_before, done.events, done.cases) == (3, 5, 3)
    assert part_count(store) == 2
    assert {file: file.read_bytes() for file in first.rglob("*.npy")} == before
    assert_as_read(store, one, two)


def test_a_case_of_several_parts_is_as_the_last_one_has_it(tmp_path: Path) -> None:
    store, files = tmp_path / "store", []
    for number in (5, 3, 4):
        rows = day(number, "a", "look", f"do {number}")
        files.append(write(tmp_path / f"{number}.csv", rows[0], *rows))
        with parts_kept():
            refresh_events(store, files[-1], columns=COLUMNS)
    assert part_count(store) == 3
    assert_as_read(store, *files)
    assert open_store(store).summary.duplicate_count == 3


def test_what_a_row_without_event_says_of_its_case_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "store"
    one = write(tmp_path / "1.csv", *day(1, "a", "look"), *day(1, "b", "look", city=""))
    two = write(tmp_path / "2.csv", "b,,2024-01-03 10:00:00,Wien", "c,,,Graz")
    three = write(tmp_path / "3.csv", *day(4, "c", "pay", city=""))
    with parts_kept():
        for file in (one, two, three):
            refresh_events(store, file, columns=COLUMNS)
    assert part_count(store) == 3
    assert_as_read(store, one, two, three)


def test_parts_are_put_together_where_they_hold_too_much(tmp_path: Path) -> None:
    store = tmp_path / "store"
    one = write(tmp_path / "1.csv", *day(1, "a", *"abcdefghij"))
    refresh_events(store, one, columns=COLUMNS)
    two = write(tmp_path / "2.csv", *day(2, "b", "a", "b"))
    refresh_events(store, two)
    assert part_count(store) == 2
    three = write(tmp_path / "3.csv", *day(2, "a", "k"))
    refresh_events(store, three)
    assert part_count(store) == 1
    assert_as_read(store, one, two, three)


def test_bots_are_found_among_the_cases_of_all_parts(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "1.csv"
    refresh_events(store, write(file, *day(1, "a", "look")), columns=COLUMNS)
    rows = ["b,look,2024-01-01 10:00:00,Graz"] * 120
    with parts_kept():
        refresh_events(
            store,
            write(
                tmp_path / "2.csv",
                *rows,
                *[f"b,look {n},2024-01-01 10:00:00,Graz" for n in range(150)],
            ),
        )
    _, summary = events_of(open_store(store))
    assert (part_count(store), summary.bot_count) == (2, 1)


def test_bots_to_be_left_out_depend_on_all_cases(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "1.csv"
    rows = day(1, "a", *"abcdefghij")
    refresh_events(store, write(file, *rows), columns=COLUMNS, drop_bots=True)
    with parts_kept():
        refresh_events(store, write(tmp_path / "2.csv", *day(2, "b", "look")))
    assert part_count(store) == 1


def test_a_damaged_part_is_named_and_never_made_part_of_another(tmp_path: Path) -> None:
    store = tmp_path / "store"
    refresh_events(
        store, write(tmp_path / "1.csv", *day(1, "a", "look")), columns=COLUMNS
    )
    damaged = open_store(store).folder / "hashes.npy"
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    with parts_kept(), pytest.raises(EventsError) as caught:
        refresh_events(store, write(tmp_path / "2.csv", *day(2, "a", "pay")))
    assert str(caught.value) == (
        f"{damaged}: a saved file was changed or is missing [E293]\n"
        "  Read the events again and save them anew."
    )


CASES = st.dictionaries(
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 99)), min_size=1, max_size=4),
    max_size=6,
)


def sequences_of(cases: dict[int, list[tuple[int, int]]]) -> Sequences:
    keys = sorted(cases)
    events = [event for key in keys for event in cases[key]]
    lengths = [len(cases[key]) for key in keys]
    array = np.array(keys, dtype=np.int64)
    return Sequences(
        activities=tuple("wxyz"),
        channels=("",) * 4,
        offsets=np.cumsum([0, *lengths]),
        codes=np.array([code for code, _ in events], dtype=np.uint16),
        times_us=np.array([at for _, at in events], dtype=np.int64),
        case_keys=array,
        customers=array + 100,
        segments={"odd": Segment(("", "no", "yes"), (array % 2 + 1).astype(np.uint16))},
        end_us=max((at for _, at in events), default=0),
    )


@given(first=CASES, later=st.lists(CASES, min_size=1, max_size=3))
def test_together_the_last_part_of_each_case_counts(
    first: dict[int, list[tuple[int, int]]],
    later: list[dict[int, list[tuple[int, int]]]],
) -> None:
    expected = dict(first)
    for one in later:
        expected |= one
    parts = [sequences_of(one) for one in (first, *later)]
    found = together(parts, dict(parts[0].segments))
    wanted = sequences_of(expected)
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name))
    np.testing.assert_array_equal(
        found.segments["odd"].codes, wanted.segments["odd"].codes
    )


ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([0, 1, 7, 2**61]), st.integers(0, 2)),
    max_size=20,
)


@given(ROWS)
def test_one_number_for_case_and_time_sorts_as_both_do(
    rows: list[tuple[int, int, int]],
) -> None:
    cases, times, last = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    found = clean.sorted_order(cases, times, [last])
    assert found.tolist() == np.lexsort([last, times, cases]).tolist()
