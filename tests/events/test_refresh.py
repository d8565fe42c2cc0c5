"""Refreshing an event store: the same as reading everything, whatever came when; killed at any moment, old or new."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desirepath.errors import EventsError
from desirepath.events.event_store import open_store
from desirepath.events.read import read_all, read_events
from desirepath.events.refresh import Refreshed, refresh_events
from desirepath.events.schema import Columns
from desirepath.events.sequences import Sequences

HEADER = ("case_id", "event", "timestamp", "user_id", "city")
COLUMNS = Columns(
    case="case_id",
    activity="event",
    time="timestamp",
    customer="user_id",
    segments=("city",),
)
Row = tuple[str, ...]


def write(path: Path, rows: Sequence[Row], header: tuple[str, ...] = HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return path


def append(path: Path, rows: list[Row]) -> None:
    with path.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def day(number: int, case: str, *events: str) -> list[Row]:
    return [
        (case, event, f"2024-01-{number:02} 10:{minute:02}:00", case, "Graz")
        for minute, event in enumerate(events)
    ]


def assert_same(one: Sequences, other: Sequences) -> None:
    for name in ("offsets", "codes", "times_us", "case_keys", "customers"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert (name, mine.dtype) == (name, theirs.dtype)
        np.testing.assert_array_equal(mine, theirs)
    assert (one.activities, one.channels) == (other.activities, other.channels)
    assert (one.end_us, one.account) == (other.end_us, other.account)
    assert list(one.segments) == list(other.segments)
    for name, part in one.segments.items():
        assert part.values == other.segments[name].values
        np.testing.assert_array_equal(part.codes, other.segments[name].codes)


def bytes_of(store: Path) -> dict[str, bytes]:
    """All arrays of the state that counts."""
    folder = open_store(store).folder
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.suffix == ".npy" or file.parent.name == "sequences"
    }


# few values, so that ties, duplicates, missing keys and customers who change all occur
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", ""]),
        st.sampled_from(["look", "pay", "注文", ""]),
        st.sampled_from(
            ["2024-01-01 10:00:00", "2024-01-01 10:00:01", "2024-01-02 09:00:00", ""]
        ),
        st.sampled_from(["", "", "a", "u"]),
        st.sampled_from(["Graz", "Wien", ""]),
    ),
    min_size=1,
    max_size=6,
)
ALL, NOTHING = 1e9, -1.0


@contextlib.contextmanager
def most_touched(share: float) -> Iterator[None]:
    """Refreshes that add a part where new rows touch no more than this share of all events."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desirepath.events.touched.MOST_TOUCHED_SHARE", share)
        yield


GOOD = ("a", "look", "2024-01-01 10:00:00", "", "Graz")


@pytest.mark.nightly
@pytest.mark.truth
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    files=st.lists(ROWS, min_size=2, max_size=4),
    more=ROWS,
    order=st.permutations(range(4)),
    keep_duplicates=st.booleans(),
)
def test_refreshing_gives_the_same_bytes_as_reading_everything(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[list[Row]],
    more: list[Row],
    order: list[int],
    keep_duplicates: bool,  # noqa: FBT001 - Hypothesis gives it
) -> None:
    tmp = tmp_path_factory.mktemp("refresh")
    data, store = tmp / "data", tmp / "store"
    data.mkdir()
    numbers = [number for number in order if number < len(files)]
    for number in numbers:
        write(data / f"{number}.csv", [*[GOOD] * 12, *files[number]])
        with most_touched(ALL):
            done = refresh_events(
                store, data, columns=COLUMNS, keep_duplicates=keep_duplicates
            )
        whole = read_events(data, columns=COLUMNS, keep_duplicates=keep_duplicates)
        assert_same(read_events(store), whole)
        assert (done.events, done.cases) == (whole.event_count, whole.case_count)
    append(data / f"{numbers[0]}.csv", more)
    with most_touched(NOTHING):  # all parts are put together
        assert refresh_events(store).grown_files == 1
    whole = read_events(data, columns=COLUMNS, keep_duplicates=keep_duplicates)
    assert_same(read_events(store), whole)
    refresh_events(
        tmp / "whole", data, columns=COLUMNS, keep_duplicates=keep_duplicates
    )
    assert_same(read_events(tmp / "whole"), whole)
    rows = (open_store(one) for one in (store, tmp / "whole"))
    assert len({tuple(one.summary.dropped.items()) for one in rows}) == 1
    mine, theirs = bytes_of(store), bytes_of(tmp / "whole")
    # pieces are numbered as they came; everything that counts is equal
    own = ("pieces.npy", "rows.npy")
    assert {k: v for k, v in mine.items() if k not in own} == {
        k: v for k, v in theirs.items() if k not in own
    }


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    write(data / "1.csv", day(1, "a", "look", "pay"))
    write(data / "2.csv", day(2, "b", "look"))
    store = tmp_path / "store"
    assert refresh_events(store, data).new_files == 2
    write(data / "3.csv", day(3, "a", "return"))
    append(data / "2.csv", day(4, "b", "pay"))
    done = refresh_events(store)
    assert done == Refreshed(
        new_files=1,
        grown_files=1,
        unchanged_files=1,
        gone_files=(),
        moved_files=(),
        why_whole="",
        events_before=3,
        events=5,
        cases=2,
        touched_cases=2,
    )
    assert not refresh_events(store).is_new


