"""Names without queries and ids: nothing more is found in them, and the engine reads the rules as Python does."""

from __future__ import annotations

from pathlib import Path

import duckdb  # noqa: TID251 - reads the rules as the engine does
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.errors import EventsError
from desirepath.events.engine.contract import DUCKDB
from desirepath.events.engine.dialects import DIALECTS
from desirepath.events.names import take_ids
from desirepath.events.plain_names import plain_name
from desirepath.events.read import read_all, read_events, tell_backstage
from desirepath.events.refresh import refresh_events
from desirepath.events.treatment import Treatment

UUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
# pieces of names that meet in every way
PIECES = st.sampled_from(
    [
        *("/", "?", "#", "!", "http:/", "https://", "a", "G", "12", "123", "12345"),
        *("deadbeef", "abc1", "*", "-", "@", "x.de", "b@c.de", UUID, "\n", "é", " "),
    ]
)
NAMES = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("/cart?step=2", "/cart"),
        ("/cart#total", "/cart"),
        ("/app#/cart?x=1", "/app#/cart"),
        ("https://shop.example/p/123/a?x=/y#z", "https://shop.example/p/*/a"),
        ("/a/123/456/789", "/a/*/*/*"),
        ("/step/2", "/step/2"),
        (f"/order/{UUID}/pay", "/order/*/pay"),
        ("mail to ann@shop.example sent", "mail to * sent"),
        ("basket 5f3a9c1b-77aa0012 opened", "basket *-* opened"),
        ("call 0123456789", "call *"),
        ("What now? Pay", "What now? Pay"),
        ("decade of facade", "decade of facade"),
    ],
)
def test_ids_and_queries_go_and_words_stay(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(NAMES)
def test_a_plain_name_is_its_own_plain_name(name: str) -> None:
    once = plain_name(name)
    assert plain_name(once) == once
    assert bool(once) == bool(name)


@settings(deadline=None, max_examples=15)
@given(st.lists(NAMES, min_size=1, max_size=20))
def test_the_engine_gives_the_names_that_python_gives(names: list[str]) -> None:
    plain = DUCKDB.plain_name("name")
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT {plain} FROM (SELECT UNNEST(?::VARCHAR[]) AS name)",  # noqa: S608 - rules of ours
            [names],
        ).fetchall()
    assert [row[0] for row in found] == [plain_name(name) for name in names]


def test_every_dialect_writes_groups_in_its_own_way() -> None:
    texts = {name: dialect.plain_name("x")[-60:] for name, dialect in DIALECTS.items()}
    assert texts["sqlite"] == "desirepath_plain(x)"
    assert texts["postgres"].endswith(r"'/*\1', 'g'), '[*][*]+', '*', 'g')")
    assert texts["clickhouse"].endswith(r"'/*\\1'), '[*][*]+', '*')")
    assert texts["trino"].endswith("'/*$1'), '[*][*]+', '*')")


FRAME = {
    "session_id": np.array(["a", "a", "a", "b", "b"]),
    "event": np.array(["/p/123?x=1", "/p/77123", "pay", "/p/555", "/p/9"]),
    "timestamp": np.array([f"2024-01-01 10:0{minute}" for minute in range(5)]),
    "by": np.array(["bot", "bot", "Ann", "bot", "Ann"]),
}


def test_events_are_read_by_their_plain_names_and_it_is_told() -> None:
    reading = read_all(FRAME, without_ids=True)
    assert reading.sequences.activities == ("/p/*", "/p/9", "pay")
    assert reading.sequences.codes.tolist() == [0, 0, 2, 0, 1]
    assert reading.sequences.account == (
        Treatment("ids", "", 3, 2, "activities", 5, 3),
    )
    assert reading.rules["ids"] == (
        "taken out of the names of 3 events, 5 names became 3"
    )


def test_names_given_by_rules_are_rules_of_plain_names() -> None:
    found = read_events(
        FRAME, without_ids=True, names=[("/p/[*]", "odd"), ("/p/?", "product")]
    )
    assert found.activities == ("pay", "product")


def test_what_a_column_tells_is_told_of_plain_names() -> None:
    assert tell_backstage(FRAME, "by=bot", without_ids=True).majority == ("/p/*",)


def test_a_store_gives_plain_names_whenever_they_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    lines = zip(*(FRAME[name] for name in FRAME), strict=True)
    file.write_text("\n".join([",".join(FRAME), *map(",".join, lines)]) + "\n")
    refresh_events(tmp_path / "raw", file)
    refresh_events(tmp_path / "plain", file, without_ids=True)
    late = read_all(tmp_path / "raw", without_ids=True).sequences
    early = read_all(tmp_path / "plain").sequences
    whole = read_all(file, without_ids=True).sequences
    for found in (late, early):
        assert found.activities == whole.activities
        assert found.codes.tolist() == whole.codes.tolist()
    assert late.account == whole.account
    # names before are not kept in a store that holds plain ones
    assert early.account == (Treatment("ids", "", 3),)


def test_taking_ids_out_of_sequences_is_the_same_as_reading_without_them() -> None:
    whole = read_events(FRAME)
    plain, taken = take_ids(whole)
    read = read_events(FRAME, without_ids=True)
    assert plain.activities == read.activities
    assert plain.codes.tolist() == read.codes.tolist()
    assert (taken.names_before, taken.names_after) == (5, 3)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "/p/{}?session=1",
            "Take ids and queries out of their names with --without-ids, or choose another column with --activity.",
        ),
        ("word {:,}x", "Choose a column with fewer values with --activity."),
    ],
)
def test_too_many_activities_are_refused_with_what_would_help(
    monkeypatch: pytest.MonkeyPatch, text: str, hint: str
) -> None:
    monkeypatch.setattr("desirepath.events.loader.MAX_ACTIVITIES", 50)
    count = 200
    frame = {
        "session_id": np.array(["a"] * count),
        "event": np.array([text.format(10_000 + n) for n in range(count)]),
        "timestamp": np.arange(count) + 1_700_000_000,
    }
    with pytest.raises(EventsError) as error:
        read_events(frame)
    assert str(error.value) == (
        f"the table: there are more than 50 different activities [E249]\n  {hint}"
    )
    if "?" in text:
        assert read_events(frame, without_ids=True).activities == ("/p/*",)


def test_many_activities_that_differ_in_ids_are_warned_of() -> None:
    count = 1_200
    frame = {
        "session_id": np.array(["a"] * count),
        "event": np.array([f"/p/{10_000 + n}" for n in range(count)]),
        "timestamp": np.arange(count) + 1_700_000_000,
    }
    assert read_all(frame).warnings() == (
        (
            "WARNING: 1,200 different activities, most of which differ in ids only. "
            "--without-ids takes ids and queries out of their names; desirepath events names suggests rules."
        ),
    )
    assert read_all(frame, without_ids=True).warnings() == ()
    frame["event"] = np.array([f"w{n}" for n in range(count)])
    assert read_all(frame).warnings() == ()
