"""`desirepath add`: one statement more, and nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.files import read_map

MAP = """\
# what we believe
format: desirepath/map/1
id: shop
title: I order   # by me
lanes: [pains]
stages:
  - id: buy
    name: Buy
    steps:
      - id: pay
        name: I pay
        events: [{activity: pay}]
        statements:
          - {lane: pains, text: It is slow}   # says Ann
      - id: wait
        name: I wait
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


def test_a_statement_is_added_and_comments_stay(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = "{share: {activity: pay_error, at_least: 10%}}"
    words = ["--lane", "pains", "--text", "It fails", "--claim", claim]
    assert run(["add", str(file), "--step", "pay", *words]) == 0
    assert capsys.readouterr().out == f"Added to pains at “I pay” in {file}.\n"
    added = (
        "          - {lane: pains, text: It fails, claim: "
        "{share: {activity: pay_error, at_least: 10%}}}\n"
    )
    old = "# says Ann\n"
    assert file.read_text(encoding="utf-8") == MAP.replace(old, old + added)
    assert [one.text for one in read_map(file).all_statements()] == [
        "It is slow",
        "It fails",
    ]


def test_the_same_statement_is_not_added_twice(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["add", str(file), "--stage", "buy", "--lane", "pains", "--text", "It"]
    assert run(words) == run(words) == 0
    assert "It stands at “Buy” already; nothing was changed." in capsys.readouterr().out
    assert [one.text for one in read_map(file).stages[0].statements] == ["It"]


def test_a_lane_that_posters_will_not_show_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["add", str(file), "--lane", "gains", "--text", "It is nice"]) == 0
    assert capsys.readouterr().out == (
        f"Added to gains at “I order” in {file}.\n"
        "The map does not list the lane gains, so posters will not show it.\n"
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--step", "pai"], 'no step is called "pai" [E112]\n  Did you mean "pay"? Known names: pay, wait.\n'),
        (["--claim", "{reach: {at_mos: 1%}}"], '--claim reach.at_mos: unknown key "at_mos" [E113]\n  Did you mean "at_most"? Known keys: at_least, at_most.\n'),
        (["--claim", "5"], "--claim: expected a map of keys and values, found plain text [E109]\n  Write one kind of claim in braces: {reach: {at_most: 1%}}\n"),
        (["--score", "3"], "--score: expected at most 2, found 3.0 [E118]\n  Write a number that is at most 2.\n"),
        (["--persona", "jan"], '--persona: no persona is called "jan" [E112]\n'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_written(
    file: Path, capsys: pytest.CaptureFixture[str], words: list[str], error: str
) -> None:
    assert run(["add", str(file), "--lane", "pains", "--text", "It", *words]) == 3
    assert capsys.readouterr().err.startswith(error)
    assert file.read_text(encoding="utf-8") == MAP


def test_options_that_exclude_each_other_are_wrong_usage(file: Path) -> None:
    lane = ["add", str(file), "--lane", "pains"]
    assert run([*lane, "--text", "x", "--step", "pay", "--stage", "buy"]) == 2
    assert run(lane) == 2
    assert run([*lane, "--text", "x", "--by", "Ann"]) == 2
    assert run([*lane, "--text", "x", "--by", "Ann", "--source", "staff"]) == 0


def test_an_id_that_is_taken_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["add", str(file), "--lane", "pains", "--id", "one", "--text"]
    assert run([*words, "first"]) == 0
    assert run([*words, "second"]) == 3
    assert 'statement "one" is given twice [E120]' in capsys.readouterr().err
