"""Recognition: exports people have, headers in their language, and questions instead of guesses."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from desirepath.errors import EventsError
from desirepath.events.fingerprints import FINGERPRINTS, recognize_export
from desirepath.events.recognize import inspect_events

COUNT = 40
IDS = [f"{i // 4:04x}" for i in range(COUNT)]
PEOPLE = [f"p{i // 8}" for i in range(COUNT)]
LABELS = ["home", "search", "product", "buy"] * (COUNT // 4)
ISO = [f"2024-03-{1 + i // 24:02d} {i % 24:02d}:00:00" for i in range(COUNT)]
SECONDS = [1_709_251_200 + 60 * i for i in range(COUNT)]
MICROS = [value * 1_000_000 for value in SECONDS]

EXPORTS: dict[str, tuple[dict[str, list[Any]], dict[str, str]]] = {
    "GA4 export": (
        {
            "event_date": ["20240301"] * COUNT,
            "event_timestamp": MICROS,
            "event_name": LABELS,
            "user_pseudo_id": IDS,
        },
        {"case": "user_pseudo_id", "activity": "event_name", "time": "event_timestamp"},
    ),
    "Segment or RudderStack tracks": (
        {
            "id": [str(i) for i in range(COUNT)],
            "anonymous_id": IDS,
            "received_at": ISO,
            "sent_at": ISO,
            "event": LABELS,
            "event_text": LABELS,
            "timestamp": ISO,
        },
        {
            "case": "anonymous_id",
            "customer": "anonymous_id",
            "activity": "event_text",
            "time": "timestamp",
        },
    ),
    "Snowplow atomic events": (
        {
            "collector_tstamp": ISO,
            "event_id": [str(i) for i in range(COUNT)],
            "domain_userid": PEOPLE,
            "domain_sessionid": IDS,
            "event_name": LABELS,
            "derived_tstamp": ISO,
        },
        {
            "case": "domain_sessionid",
            "customer": "domain_userid",
            "activity": "event_name",
            "time": "derived_tstamp",
        },
    ),
    "PostHog export": (
        {
            "uuid": [str(i) for i in range(COUNT)],
            "event": LABELS,
            "distinct_id": PEOPLE,
            "timestamp": ISO,
            "$session_id": IDS,
        },
        {
            "case": "$session_id",
            "customer": "distinct_id",
            "activity": "event",
            "time": "timestamp",
        },
    ),
    "Amplitude export": (
        {
            "amplitude_id": [i // 4 for i in range(COUNT)],
            "event_type": LABELS,
            "event_time": ISO,
            "user_id": PEOPLE,
        },
        {
            "case": "amplitude_id",
            "customer": "amplitude_id",
            "activity": "event_type",
            "time": "event_time",
        },
    ),
    "Mixpanel raw export": (
        {"event": LABELS, "properties.distinct_id": IDS, "properties.time": SECONDS},
        {
            "case": "properties.distinct_id",
            "activity": "event",
            "time": "properties.time",
        },
    ),
    "Matomo visit actions": (
        {
            "idlink_va": list(range(COUNT)),
            "idvisit": [i // 4 for i in range(COUNT)],
            "idvisitor": PEOPLE,
            "server_time": ISO,
            "idaction_name": LABELS,
        },
        {
            "case": "idvisit",
            "customer": "idvisitor",
            "activity": "idaction_name",
            "time": "server_time",
        },
    ),
    "Adobe Analytics data feed": (
        {
            "post_visid_high": IDS,
            "post_visid_low": IDS,
            "visit_num": [1] * COUNT,
            "hit_time_gmt": SECONDS,
            "post_pagename": LABELS,
        },
        {
            "case": "post_visid_high+post_visid_low+visit_num",
            "customer": "post_visid_high+post_visid_low",
            "activity": "post_pagename",
            "time": "hit_time_gmt",
        },
    ),
    "Salesforce case history": (
        {
            "CaseId": IDS,
            "Field": ["Status"] * COUNT,
            "OldValue": LABELS,
            "NewValue": LABELS,
            "CreatedDate": ISO,
        },
        {"case": "CaseId", "activity": "Field+NewValue", "time": "CreatedDate"},
    ),
    "XES": (
        {
            "case:concept:name": IDS,
            "concept:name": LABELS,
            "time:timestamp": ISO,
            "org:resource": PEOPLE,
        },
        {
            "case": "case:concept:name",
            "activity": "concept:name",
            "time": "time:timestamp",
        },
    ),
    "a table of events": (
        {
            "Vorgangs-ID": IDS,
            "Kundennummer": PEOPLE,
            "Aktivität": LABELS,
            "Zeitstempel": ISO,
            "Kanal": ["Web"] * COUNT,
        },
        {
            "case": "Vorgangs-ID",
            "customer": "Kundennummer",
            "activity": "Aktivität",
            "time": "Zeitstempel",
            "channel": "Kanal",
        },
    ),
}


def roles(frame: dict[str, list[Any]]) -> tuple[str, dict[str, str]]:
    """Kind of export and column by role."""
    seen = inspect_events(pa.table(frame))
    table = seen.tables[0]
    return table.looks_like, {
        c.role: c.column for c in table.roles if c.role != "segment"
    }


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_recognized_with_its_columns(name: str) -> None:
    frame, expected = EXPORTS[name]
    kind, found = roles(frame)
    assert kind == name
    assert {role: found.get(role) for role in expected} == expected


@pytest.mark.parametrize("name", EXPORTS)
def test_order_and_capitals_of_columns_do_not_matter(name: str) -> None:
    frame, expected = EXPORTS[name]
    turned = {column.upper(): frame[column] for column in reversed(frame)}
    kind, found = roles(turned | {"Extra Column": list(range(COUNT))})
    assert kind == name
    assert {role: found.get(role) for role in expected} == {
        role: column.upper() for role, column in expected.items()
    }


def test_no_kind_of_export_hides_a_more_special_one() -> None:
    for fingerprint in FINGERPRINTS:
        assert recognize_export(fingerprint.required)[0] == fingerprint


UNRELATED = [
    {"name": ["Ann", "Bob"], "age": [3, 4]},
    {"product": LABELS, "price": list(range(COUNT)), "stock": [1] * COUNT},
    {
        "country": LABELS,
        "year": [2019 + i % 4 for i in range(COUNT)],
        "gdp": [1.5] * COUNT,
    },
    {"id": IDS, "text": LABELS, "score": [1] * COUNT},
    {"date": ISO, "temperature": [1.0] * COUNT, "station": LABELS},
    {
        "mql_id": [str(i) for i in range(COUNT)],
        "first_contact": ISO,
        "landing_page_id": [f"x{i % 25}" for i in range(COUNT)],
        "origin": LABELS,
    },
    {"order_id": IDS, "amount": [1] * COUNT, "paid_at": ISO},
]


@pytest.mark.parametrize("frame", UNRELATED, ids="-".join)
def test_a_table_that_holds_no_events_is_a_question_not_a_guess(
    frame: dict[str, list[Any]],
) -> None:
    with pytest.raises(EventsError) as caught:
        inspect_events(pa.table(frame))
    assert caught.value.code in ("E220", "E221", "E222")
    for column in list(frame)[:8]:
        assert column in str(caught.value)


def test_a_session_is_the_case_and_the_user_the_customer() -> None:
    _, found = roles(
        {"user_id": PEOPLE, "session_id": IDS, "event": LABELS, "timestamp": ISO}
    )
    assert (found["case"], found["customer"]) == ("session_id", "user_id")


def test_a_source_of_visitors_is_no_channel_of_events() -> None:
    frame = {
        "session_id": IDS,
        "event": LABELS,
        "timestamp": ISO,
        "source": LABELS,
        "acquisition_channel": LABELS,
    }
    assert "channel" not in roles(frame)[1]


def test_what_was_chosen_is_said_with_what_else_would_do() -> None:
    frame = {"session_id": IDS, "event": LABELS, "timestamp": ISO, "created_at": ISO}
    table = inspect_events(pa.table(frame)).tables[0]
    time = next(choice for choice in table.roles if choice.role == "time")
    assert (time.column, time.why, time.others) == (
        "timestamp",
        "its name",
        ("created_at",),
    )


def test_an_inspection_is_plain_data() -> None:
    seen = inspect_events(
        {
            "session_id": np.array(["a", "a", "a", "b"]),
            "user_id": np.array(["u", "u", "u", "u"]),
            "event": np.array(["home", "buy", "buy", "home"]),
            "timestamp": np.array(
                [
                    "2024-01-02 10:00",
                    "2024-01-02 10:05",
                    "2024-01-02 10:05",
                    "2024-01-05 09:00",
                ]
            ),
        }
    )
    data = json.loads(json.dumps(seen.to_dict()))
    del data["tables"]
    assert data == {
        "row_count": 4,
        "event_count": 3,
        "dropped": {"exact duplicates": 1},
        "case_count": 2,
        "customer_count": 1,
        "activity_count": 2,
        "duplicate_count": 1,
        "duplicates_kept": False,
        "tie_count": 0,
        "tie_rule": "order of the rows",
        "backward_count": 0,
        "newest_first": False,
        "silence_s": 255_300.0,
        "silence_from_us": 1_704_189_900_000_000,
        "empty_day_count": 2,
        "from_us": 1_704_189_600_000_000,
        "to_us": 1_704_445_200_000_000,
        "implausible_count": 0,
        "bot_cases": [],
        "bot_count": 0,
        "bots_dropped": False,
        "longest_case": 2,
        "median_case": 1.5,
        "top_activities": [
            {"activity": "home", "count": 2},
            {"activity": "buy", "count": 1},
        ],
        "channels": [],
        "segments": {},
        "rules": {},
        "has_times": True,
        "names": [],
        "identity": None,
    }


def test_bots_are_named_and_dropped_only_on_request() -> None:
    frame = {
        "session_id": np.array(["bot"] * 600 + IDS),
        "event": np.array(["hit"] * 600 + LABELS),
        "timestamp": np.array(
            [1_709_000_000_000 + i for i in range(600)] + [s * 1000 for s in SECONDS]
        ),
    }
    seen = inspect_events(frame)
    assert (seen.bot_cases, seen.bot_count, seen.case_count) == (("bot",), 1, 11)
    gone = inspect_events(frame, drop_bots=True)
    assert (gone.case_count, gone.dropped) == (10, {"cases of bots": 600})
