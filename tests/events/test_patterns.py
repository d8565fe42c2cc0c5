"""Patterns: a star, a question mark, and nothing else is special."""

from __future__ import annotations

import pytest

from desirepath.events.patterns import matching_codes, pattern_regex


@pytest.mark.parametrize(
    ("pattern", "name", "is_meant"),
    [
        ("pay", "pay", True),
        ("pay", "Pay", False),
        ("pay", "payment", False),
        ("pay*", "pay", True),
        ("*pay", "repay", True),
        ("p?y", "pay", True),
        ("p?y", "py", False),
        ("a[bc]", "ab", False),
        ("a[bc]", "a[bc]", True),
        ("a.c", "abc", False),
        ("*", "", True),
        ("", "", True),
        ("?", "\n", True),
        ("*注文*", "再注文する", True),
        ("a\\*", "a\\b", True),
    ],
)
def test_only_stars_and_question_marks_are_special(
    pattern: str, name: str, *, is_meant: bool
) -> None:
    assert (pattern_regex(pattern).fullmatch(name) is not None) is is_meant


def test_activity_and_channel_both_have_to_match() -> None:
    names, places = ["pay", "pay", "call", "pay"], ["web", "app", "web", ""]
    assert matching_codes(names, places, "pay").tolist() == [True, True, False, True]
    assert matching_codes(names, places, "*", "web").tolist() == [
        True,
        False,
        True,
        False,
    ]
    assert matching_codes(names, places, "pay", "").tolist() == [
        False,
        False,
        False,
        True,
    ]


def test_no_activities_give_no_codes() -> None:
    assert matching_codes([], [], "*").tolist() == []
