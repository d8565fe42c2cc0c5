"""`read_events`: the same events give the same sequences, wherever they come from."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desirepath.events.read import read_all, read_events
from desirepath.events.schema import Columns, Constant
from desirepath.events.sequences import Sequences

ROWS = [
    ("NA", "u1", "home", "2024-01-02 10:00:00", "web"),
    ("007", "u2", "home", "2024-01-02 09:00:00", "ios"),
    ("NA", "u1", "buy", "2024-01-02 10:05:00", "web"),
    ("null", "u1", "home", "2024-01-03 10:00:00", "web"),
    ("007", "u2", "Köln, Dom", "2024-01-02 09:00:00", "ios"),
    ("null", "u1", 'say "hi"', "2024-01-03 10:00:01.500", "web"),
]
NAMES = ("session_id", "user_id", "event", "timestamp", "platform")
FRAME = {name: [row[i] for row in ROWS] for i, name in enumerate(NAMES)}


def lines(delimiter: str = ",") -> str:
    """The rows as CSV."""
    return str(pd.DataFrame(FRAME).to_csv(index=False, sep=delimiter))


def key(text: str) -> int:
    """Key of an id, as the contract says: first 60 bits of its md5."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def cases(sequences: Sequences, *names: str) -> dict[str, list[str]]:
    """Activities of each case by name."""
    known = {key(name): name for name in names}
    return {
        known[int(case)]: [
            sequences.activities[code]
            for code in sequences.codes[sequences.offsets[i] : sequences.offsets[i + 1]]
        ]
        for i, case in enumerate(sequences.case_keys)
    }


def arrays(sequences: Sequences) -> tuple[Any, ...]:
    """All that is compared."""
    return (
        sequences.activities,
        sequences.channels,
        sequences.offsets.tolist(),
        sequences.codes.tolist(),
        sequences.times_us.tolist(),
        sequences.case_keys.tolist(),
        sequences.customers.tolist(),
        {name: (s.values, s.codes.tolist()) for name, s in sequences.segments.items()},  # noqa: PD011 - no pandas
    )


def test_ids_that_look_like_nothing_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(lines(), encoding="utf-8")
    sequences = read_events(path)
    assert cases(sequences, "NA", "007", "null") == {
        "NA": ["home", "buy"],
        "007": ["home", "Köln, Dom"],
        "null": ["home", 'say "hi"'],
    }
    assert sequences.customers.tolist() == [
        key("u2" if case == key("007") else "u1") for case in sequences.case_keys
    ]
    assert sequences.segments["platform"].values == ("", "ios", "web")  # noqa: PD011 - no pandas


def write_csv(path: Path) -> Path:
    path = path / "shop.csv"
    path.write_text(lines(), encoding="utf-8")
    return path


def write_semicolons_in_windows_text(path: Path) -> Path:
    path = path / "shop.csv"
    path.write_bytes(lines(";").replace("\n", "\r\n").encode("cp1252"))
    return path


def write_utf16(path: Path) -> Path:
    path = path / "shop.txt"
    path.write_bytes(lines("\t").encode("utf-16"))
    return path


def write_bom(path: Path) -> Path:
    path = path / "shop.csv"
    path.write_bytes(b"\xef\xbb\xbf" + lines("|").encode())
    return path


def write_sep_line(path: Path) -> Path:
    path = path / "shop.csv"
    path.write_text("sep=;\n" + lines(";"), encoding="utf-8")
    return path


def write_gzip(path: Path) -> Path:
    path = path / "shop.tsv.gz"
    path.write_bytes(gzip.compress(lines("\t").encode()))
    return path


def write_parquet(path: Path) -> Path:
    path = path / "shop.parquet"
    table = pd.DataFrame(FRAME).assign(
        timestamp=pd.to_datetime(pd.Series(FRAME["timestamp"]), format="ISO8601")
    )
    pq.write_table(pa.Table.from_pandas(table), path)
    return path


