"""Differences between maps, in words."""

from __future__ import annotations

import pytest

from desirepath.maps.diff import Change, diff_maps
from desirepath.maps.files import parse_map

SHOP = """\
format: desirepath/map/1
id: shop
title: I order
personas: [gifter, gardener]
stages:
  - id: buy
    name: Buy
    steps:
      - id: choose
        name: I choose
        statements:
          - {lane: pains, text: The list is long and has no order}
      - {id: pay, name: I pay}
      - id: wait
        name: I wait
        statements:
          - {lane: emotion, score: -1}
  - id: use
    name: Use
touchpoints: [{id: web, name: Web shop, technology: [search]}]
"""


def words(*changes: tuple[str, str]) -> list[str]:
    text = SHOP
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return [one.text for one in diff_maps(parse_map(SHOP), parse_map(text)).changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("I order", "I buy", ["title of the map changed from “I order” to “I buy”"]),
        ("title:", "owner: web\ntitle:", ["owner of the map is now “web”"]),
        ("score: -1", "score: 1", ["emotion at “I wait” changed from −1 to +1"]),
        ("I pay", "I pay now", ["step “I pay” is now called “I pay now”"]),
        (
            "long and has no order",
            "long and without order",
            [
                ("pains at “I choose” changed from “The list is long and has no order”"
                " to “The list is long and without order”")
            ],
        ),
        (
            "The list is long and has no order",
            "Photos lie",
            [
                "“Photos lie” (pains) was added at “I choose”",
                "“The list is long and has no order” (pains) was removed at “I choose”",
            ],
        ),
        ("      - {id: pay, name: I pay}\n", "", ["step “I pay” was removed from stage Buy"]),
        (
            "  - id: use\n    name: Use\n",
            "",
            ["stage Use was removed"],
        ),
        (
            "name: Use\n",
            "name: Use\n    steps: [{id: go, name: I go, statements: [{lane: gains, text: x}]}]\n",
            ["step “I go” was added to stage Use, with 1 thing in it"],
        ),
        (
            "[gifter, gardener]",
            "[gardener, gifter, {id: new, name: New}]",
            [
                "persona “New” was added",
                "persona “gardener” now comes first",
            ],
        ),
        (
            "[gifter, gardener]",
            "[{id: gifter, name: Giver}, gardener]",
            ["persona “Giver” is now described in the map"],
        ),
        (
            "technology: [search]",
            "technology: [search, chat], online: true",
            [
                "online of touchpoint “Web shop” is now yes",
                "technology of touchpoint “Web shop” changed from search to search, chat",
            ],
        ),
        (
            "technology: [search]",
            "technology: [search], promise: {text: Found at once, claim: {reach: {at_least: 90%}}}",
            [
                ("promise of touchpoint “Web shop” is now"
                " {text: Found at once, claim: {reach: {at_least: 90%}}}")
            ],
        ),
        (
            "[gifter, gardener]",
            "[gifter, gardener, {id: new, name: New, pains: [Slow]}]",
            ["persona “New” was added"],
        ),
        (
            ", technology: [search]",
            "",
            ["technology of touchpoint “Web shop” was taken away (it was search)"],
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(old: str, new: str, expected: list[str]) -> None:
    assert words((old, new)) == expected


def test_a_claim_given_to_a_plain_text_is_told_alone() -> None:
    plain = SHOP.replace(
        "gardener]",
        "gardener, {id: new, name: New, quote: Hm, pains: [Slow, Lost]}]",
    ).replace("technology:", "promise: Found, technology:")
    claimed = plain.replace(
        "promise: Found", "promise: {text: Found, claim: {reach: {at_least: 90%}}}"
    ).replace("[Slow, Lost]", "[Slow, {text: Lost, claim: {goal: {at_most: 9%}}}]")
    changes = diff_maps(parse_map(plain), parse_map(claimed)).changes
    assert [one.text for one in changes] == [
        "pains of persona “New” changed from Slow, Lost to Slow, Lost ({goal: {at_most: 9%}})",
        "promise claim of touchpoint “Web shop” is now {reach: {at_least: 90%}}",
    ]


def test_a_step_that_moves_is_not_removed_and_added() -> None:
    assert words(
        ("      - {id: pay, name: I pay}\n", ""),
        ("name: Use\n", "name: Use\n    steps:\n      - {id: pay, name: I pay}\n"),
    ) == ["step “I pay” moved from stage Buy to stage Use"]


def test_of_two_that_changed_places_one_moved() -> None:
    assert words(
        ("      - {id: pay, name: I pay}\n", ""),
        ("score: -1}\n", "score: -1}\n      - {id: pay, name: I pay}\n"),
    ) == ["step “I wait” now comes after step “I choose”"]


def test_a_statement_is_recognized_at_another_step() -> None:
    pain = "          - {lane: pains, text: The list is long and has no order}\n"
    assert words(
        (f"        statements:\n{pain}", ""),
        ("score: -1}\n", f"score: -1}}\n{pain}"),
    ) == [
        "“The list is long and has no order” (pains) moved from step “I choose” to step “I wait”"
    ]


def test_a_map_does_not_differ_from_itself() -> None:
    assert diff_maps(parse_map(SHOP), parse_map(SHOP)).changes == ()


def test_a_change_holds_plain_data() -> None:
    after = parse_map(SHOP.replace("title: I order", "title: I buy"))
    assert diff_maps(parse_map(SHOP), after).to_dict() == {
        "format": "desirepath/diff/1",
        "old_id": "shop",
        "new_id": "shop",
        "changes": (
            {
                "kind": "changed",
                "ref": "map",
                "field": "title",
                "old": "I order",
                "new": "I buy",
                "text": "title of the map changed from “I order” to “I buy”",
            },
        ),
    }
    removed = diff_maps(after, after.model_copy(update={"touchpoints": ()}))
    assert removed.changes == (
        Change(
            "removed",
            "touchpoint:web",
            "",
            {"id": "web", "name": "Web shop", "technology": ["search"]},
            None,
            "touchpoint “Web shop” was removed",
        ),
    )
