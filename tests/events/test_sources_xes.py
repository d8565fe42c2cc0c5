"""XES logs: names, lifecycles, lists, namespaces, times that are missing."""

from __future__ import annotations

import gzip
from pathlib import Path

from desirepath.events.read import read_all, read_events
from desirepath.events.schema import Columns


def event(name: str, minute: int = 0, extra: str = "") -> str:
    """One event."""
    time = f'<date key="time:timestamp" value="2024-01-01T10:{minute:02d}:00+02:00"/>'
    return f'<event><string key="concept:name" value="{name}"/>{time}{extra}</event>'


def trace(name: str, *events: str, extra: str = "") -> str:
    """One trace."""
    named = f'<string key="concept:name" value="{name}"/>' if name else ""
    return f"<trace>{named}{extra}{''.join(events)}</trace>"


def log(folder: Path, *traces: str, head: str = "<log>") -> Path:
    """A log file."""
    path = folder / "log.xes"
    path.write_text(
        f"<?xml version='1.0'?>{head}{''.join(traces)}</log>", encoding="utf-8"
    )
    return path


def test_a_log_becomes_cases_with_times_in_utc(tmp_path: Path) -> None:
    sequences = read_events(
        log(tmp_path, trace("a", event("x"), event("y", 5)), trace("b", event("x")))
    )
    assert (sequences.case_count, sequences.activities) == (2, ("x", "y"))
    assert sequences.times_us.min() == 1_704_096_000_000_000  # 08:00 UTC


def test_a_namespace_changes_nothing(tmp_path: Path) -> None:
    path = log(
        tmp_path,
        trace("a", event("x")),
        head='<log xmlns="http://www.xes-standard.org/">',
    )
    assert read_events(path).event_count == 1


def test_a_compressed_log_is_read_alike(tmp_path: Path) -> None:
    plain = log(tmp_path, trace("a", event("x"), event("y", 1)))
    packed = tmp_path / "other.xes.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_events(packed).codes.tolist() == read_events(plain).codes.tolist()


def test_traces_without_a_name_go_by_their_number(tmp_path: Path) -> None:
    read = read_all(log(tmp_path, trace("", event("x")), trace("", event("x"))))
    assert read.sequences.case_count == 2
    assert read.loaded.tables[0].notes == (
        "2 traces have no name and go by their number",
    )


def test_traces_of_one_name_are_one_case_and_that_is_said(tmp_path: Path) -> None:
    read = read_all(log(tmp_path, trace("a", event("x")), trace("a", event("y", 1))))
    assert read.sequences.case_count == 1
    assert read.loaded.tables[0].notes == (
        "1 traces share their name with another and are read as one case",
    )


def test_lists_and_nested_values_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    nested = '<string key="note" value="n"><int key="inner" value="1"/></string><list key="l"><int key="i" value="1"/></list>'
    read = read_all(log(tmp_path, trace("a", event("x", extra=nested))))
    table = read.loaded.tables[0]
    assert table.columns == (
        "case:concept:name",
        "concept:name",
        "time:timestamp",
        "note",
    )
    assert table.notes == ("lists and values within values are left out",)


def test_a_log_without_times_keeps_the_order_of_the_file(tmp_path: Path) -> None:
    names = [
        f'<event><string key="concept:name" value="{name}"/></event>' for name in "zab"
    ]
    sequences = read_events(log(tmp_path, trace("a", *names)))
    assert not sequences.has_times
    assert [sequences.activities[code] for code in sequences.codes] == ["z", "a", "b"]
    assert sequences.times_us.tolist() == [0, 1, 2]


def test_every_lifecycle_transition_counts_unless_one_is_asked_for(
    tmp_path: Path,
) -> None:
    steps = [
        event("x", minute, f'<string key="lifecycle:transition" value="{name}"/>')
        for minute, name in enumerate(("start", "COMPLETE"))
    ]
    path = log(tmp_path, trace("a", *steps))
    assert read_events(path).event_count == 2
    assert read_events(path, lifecycle="complete").event_count == 1
    both = Columns(activity="concept:name+lifecycle:transition")
    assert read_events(path, columns=both).activities == ("x+COMPLETE", "x+start")


def test_properties_of_traces_with_few_values_are_segments(tmp_path: Path) -> None:
    traces = [
        trace(
            f"t{i}",
            event("x"),
            event("y", 1),
            extra=f'<string key="channel" value="{"phone" if i % 2 else "web"}"/>',
        )
        for i in range(6)
    ]
    sequences = read_events(log(tmp_path, *traces))
    assert sequences.segments["channel"].values == ("", "phone", "web")


def test_columns_that_come_late_and_line_breaks_do_no_harm(tmp_path: Path) -> None:
    late = '<string key="note" value="two&#10;lines, &quot;quoted&quot;"/>'
    read = read_all(
        log(tmp_path, trace("a", event("x"), event("y", 1, late), event("z", 2)))
    )
    assert read.sequences.activities == ("x", "y", "z")


def test_comments_and_globals_are_no_events(tmp_path: Path) -> None:
    scope = '<global scope="event"><string key="concept:name" value="none"/></global><classifier name="c" keys="concept:name"/>'
    path = log(
        tmp_path,
        scope,
        trace("a", "<!-- a comment -->", event("x", extra="<!-- b -->")),
    )
    assert read_events(path).activities == ("x",)