def write_jsonl(path: Path) -> Path:
    path = path / "shop.jsonl"
    objects = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    path.write_text(
        "\n".join(json.dumps(o, ensure_ascii=False) for o in objects), encoding="utf-8"
    )
    return path


def write_json_array(path: Path) -> Path:
    path = path / "shop.json"
    path.write_text(json.dumps([dict(zip(NAMES, row, strict=True)) for row in ROWS]))
    return path


def write_folder(path: Path) -> Path:
    path = path / "shop[1]"
    path.mkdir()
    head, *body = lines().splitlines(keepends=True)
    (path / "a.csv").write_text(head + "".join(body[:2]), encoding="utf-8")
    (path / "b?.csv").write_text(head + "".join(body[2:]), encoding="utf-8")
    return path


def write_parquet_folder(path: Path) -> Path:
    whole = pq.read_table(write_parquet(path))
    (path / "shop.parquet").unlink()
    (path / "parts").mkdir()
    pq.write_table(whole.slice(0, 2), path / "parts" / "1.parquet")
    pq.write_table(whole.slice(2), path / "parts" / "2.parquet")
    return path / "parts"


def write_parquet_with_row_numbers(path: Path) -> Path:
    whole = pq.read_table(write_parquet(path))
    named = whole.append_column("file_row_number", pa.array(range(len(ROWS))))
    pq.write_table(
        named.append_column("rowid", pa.array([7] * len(ROWS))), path / "shop.parquet"
    )
    return path / "shop.parquet"


WRITERS = [
    write_parquet_folder,
    write_parquet_with_row_numbers,
    write_semicolons_in_windows_text,
    write_utf16,
    write_bom,
    write_sep_line,
    write_gzip,
    write_parquet,
    write_jsonl,
    write_json_array,
    write_folder,
]


@pytest.mark.parametrize("write", WRITERS)
def test_every_kind_of_file_gives_the_same_sequences(
    write: Any, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    expected = read_events(write_csv(tmp_path / "other"))
    assert arrays(read_events(write(tmp_path))) == arrays(expected)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(FRAME),
        pl.DataFrame(FRAME),
        pa.table(FRAME),
        {name: np.array(column, dtype=object) for name, column in FRAME.items()},
        {name: np.array(column) for name, column in FRAME.items()},
    ],
    ids=["pandas", "polars", "pyarrow", "numpy-objects", "numpy-texts"],
)
def test_every_kind_of_frame_gives_the_same_sequences(
    frame: Any, tmp_path: Path
) -> None:
    assert arrays(read_events(frame)) == arrays(read_events(write_csv(tmp_path)))


def test_a_stream_that_can_be_read_once_is_enough(tmp_path: Path) -> None:
    reader = pa.RecordBatchReader.from_batches(
        pa.table(FRAME).schema, pa.table(FRAME).to_batches()
    )
    assert arrays(read_events(reader)) == arrays(read_events(write_csv(tmp_path)))


def test_the_key_of_a_case_is_the_first_60_bits_of_its_md5() -> None:
    sequences = read_events(pa.table(FRAME))
    assert sorted(sequences.case_keys.tolist()) == sorted(
        map(key, ("NA", "007", "null"))
    )
    assert sequences.case_keys.tolist() == sorted(sequences.case_keys.tolist())


def test_rows_decide_the_order_of_one_moment() -> None:
    frame = {
        "case_id": np.array(["a", "a", "a"]),
        "activity": np.array(["z", "b", "a"]),
        "timestamp": np.array(["2024-01-01"] * 3),
    }
    assert cases(read_events(frame), "a") == {"a": ["z", "b", "a"]}


def test_a_sequence_number_decides_before_rows() -> None:
    frame = {
        "case_id": np.array(["a", "a", "a"]),
        "activity": np.array(["z", "b", "a"]),
        "timestamp": np.array(["2024-01-01"] * 3),
        "sequence": np.array([30, 4, 10]),
    }
    assert cases(read_events(frame), "a") == {"a": ["b", "a", "z"]}


