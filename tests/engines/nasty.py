"""One table with everything that engines treat differently, and what plain Python makes of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TypeAlias

import numpy as np

from desirepath.events.schema import Columns
from desirepath.events.sequences import Sequences

Row: TypeAlias = tuple[
    str | None, str | None, str | None, datetime | None, str | None, int | None, str
]
# names that need quotes, that are words of SQL, that are called as our own tables are
CASE, WHO, WHAT, WHEN, WHERE, ORDER, KIND = (
    'case "id"',
    "select",
    "Aktivität; --",
    "time`s up",
    "m",
    "c",
    "events",
)
COLUMNS = (CASE, WHO, WHAT, WHEN, WHERE, ORDER, KIND)
START = datetime(2024, 3, 30, 22, 0, 0)  # noqa: DTZ001 - clocks of Paris go forward in the night after
LONG = 100_000


def rows(long: int = LONG) -> list[Row]:
    """The table, in no order."""
    rng = np.random.default_rng(11)
    names = [
        "look",
        "Look",
        "straße",
        "İstanbul",
        "NA",
        "null",
        " pay ",
        "pay",
        "a'b\"c",
        "買う",
    ]
    places = ["web", "", None, "Ärzte", "WEB"]
    found: list[Row] = []
    for number in range(3_000):
        case = (
            f"case {int(rng.integers(0, 400))}"
            if number % 50
            else [None, "", "\u00e9", "e\u0301"][number // 50 % 4]
        )
        kind = f"k{sum(map(ord, case)) % 3}" if case else "k0"
        moment = START + timedelta(
            seconds=int(rng.integers(0, 40_000)),
            microseconds=int(rng.integers(0, 3)) * 333_333,
        )
        found.append(
            (
                case,
                f"who {sum(map(ord, case)) % 90}" if case and number % 7 else None,
                names[int(rng.integers(0, len(names)))]
                if number % 41
                else [None, ""][number % 2],
                moment if number % 53 else None,
                places[int(rng.integers(0, len(places)))],
                int(rng.integers(0, 3)) if number % 11 else None,
                kind,
            )
        )
    found += [found[index] for index in range(0, 600, 3)]  # exact duplicates
    # ties of one case that only the sequence, then the name decides
    found += [
        ("tie", None, name, START, "web", order, "k1")
        for order in (2, 1, 1)
        for name in ("z", "a", "Z")
    ]
    found += [
        (
            "long",
            "who 1",
            names[n % 3],
            START + timedelta(seconds=n // 3),
            "web",
            None,
            "k2",
        )
        for n in range(long)
    ]
    # long before 1970, and far ahead
    found += [("old", None, "look", datetime(1900, 1, 1, 0, 0, 0, 1), None, 0, "k0")]  # noqa: DTZ001
    found += [
        (
            "new",
            None,
            "look",
            datetime(2199, 12, 31, 23, 59, 59, 999_999),  # noqa: DTZ001
            None,
            0,
            "k0",
        )
    ]
    order = rng.permutation(len(found))
    return [found[index] for index in order.tolist()]


def key_of(text: str) -> int:
    """First 60 bits of md5."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def micros_of(moment: datetime) -> int:
    """Microseconds since 1970 of a time without zone, as if UTC."""
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )


def oracle(table: list[Row]) -> str:
    """Digest of what the contract says, without any engine or array."""
    used = [row for row in table if row[0] and row[2] and row[3]]
    pairs = sorted({((row[2] or "").strip(), row[4] or "") for row in used})
    codes = {pair: code for code, pair in enumerate(pairs)}
    events = sorted(
        {
            (
                key_of(row[0] or ""),
                micros_of(row[3] or START),
                row[5] or 0,
                codes[(row[2] or "").strip(), row[4] or ""],
            )
            for row in used
        }
    )
    of_case = {key_of(row[0]): row for row in table if row[0]}
    customers: dict[int, str] = {}
    for row in table:
        if row[0] and row[1]:
            key = key_of(row[0])
            customers[key] = min(customers.get(key, row[1]), row[1])
    lengths = Counter(event[0] for event in events)
    keys = sorted(lengths)
    kinds = ["", *sorted({row[6] for row in table})]
    return _digest(
        [f"{activity}@{channel}" for activity, channel in pairs],
        [0, *accumulate(lengths[key] for key in keys)],
        [event[3] for event in events],
        [event[1] for event in events],
        keys,
        [key_of(customers[key]) if key in customers else key for key in keys],
        [kinds.index(of_case[key][6]) for key in keys],
    )


def digest(sequences: Sequences) -> str:
    """Digest of everything that sequences hold."""
    return _digest(
        [
            f"{activity}@{channel}"
            for activity, channel in zip(
                sequences.activities, sequences.channels, strict=True
            )
        ],
        sequences.offsets.tolist(),
        sequences.codes.tolist(),
        sequences.times_us.tolist(),
        sequences.case_keys.tolist(),
        sequences.customers.tolist(),
        sequences.segments[KIND].codes.tolist(),
    )


def _digest(names: list[str], *columns: list[int]) -> str:
    whole = hashlib.sha256("\n".join(names).encode())
    for column in columns:
        whole.update(np.array(column, dtype="<i8").tobytes())
    return whole.hexdigest()[:32]


ROLES = Columns(
    case=CASE,
    customer=WHO,
    activity=WHAT,
    time=WHEN,
    channel=WHERE,
    sequence=ORDER,
    segments=(KIND,),
)
