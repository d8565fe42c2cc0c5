"""Guided drafting: answers become a map of assumptions."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desirepath.maps.drafting import Answers, StageAnswers, draft_map
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import map_text, parse_map
from desirepath.maps.model import Statement
from desirepath.maps.persona import Persona
from desirepath.maps.refs import with_statement_ids

FULL = Answers(
    who="Balcony beginner",
    trigger="My balcony looks bare",
    goal="I make my balcony green",
    starts="sees an ad",
    ends="writes a review",
    why="half never order twice",
    stages=(
        StageAnswers(name="Find", does=("I search", "I compare"), asks=("Will it live?",), touchpoints=("Web shop",)),
        StageAnswers(name="Buy", feels=-1.5, pains=("It is slow",), touchpoints=("Web shop", "Parcel")),
    ),
)  # fmt: skip


def test_answers_stand_where_they_belong() -> None:
    journey = draft_map(FULL)
    assert (journey.id, journey.title) == ("i-make-my-balcony-green", FULL.goal)
    assert journey.personas == (Persona(id="balcony-beginner", name="Balcony beginner"),)  # fmt: skip
    assert journey.goal is not None
    assert journey.goal.text == "I make my balcony green"
    assert [(one.id, one.name) for one in journey.steps()] == [
        ("i-search", "I search"),
        ("i-compare", "I compare"),
        ("buy", "Buy"),
    ]
    assert [(one.id, one.touchpoints) for one in journey.steps()] == [
        ("i-search", ("web-shop",)),
        ("i-compare", ()),
        ("buy", ("web-shop", "parcel")),
    ]
    assert list(journey.all_statements()) == [
        Statement(lane="questions", text="Will it live?"),
        Statement(lane="pains", text="It is slow"),
        Statement(lane="emotion", score=-1.5),
    ]


def test_every_statement_is_an_assumption() -> None:
    assert {one.status for one in draft_map(FULL).all_statements()} == {"assumption"}


def test_all_may_be_skipped() -> None:
    journey = draft_map(Answers(language="de"))
    assert (journey.title, len(journey.stages)) == ("Eine neue Reise", 4)
    assert journey.language == "de"


lines = st.lists(st.text(max_size=12), max_size=3).map(tuple)
stage_answers = st.builds(
    StageAnswers, name=st.text(max_size=12), does=lines, asks=lines, thinks=lines,
    feels=st.none() | st.floats(-2, 2), pains=lines, gains=lines, touchpoints=lines,
)  # fmt: skip
answers = st.builds(
    Answers, who=st.text(max_size=12), trigger=st.text(max_size=12), goal=st.text(max_size=12),
    title=st.text(max_size=12), stages=st.lists(stage_answers, max_size=4).map(tuple),
)  # fmt: skip


@settings(max_examples=60, phases=(Phase.explicit, Phase.generate))
@given(answers)
def test_whatever_is_answered_makes_a_map_that_can_be_kept(told: Answers) -> None:
    journey = draft_map(told, map_id="draft")
    assert board_of(journey).journey().title == journey.title
    assert parse_map(map_text(journey)).stages == with_statement_ids(journey).stages