def test_exact_duplicates_are_dropped_and_counted_but_rows_that_differ_are_kept() -> (
    None
):
    frame = {
        "case_id": np.array(["a", "a", "a"]),
        "activity": np.array(["home"] * 3),
        "timestamp": np.array(["2024-01-01"] * 3),
        "amount": np.array([1, 1, 2]),
    }
    read = read_all(frame)
    assert (read.sequences.event_count, read.loaded.duplicate_count) == (2, 1)
    assert read_events(frame, keep_duplicates=True).event_count == 3


def test_missing_values_are_left_out_with_their_reason() -> None:
    frame = {
        "case_id": np.array(["a", "", None, "a", "a", *["b"] * 20], dtype=object),
        "activity": np.array(
            ["home", "home", "home", None, "lost", *["x"] * 20], dtype=object
        ),
        "timestamp": np.array(
            ["2024-01-01"] * 4 + ["soon"] + [f"2024-02-{d:02d}" for d in range(1, 21)]
        ),
    }
    read = read_all(frame)
    assert read.loaded.dropped == {
        "no case": 2,
        "no activity": 1,
        "no time that can be read": 1,
    }
    assert read.sequences.activities == ("home", "x")


def test_the_same_activity_in_two_channels_has_two_codes() -> None:
    frame = {
        "case_id": np.array(["a", "a", "a"]),
        "activity": np.array(["ask", "ask", "pay"]),
        "timestamp": np.array(["2024-01-01", "2024-01-02", "2024-01-03"]),
        "channel": np.array(["phone", "chat", ""]),
    }
    sequences = read_events(frame)
    assert list(zip(sequences.activities, sequences.channels, strict=True)) == [
        ("ask", "chat"),
        ("ask", "phone"),
        ("pay", ""),
    ]
    assert sequences.codes.tolist() == [1, 0, 2]


def test_more_than_65536_activities_get_wider_codes() -> None:
    count = 70_000
    frame = {
        "case_id": np.array(["a"] * count),
        "activity": np.array([f"page {i:05d}" for i in range(count)]),
        "timestamp": np.arange(count) + 1_700_000_000,
    }
    sequences = read_events(frame)
    assert sequences.codes.dtype == np.uint32
    assert sequences.codes.tolist() == list(range(count))


def test_a_zone_is_applied_to_times_without_offset() -> None:
    frame = {
        "case_id": np.array(["a", "a"]),
        "activity": np.array(["x", "y"]),
        "timestamp": np.array(["2024-03-31 01:30", "2024-03-31 03:30"]),
    }
    sequences = read_events(frame, zone="Europe/Berlin")
    assert np.diff(sequences.times_us).tolist() == [3_600_000_000]
    assert sequences.source["zone"] == "Europe/Berlin (given)"


def test_offsets_in_the_data_win_over_a_zone() -> None:
    frame = {
        "case_id": np.array(["a", "a"]),
        "activity": np.array(["x", "y"]),
        "timestamp": np.array(["2024-03-31T01:30:00+02:00", "2024-03-30T23:30:00Z"]),
    }
    assert np.diff(read_events(frame, zone="Asia/Tokyo").times_us).tolist() == [0]


def test_a_few_offsets_among_clock_times_are_respected() -> None:
    frame = {
        "case_id": np.array(["a", "b"]),
        "activity": np.array(["x", "y"]),
        "timestamp": np.array(["2024-01-01T12:00:00+02:00", "2024-01-01 12:00:00"]),
    }
    times = read_events(frame, zone="America/New_York").times_us
    assert sorted(times.tolist()) == [1_704_103_200_000_000, 1_704_128_400_000_000]


