"""Words for steps, stages and goals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desirepath.discover.backstage import likely_backstage
from desirepath.discover.draft import discover_maps
from desirepath.discover.words import Wording, read_words, unique_names
from desirepath.errors import CheckError
from desirepath.events.sequences import Sequences
from desirepath.maps.lint import lint_map

Log = Callable[..., Sequences]


def test_a_pattern_for_one_step_names_it_and_one_for_several_their_stage(
    log: Log,
) -> None:
    loans = log(*["A_SENT A_CHECKED O_MADE O_SENT DONE"] * 40)
    words = {"A_SENT": "I apply", "A_*": "Application", "O_*": "Offer", "D*": "The end"}
    found = discover_maps(loans, words=words, stages=3).best
    assert [step.name for step in found.steps()] == [
        "I apply",
        "A CHECKED",
        "O MADE",
        "O SENT",
        "The end",
    ]
    assert "Application" in [stage.name for stage in found.stages]
    assert "Offer" in [stage.name for stage in found.stages]


def test_names_are_never_alike_nor_too_long() -> None:
    names = unique_names(
        ["Pay", "pay", " PAY ", "x" * 100, "x" * 100],
        ["pay", "pay", "PAY", "x" * 100, "x" * 100],
    )
    assert names[:3] == ["Pay", "pay (2)", " PAY  (3)"]
    assert len({" ".join(name.casefold().split()) for name in names}) == 5
    assert max(len(name) for name in names) == 80


def test_no_words_fit_no_stage() -> None:
    assert Wording(None, None, {"z*": "Z"}).stage(["a"], ["a", "b"]) is None


def test_a_vocabulary_is_read(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text('"A_*": Application\nA_SENT: "I apply"\n', encoding="utf-8")
    assert read_words(path) == {"A_*": "Application", "A_SENT": "I apply"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("pay: [a]", "a sequence"), ("pay:", "nothing"), ("pay: {a: b}", "a mapping")],
)
def test_a_vocabulary_without_words_is_refused(
    tmp_path: Path, text: str, found: str
) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(f"look: I look\n{text}\n", encoding="utf-8")
    with pytest.raises(CheckError) as error:
        read_words(path)
    assert str(error.value) == (
        f'words.yaml:2: expected words for "pay", found {found} [E414]\n'
        '  Write one line for each activity pattern: "A_*": Application.'
    )


def test_work_behind_the_scenes_is_shown_below_the_step_it_follows(log: Log) -> None:
    loans = log(
        *["A_SENT W_call W_call A_OFFERED W_check A_DONE"] * 60,
        *["A_SENT W_call A_OFFERED"] * 40,
    )
    found = discover_maps(loans, backstage=["W_*"]).best
    assert found.step_ids() == ("a-sent", "a-offered", "a-done")
    behind = {one.id: one.text for one in found.all_statements()}
    assert behind == {
        "a-sent-backstage-w-call": "W call (100% of these journeys)",
        "a-offered-backstage-w-check": "W check (60% of these journeys)",
    }
    assert "backstage" in found.lanes
    assert found.discovered is not None
    assert [one.name for one in found.discovered.left_out] == []


def test_backstage_that_does_not_exist_is_refused(log: Log) -> None:
    with pytest.raises(CheckError) as error:
        discover_maps(log(*["look pay"] * 20), backstage=["W_*"])
    assert str(error.value) == (
        'no activity matches "W_*" [E415]\n'
        '  Name activities of work behind the scenes: --backstage "W_*".'
    )


def test_the_goal_is_never_behind_the_scenes(log: Log) -> None:
    found = discover_maps(log(*["look pay"] * 20), goal="pay", backstage=["*"]).best
    assert found.step_ids() == ("pay",)


def test_names_that_look_like_work_are_pointed_out(log: Log) -> None:
    loans = log(*["A_SENT W_call W_call W_call A_DONE W_file W_file"] * 30)
    assert likely_backstage(loans) == (
        "Names begin with A_, W_; those with W_ are done 2.5 times a case. "
        'If they are work behind the scenes: --backstage "W_*".'
    )
    assert discover_maps(loans).notes == (likely_backstage(loans),)
    assert discover_maps(loans, backstage=["W_*"]).notes == ()


@pytest.mark.parametrize(
    "case", ["look pay", "A_x A_y B_x B_y", "A_x A_y A_x", "A_x look pay call B_x"]
)
def test_other_names_are_not(log: Log, case: str) -> None:
    assert likely_backstage(log(*[case] * 30)) == ""


def test_a_discovered_map_passes_lint(log: Log) -> None:
    shop = log(*["Pay pay PAY! look_up"] * 20, *["look_up zzz pay"] * 20)
    for goal in (None, "pay"):
        found = discover_maps(shop, goal=goal, maps=2).maps
        assert len(found) == 2
        for one in found:
            assert [
                finding.code for finding in lint_map(one) if finding.severity != "hint"
            ] == []
