"""Times as people write them, zones and durations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.errors import EventsError
from desirepath.events.times import (
    duration_us,
    given_rule,
    recognize_times,
    zone_named,
    zone_steps,
)

MOMENT = datetime(2019, 11, 23, 13, 11, 19, 120_000, tzinfo=UTC)
HOUR_US = 3_600_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-11-23", "iso"),
        ("2019-11-23T13:11", "iso"),
        ("2019-11-23 13:11:19.120", "iso"),
        ("2019/11/23 13:11:19.000", "iso"),
        ("2019-11-23T13:11:19.120Z", "iso"),
        ("2019-11-23T13:11:19+02:00", "iso"),
        ("2019-11-23T13:11:19+0200", "%Y-%m-%dT%H:%M:%S%z"),
        ("2019-11-23 13:11:19 UTC", "%Y-%m-%d %H:%M:%S UTC"),
        ("23.11.2019 13:11", "%d.%m.%Y %H:%M"),
        ("23.11.19", "%d.%m.%y"),
        ("23/11/2019 13:11:19", "%d/%m/%Y %H:%M:%S"),
        ("11/23/2019 1:11 PM", "%m/%d/%Y %I:%M %p"),
        ("23-11-2019 13:11", "%d-%m-%Y %H:%M"),
        ("23 Nov 2019 13:11", "%d %b %Y %H:%M"),
        ("23-Nov-2019", "%d-%b-%Y"),
        ("Nov 23, 2019 1:11 PM", "%b %d, %Y %I:%M %p"),
        ("November 23, 2019", "%B %d, %Y"),
        ("Sat, 23 Nov 2019 13:11:19 +0000", "%a, %d %b %Y %H:%M:%S %z"),
        ("23/Nov/2019:13:11:19 +0000", "%d/%b/%Y:%H:%M:%S %z"),
        ("20191123", "%Y%m%d"),
        ("20191123T131119", "%Y%m%dT%H%M%S"),
        ("1574514679", "seconds since 1970"),
        ("1574514679.12", "seconds since 1970"),
        ("1574514679120", "milliseconds since 1970"),
        ("1574514679120000", "microseconds since 1970"),
        ("1574514679120000000", "nanoseconds since 1970"),
    ],
)
def test_a_way_of_writing_times_is_recognized(text: str, expected: str) -> None:
    rule, share = recognize_times([text])
    assert rule is not None
    assert (rule.kind if rule.kind == "iso" else rule.described()) == expected
    assert share == 1.0


@pytest.mark.parametrize(
    "text",
    ["basket", "12", "1.2.3.4", "2019", "13:11", "A-2019-11-23", "user_1574514679", ""],
)
def test_other_texts_are_no_times(text: str) -> None:
    assert recognize_times([text]) == (None, 0.0)


def test_one_value_above_twelve_decides_the_order() -> None:
    rule, _ = recognize_times(["03/04/2019", "05/06/2019", "13/01/2019"])
    assert rule is not None
    assert (rule.formats, rule.order_open) == (("%d/%m/%Y",), False)


def test_nothing_decides_the_order_of_small_numbers() -> None:
    rule, _ = recognize_times(["03/04/2019", "05/06/2019"])
    assert rule is not None
    assert rule.order_open


def test_a_column_may_mix_times_with_and_without_seconds() -> None:
    rule, share = recognize_times(
        ["23.11.2019 13:11", "23.11.2019 13:11:19", "23.11.2019"]
    )
    assert rule is not None
    assert set(rule.formats) == {"%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y"}
    assert share == 1.0


def test_offsets_in_some_values_only_are_told_apart_from_offsets_in_all() -> None:
    some, _ = recognize_times(["2019-11-23T13:11:19Z", "2019-11-23 13:11:19"])
    every, _ = recognize_times(["2019-11-23T13:11:19Z", "2019-11-23T13:11:19+01:00"])
    assert some is not None
    assert every is not None
    assert (some.offsets, every.offsets, every.zone_source) == (
        "some",
        "all",
        "in the data",
    )


@pytest.mark.parametrize("text", ["30", "m", "", "-3h", "0d", "3 fortnights"])
def test_a_duration_needs_a_number_and_a_unit(text: str) -> None:
    with pytest.raises(EventsError) as caught:
        duration_us(text)
    assert str(caught.value) == (
        f'gap is "{text}", which is not a duration with a unit [E230]\n'
        '  Write for example gap "30m", "12h" or "30d".'
    )


def test_durations_may_be_spelled_out() -> None:
    assert duration_us("2 weeks") == duration_us("14d") == duration_us("336 hours")


def test_an_order_of_day_and_month_is_no_complete_rule() -> None:
    assert given_rule(("day-first",)) is None


def clock_to_utc(local: datetime, zone: ZoneInfo) -> int:
    """Microseconds UTC of a clock time by the steps under test."""
    local_us = (local - datetime(1970, 1, 1)) // timedelta(microseconds=1)  # noqa: DTZ001 - the time on a clock
    steps = zone_steps(zone, local_us - 86_400_000_000, local_us + 86_400_000_000)
    offset = next(offset for start, offset in reversed(steps) if start <= local_us)
    return local_us - offset


@given(
    local=st.datetimes(datetime(1995, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    name=st.sampled_from(
        [
            "Europe/Berlin",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "America/New_York",
        ]
    ),
)
def test_clock_times_become_utc_as_the_standard_library_says(
    local: datetime, name: str
) -> None:
    zone = ZoneInfo(name)
    # fold=0 is the first of two equal clock times, and the old offset where clocks jump ahead
    moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    expected = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert clock_to_utc(local, zone) == expected


def test_the_hour_that_occurs_twice_is_taken_as_the_first() -> None:
    zone = zone_named("Europe/Paris")
    twice = datetime(2024, 10, 27, 2, 30)  # noqa: DTZ001
    before = datetime(2024, 10, 27, 1, 30)  # noqa: DTZ001
    assert clock_to_utc(twice, zone) - clock_to_utc(before, zone) == HOUR_US
