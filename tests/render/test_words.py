from __future__ import annotations

import re

import pytest

from desirepath.render.catalog import CATALOGS
from desirepath.render.words import Words


@pytest.mark.parametrize("language", sorted(CATALOGS))
def test_every_language_has_every_key_with_the_same_places(language: str) -> None:
    def places(catalog: dict[str, str]) -> dict[str, list[str]]:
        return {
            key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in catalog.items()
        }

    assert places(CATALOGS[language]) == places(CATALOGS["en"])


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("en", "13,087.5"),
        ("de-AT", "13.087,5"),
        ("fr", "13\u00a0087,5"),
        ("ar", "13,087.5"),
    ],
)
def test_numbers_follow_the_language(language: str, number: str) -> None:
    assert Words(language).number(13087.5) == number


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0"),
        (0.0002, "<0.1"),
        (0.0084, "0.8"),
        (0.031, "3"),
        (0.9996, ">99.9"),
        (1.0, "100"),
    ],
)
def test_shares_near_the_ends_are_never_rounded_to_none_or_all(
    share: float, text: str
) -> None:
    assert Words("en").share(share) == f"{text}\u00a0%"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(42, "42 s"), (90, "1.5 min"), (7200, "2 h"), (181440, "2.1 d")],
)
def test_durations_come_in_the_unit_a_person_would_choose(
    seconds: float, text: str
) -> None:
    assert Words("en").duration(seconds).replace("\u00a0", " ") == text


def test_an_unknown_lane_keeps_its_name() -> None:
    assert Words("de").lane("time_spent") == "Time spent"
    assert Words("de").lane("pains") == "Ärgernisse"