@pytest.mark.parametrize(
    ("texts", "time_format"),
    [
        (["13/04/2024 10:00", "03/04/2024 11:00"], None),
        (["04/13/2024 10:00", "04/03/2024 11:00"], None),
        (["03/04/2024 11:00", "04/04/2024 10:00"], "day-first"),
        (["13.04.2024 10:00", "03.04.2024 11:00"], None),
        (["13|04|2024", "03|04|2024"], "%d|%m|%Y"),
    ],
)
def test_day_and_month_are_told_apart(
    texts: list[str], time_format: str | None
) -> None:
    frame = {
        "case_id": np.array(["a", "b"]),
        "activity": np.array(["x", "y"]),
        "timestamp": np.array(texts),
    }
    sequences = read_events(
        frame, columns=Columns(time="timestamp"), time_format=time_format
    )
    days = sorted((sequences.times_us // 86_400_000_000).tolist())
    assert days[0] == 19_816  # 3 April 2024


@pytest.mark.parametrize(
    "column",
    [
        np.array([1_704_103_200, 1_704_103_201]),
        np.array([1_704_103_200_000, 1_704_103_201_000]),
        np.array([1_704_103_200_000_000, 1_704_103_201_000_000]),
        np.array([1_704_103_200.0, 1_704_103_201.0]),
        np.array(["1704103200", "1704103201"]),
        np.array(["1704103200.000", "1704103201.000"]),
        np.array(
            ["2024-01-01T10:00:00", "2024-01-01T10:00:01"], dtype="datetime64[ns]"
        ),
    ],
    ids=str,
)
def test_counts_since_1970_are_read_in_their_unit(column: Any) -> None:
    frame = {
        "case_id": np.array(["a", "a"]),
        "activity": np.array(["x", "y"]),
        "timestamp": column,
    }
    assert read_events(frame).times_us.tolist() == [
        1_704_103_200_000_000,
        1_704_103_201_000_000,
    ]


def test_a_gap_cuts_the_events_of_a_customer_not_of_a_session() -> None:
    sequences = read_events(pa.table(FRAME), gap="1h")
    assert sorted(sequences.lengths.tolist()) == [2, 2, 2]
    assert len(set(sequences.customers.tolist())) == 2
    assert read_events(pa.table(FRAME), gap="7d").case_count == 2


def test_a_goal_ends_a_case() -> None:
    frame = {
        "case_id": np.array(["a"] * 4),
        "activity": np.array(["home", "buy", "home", "buy"]),
        "timestamp": np.arange(4) + 1_700_000_000,
    }
    assert read_events(frame, ends_with="buy").lengths.tolist() == [2, 2]


def test_constants_and_joined_columns_play_roles() -> None:
    frame = {
        "shop": np.array(["a", "a"]),
        "order": np.array(["1", "2"]),
        "what": np.array(["pay", "pay"]),
        "how": np.array(["card", ""]),
        "when": np.array(["2024-01-01", "2024-01-02"]),
    }
    columns = Columns(
        case="shop+order", activity="what+how", channel=Constant("till"), time="when"
    )
    sequences = read_events(frame, columns=columns)
    assert sequences.activities == ("pay", "pay+card")
    assert sequences.channels == ("till", "till")
    assert sorted(sequences.case_keys.tolist()) == sorted([key("a+1"), key("a+2")])


def test_order_alone_is_enough_if_the_user_says_so() -> None:
    frame = {
        "case_id": np.array(["b", "a", "b"]),
        "activity": np.array(["x", "y", "x"]),
    }
    sequences = read_events(frame, columns=Columns(time="none"))
    assert (sequences.has_times, sequences.end_us, sequences.event_count) == (
        False,
        0,
        3,
    )
    assert cases(sequences, "a", "b") == {"a": ["y"], "b": ["x", "x"]}


def test_a_column_that_changes_within_cases_is_no_segment() -> None:
    count = 40
    frame = {
        "case_id": np.repeat([f"c{i}" for i in range(count // 2)], 2),
        "activity": np.tile(["home", "buy"], count // 2),
        "timestamp": np.arange(count) + 1_700_000_000,
        "device": np.tile(["phone", "desk"], count // 2),
        "region": np.repeat(["north", "south"], count // 2),
    }
    assert list(read_events(frame).segments) == ["region"]
    both = read_events(frame, columns=Columns(segments=("device", "region")))
    assert list(both.segments) == ["device", "region"]
    assert not read_events(frame, columns=Columns(segments=())).segments