def test_a_late_event_finds_its_place(tmp_path: Path) -> None:
    store = tmp_path / "store"
    refresh_events(store, write(tmp_path / "1.csv", day(5, "a", "look", "pay")))
    refresh_events(store, write(tmp_path / "2.csv", day(1, "a", "hear of it")))
    events = read_events(store)
    assert [events.activities[code] for code in events.codes] == [
        "hear of it",
        "look",
        "pay",
    ]


def test_a_changed_file_makes_everything_be_read_again(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "1.csv"
    refresh_events(store, write(file, day(1, "a", "look", "pay")))
    write(file, day(1, "a", "look", "ask", "pay"))
    done = refresh_events(store)
    assert done.why_whole == "1.csv changed in another way than by added lines"
    assert_same(read_events(store), read_events(file))


def test_events_of_files_that_are_gone_stay(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "1.csv"
    refresh_events(store, write(file, day(1, "a", "look", "pay")))
    other = write(tmp_path / "2.csv", day(2, "b", "look"))
    file.unlink()
    assert refresh_events(store, other).gone_files == ("1.csv",)
    assert read_events(store).event_count == 3


def test_what_cannot_be_rebuilt_is_not_touched(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "1.csv"
    refresh_events(store, write(file, day(1, "a", "look", "pay")))
    other = write(tmp_path / "2.csv", day(2, "b", "look", "pay"))
    refresh_events(store, other)
    before = bytes_of(store)
    file.unlink()
    write(other, day(2, "b", "look"))
    with pytest.raises(EventsError) as caught:
        refresh_events(store)
    assert str(caught.value) == (
        f"{store}: everything must be read again (2.csv changed in another way than by added lines), "
        "but 1.csv can no longer be read [E297]\n"
        "  Bring these files back, or leave their events out with --anew."
    )
    assert bytes_of(store) == before
    assert refresh_events(store, is_anew=True).events == 1


def test_a_file_under_another_name_is_not_read_twice(tmp_path: Path) -> None:
    store, data = tmp_path / "store", tmp_path / "data"
    data.mkdir()
    file = write(data / "1.csv", day(1, "a", "look", "pay"))
    refresh_events(store, data, keep_duplicates=True)
    file.rename(data / "one.csv")
    assert refresh_events(store).moved_files == ("one.csv",)
    assert read_events(store).event_count == 2


def test_the_rules_of_the_store_are_applied_on_reading(tmp_path: Path) -> None:
    store = tmp_path / "store"
    rows = [
        (case, event, at, "u1", "Graz")
        for case, event, at in (
            ("a", "look", "2024-01-01 10:00:00"),
            ("b", "pay", "2024-01-01 10:05:00"),
            ("c", "look", "2024-01-09 10:00:00"),
        )
    ]
    file = write(tmp_path / "1.csv", rows)
    options = {"gap": "1d", "names": [("look", "see")]}
    refresh_events(store, file, **options)  # type: ignore[arg-type]
    assert_same(read_events(store), read_events(file, **options))  # type: ignore[arg-type]
    more = write(
        tmp_path / "2.csv", [("d", "pay", "2024-01-09 10:05:00", "u1", "Graz")]
    )
    refresh_events(store, more)
    assert_same(read_events(store), read_events([file, more], **options))  # type: ignore[arg-type]


def test_other_rules_are_refused_and_taken_anew(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "1.csv"
    refresh_events(store, write(file, day(1, "a", "look", "pay")))
    with pytest.raises(EventsError) as caught:
        refresh_events(store, gap="1h")
    assert str(caught.value) == (
        "the store was made with other rules: gap [E296]\n"
        "  Leave the options out, or read everything again with --anew."
    )
    refresh_events(store, gap="30s", is_anew=True)
    assert read_events(store).case_count == 2
    with pytest.raises(EventsError, match="cannot be asked for other zone"):
        read_events(store, zone="Europe/Vienna")


def test_columns_that_change_their_role_are_named(tmp_path: Path) -> None:
    store = tmp_path / "store"
    header = ("case_id", "event", "timestamp")
    first = write(
        tmp_path / "1.csv", [("a", "look", "2024-01-01 10:00:00")] * 3, header
    )
    refresh_events(store, first)
    other = write(
        tmp_path / "2.csv",
        [("a", "look", "2024-01-01 10:00:00", "u")] * 3,
        (*header, "user_id"),
    )
    with pytest.raises(EventsError) as caught:
        refresh_events(store, other)
    assert str(caught.value) == (
        f'{other}: the customer was nothing in earlier files and is "user_id" here [E298]\n'
        "  Name the columns (--case, --customer, --activity, --time, --channel) and make the store --anew."
    )


def test_events_without_times_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "1.csv", [("a", "look")] * 3, ("case_id", "event"))
    with pytest.raises(EventsError, match="E299"):
        refresh_events(tmp_path / "store", file, columns=Columns(time="none"))
    assert not (tmp_path / "store").exists()


def test_something_else_in_the_folder_is_not_touched(tmp_path: Path) -> None:
    file = write(tmp_path / "1.csv", day(1, "a", "look"))
    with pytest.raises(EventsError) as caught:
        refresh_events(tmp_path, file)
    assert str(caught.value) == (
        f"{tmp_path}: something else is already here [E291]\n"
        "  Choose another place for the event store."
    )
    assert list(tmp_path.iterdir()) == [file]


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    store = tmp_path / "store"
    refresh_events(store, write(tmp_path / "1.csv", day(1, "a", "look", "pay")))
    damaged = open_store(store).folder / "sequences" / "times_us.npy"
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(EventsError) as caught:
        read_events(store)
    assert str(caught.value) == (
        f"{damaged}: a saved file was changed or is missing [E293]\n"
        "  Read the events again and save them anew."
    )


KILLED_AT = """
import os, signal, sys
from desirepath.events.refresh import refresh_events

TOUCHES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}

def refresh(store, moment):
    count = 0

    def watch(event, arguments):
        nonlocal count
        if event in TOUCHES and str(arguments[0]).startswith(store):
            count += 1
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    refresh_events(store)
    print(count, flush=True)
    os._exit(0)

for store, moment in zip(sys.argv[1::2], sys.argv[2::2]):
    child = os.fork()
    if not child:
        refresh(store, int(moment))
    ended = os.WTERMSIG(os.waitpid(child, 0)[1])
    assert ended == (signal.SIGKILL if int(moment) else 0)
"""


def refresh_killed_at(moments: dict[Path, int]) -> str:
    """Refresh each store in a process that kills itself before it touches files for the nth time."""
    words = [str(word) for pair in moments.items() for word in pair]
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT, *words],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such process")
@pytest.mark.parametrize(
    ("events", "part_count"), [("look pay", 2), ("look ask look pay", 1)]
)
def test_a_killed_refresh_leaves_the_old_state_or_the_new_one(
    tmp_path: Path, events: str, part_count: int
) -> None:
    data, store = tmp_path / "data", tmp_path / "store"
    data.mkdir()
    write(data / "0.csv", day(1, "a", "look", "pay"))
    refresh_events(store, data)
    write(data / "1.csv", day(2, "b", *events.split()))
    last = int(refresh_killed_at({shutil.copytree(store, tmp_path / "whole"): 0}))
    moments = {
        shutil.copytree(store, tmp_path / f"at-{moment}"): moment
        for moment in np.linspace(1, last, 6).astype(int).tolist()
    }
    refresh_killed_at(moments)
    found = []
    for killed in moments:
        found.append(read_all(killed).sequences.event_count)
        refresh_events(killed)
        assert_same(read_events(killed), read_events(data))
        assert len(open_store(killed).parts) == part_count
        assert len(list(killed.glob("state-*"))) == part_count
    assert found == sorted(found)
    assert set(found) == {2, 2 + len(events.split())}  # the old state, then the new one
