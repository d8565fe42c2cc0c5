"""Whatever ids, names and values hold, they are only text."""

from __future__ import annotations

import hashlib

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desirepath.events.read import read_events
from desirepath.events.schema import Columns


def key(text: str) -> int:
    """Key of an id, as the contract says: first 60 bits of its md5."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
EVENT = st.tuples(TEXT, TEXT, st.integers(0, 2_000_000_000))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(EVENT, min_size=1, max_size=30))
def test_any_texts_come_through_as_plain_python_would_group_them(
    events: list[tuple[str, str, int]],
) -> None:
    frame = pa.table(
        {
            "case_id": [case for case, _, _ in events],
            "activity": [activity for _, activity, _ in events],
            "timestamp": pa.array([time for _, _, time in events], pa.timestamp("s")),
        }
    )
    expected: dict[int, list[tuple[int, str]]] = {}
    for case, activity, time in events:
        expected.setdefault(key(case), []).append(
            (time * 1_000_000, activity.strip() or activity)
        )
    grouped = {
        case: sorted(rows, key=lambda row: row[0]) for case, rows in expected.items()
    }
    sequences = read_events(
        frame,
        columns=Columns(case="case_id", activity="activity", time="timestamp"),
        keep_duplicates=True,
    )
    found = {
        int(case): [
            (int(sequences.times_us[j]), sequences.activities[sequences.codes[j]])
            for j in range(sequences.offsets[i], sequences.offsets[i + 1])
        ]
        for i, case in enumerate(sequences.case_keys)
    }
    assert found == grouped


HOSTILE = st.text(
    st.sampled_from(
        [
            '"',
            "'",
            "`",
            "]",
            ";",
            "-",
            "\\",
            "%",
            "{",
            "}",
            "x",
            "é",
            "\u202e",
            "\t",
            " ",
        ]
    ),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() != "")


@settings(max_examples=12, deadline=None)
@given(name=HOSTILE, value=HOSTILE)
def test_hostile_names_and_values_are_only_text(name: str, value: str) -> None:
    frame = pa.table({"case_id": ["a"], name: [value], "when": ["2024-01-01"]})
    columns = Columns(case="case_id", activity=name, time="when")
    if "+" in name:
        return
    assert read_events(frame, columns=columns).activities == (value.strip(),)
