"""Rules for names: the first that fits wins, and what they change is counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.errors import EventsError
from desirepath.events.names import (
    count_uses,
    describe_uses,
    first_rules,
    name_rules,
    rename_activities,
)
from desirepath.events.patterns import pattern_regex
from desirepath.events.read import read_all, read_events
from desirepath.events.recognize import inspect_events
from desirepath.events.schema import NameRule, NameUse
from desirepath.events.sequences import Sequences

Log = Callable[..., Sequences]
ROWS = {
    "session_id": np.array(["a", "a", "a", "b", "b"]),
    "event": np.array(["A_one", "A_two", "pay", "A_one", "look"]),
    "timestamp": np.array([f"2024-01-01 10:0{minute}" for minute in range(5)]),
}


def test_the_first_rule_that_fits_wins() -> None:
    rules = name_rules([("A_one", "start"), ("A_*", "application"), ("*", "other")])
    assert first_rules(["A_one", "A_two", "pay"], rules).tolist() == [0, 1, 2]


def test_a_rule_fits_whole_names_only() -> None:
    rules = name_rules([("pay", "paid"), ("buy?", "bought")])
    assert first_rules(["payed", "prepay", "buys", "buy"], rules).tolist() == [
        -1,
        -1,
        1,
        -1,
    ]


@given(
    names=st.lists(st.text("ab*?(|)[\\", max_size=5), max_size=8),
    patterns=st.lists(st.text("ab*?(|)[\\", min_size=1, max_size=4), max_size=6),
)
def test_rules_together_say_what_they_say_one_by_one(
    names: list[str], patterns: list[str]
) -> None:
    rules = [NameRule(pattern, "x") for pattern in patterns]
    expected = [
        next(
            (
                number
                for number, pattern in enumerate(patterns)
                if pattern_regex(pattern).fullmatch(name)
            ),
            -1,
        )
        for name in names
    ]
    assert first_rules(names, rules).tolist() == expected


def test_names_that_become_one_share_a_code_per_channel(log: Log) -> None:
    shop = log("Buy@web buy@web buy@app", "look@web")
    renamed = rename_activities(shop, name_rules([("Buy", "buy")]))
    assert renamed.activities == ("buy", "buy", "look")
    assert renamed.channels == ("app", "web", "web")
    assert renamed.codes.tolist() == [1, 1, 0, 2]
    np.testing.assert_array_equal(renamed.times_us, shop.times_us)


def test_without_rules_nothing_changes(log: Log) -> None:
    shop = log("look pay", "look")
    same = rename_activities(shop, ())
    assert same.activities == shop.activities
    assert same.codes.tolist() == shop.codes.tolist()


def test_uses_are_counted_in_activities_events_and_cases(log: Log) -> None:
    shop = log("A_one A_one A_two pay", "A_two", "pay")
    rules = name_rules([("A_two", "A_two"), ("A_*", "application"), ("x*", "y")])
    assert count_uses(shop, rules, shop.offsets) == (
        NameUse("A_two", "A_two", 0, 0, 0),
        NameUse("A_*", "application", 1, 2, 1),
        NameUse("x*", "y", 0, 0, 0),
    )


def test_cases_are_counted_as_they_are_cut() -> None:
    reading = read_all(
        {**ROWS, "session_id": np.array(["a"] * 5)},
        names=[("A_*", "apply")],
        ends_with="pay",
    )
    assert reading.sequences.case_count == 2
    assert reading.names == (NameUse("A_*", "apply", 2, 3, 2),)


def test_reading_applies_rules_and_says_so() -> None:
    sequences = read_events(ROWS, names=[("A_*", "apply")])
    assert sequences.activities == ("apply", "look", "pay")
    assert sequences.source["names"] == "A_* → apply (3 events in 2 cases)"
    assert inspect_events(ROWS, names=[("A_*", "apply")]).names == (
        NameUse("A_*", "apply", 2, 3, 2),
    )


def test_a_rule_that_fits_nothing_is_said_too() -> None:
    sequences = read_events(ROWS, names=[("B_*", "b")])
    assert sequences.source["names"] == "no activity fits a rule"


def test_cases_end_at_the_new_name() -> None:
    assert (
        read_events(ROWS, names=[("A_two", "sent")], ends_with="sent").case_count
        == read_events(ROWS, ends_with="A_two").case_count
    )


def test_many_rules_are_said_shortly() -> None:
    uses = [NameUse(f"p{i}", f"n{i}", 1, 10 - i, 1) for i in range(7)]
    assert describe_uses(uses).endswith("; and 2 more rules")


def test_an_empty_rule_is_refused() -> None:
    with pytest.raises(EventsError) as error:
        read_events(ROWS, names=[("A_*", " ")])
    assert str(error.value) == (
        "('A_*', ' ') is no rule for names [E245]\n"
        '  Give a pattern and a name, such as ("A_*", "application").'
    )


RECIPE = """format: desirepath/recipe/1
names:
  - {pattern: "A_*", name: apply}
  - {pattern: look, name: looks}
sources:
  - files: shop.csv
"""


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    rows = zip(*ROWS.values(), strict=True)
    lines = [",".join(ROWS), *(",".join(map(str, row)) for row in rows)]
    (tmp_path / "shop.csv").write_text("\n".join(lines) + "\n")
    path = tmp_path / "shop.yaml"
    path.write_text(RECIPE)
    return path


def test_rules_of_a_recipe_come_after_those_given(recipe: Path) -> None:
    assert read_events(recipe).activities == ("apply", "looks", "pay")
    given = read_events(recipe, names=[("A_one", "start")])
    assert given.activities == ("apply", "looks", "pay", "start")


def test_a_broken_rule_of_a_recipe_is_named_with_its_line(recipe: Path) -> None:
    text = RECIPE.replace("{pattern: look, name: looks}", "{patern: look, name: looks}")
    recipe.write_text(text)
    with pytest.raises(EventsError) as error:
        read_events(recipe)
    assert str(error.value) == (
        f"{recipe}:4: names[1] is no rule with a pattern and a name [E245]\n"
        '  Write lines such as: - {pattern: "A_*", name: application}'
    )


def test_an_unknown_key_of_a_rule_is_named_with_its_line(recipe: Path) -> None:
    text = RECIPE.replace("name: looks}", "name: looks, chanel: web}")
    recipe.write_text(text)
    with pytest.raises(EventsError) as error:
        read_events(recipe)
    assert str(error.value) == (
        f'{recipe}:4: no key is called "chanel" [E240]\n  Known names: name, pattern.'
    )
