"""Refs name elements, and derived ids are stable."""

from __future__ import annotations

import pytest

from desirepath.errors import MapError
from desirepath.maps.blueprint import Organization, Touchpoint
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona
from desirepath.maps.refs import (
    elements,
    find,
    id_problems,
    label,
    with_statement_ids,
)

SEARCH = Step(
    id="search",
    name="I search",
    statements=(
        Statement(id="empty", lane="pains", text="Nothing is found"),
        Statement(lane="emotion", score=-1),
        Statement(lane="emotion", score=-1),
    ),
)
PAY = Step(id="pay", name="I pay")
SHOP = JourneyMap(
    id="shop",
    title="I order",
    personas=("named", Persona(id="p", name="Pat")),
    organizations=(Organization(id="o", name="Post"),),
    statements=(Statement(lane="pains", text="Slow"),),
    stages=(
        Stage(
            id="find",
            name="Find",
            steps=(SEARCH, PAY),
            statements=(Statement(lane="waiting", duration="2d"),),
        ),
    ),
    touchpoints=(Touchpoint(id="web", name="Web shop"),),
)


def test_elements_come_in_document_order() -> None:
    assert [element.ref for element in elements(with_statement_ids(SHOP))] == [
        "map",
        "persona:p",
        "organization:o",
        "statement:s-12d147",
        "stage:find",
        "statement:s-6aee76",
        "step:search",
        "statement:empty",
        "statement:s-ede283",
        "statement:s-ede283-2",
        "step:pay",
        "touchpoint:web",
    ]


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("map", "I order"),
        ("stage:find", "Find"),
        ("step:search", "I search"),
        ("statement:empty", "Nothing is found"),
        ("touchpoint:web", "Web shop"),
        ("persona:p", "Pat"),
        ("transition:search>pay", "I search → I pay"),
    ],
)
def test_every_ref_has_a_label(ref: str, words: str) -> None:
    assert label(SHOP, ref) == words


def test_a_transition_is_found_at_its_first_step() -> None:
    assert find(SHOP, "transition:search>pay") == SEARCH


def test_a_statement_without_text_is_called_by_its_value() -> None:
    named = with_statement_ids(SHOP)
    statements = [*named.stages[0].statements, named.stages[0].steps[0].statements[1]]
    assert [label(named, f"statement:{one.id}") for one in statements] == [
        "waiting 2d",
        "emotion \N{MINUS SIGN}1",
    ]


def test_a_long_text_is_cut_in_a_label() -> None:
    long = JourneyMap(id="shop", title="word " * 40)
    assert label(long, "map") == ("word " * 16)[:79] + "…"


def test_an_unknown_ref_names_the_nearest() -> None:
    with pytest.raises(MapError) as caught:
        find(SHOP, "step:serch")
    assert str(caught.value) == (
        'no step is called "serch" [E112]\n'
        '  Did you mean "search"? Known names: pay, search.'
    )


@pytest.mark.parametrize("text", ["", "step", "step:", "phase:find", "map:shop"])
def test_other_text_is_no_ref(text: str) -> None:
    with pytest.raises(MapError) as caught:
        find(SHOP, text)
    assert str(caught.value) == (
        f'"{text}" is not a reference to an element [E125]\n'
        "  Write map, or one of stage:ID, step:ID, statement:ID, touchpoint:ID,"
        " persona:ID, organization:ID, transition:ID>ID."
    )


def test_ids_that_are_there_stay_and_naming_twice_changes_nothing() -> None:
    named = with_statement_ids(SHOP)
    assert named.stages[0].steps[0].statements[0].id == "empty"
    assert with_statement_ids(named) == named


def test_a_derived_id_never_takes_one_that_is_given() -> None:
    derived = with_statement_ids(SHOP).statements[0].id
    given = Statement(id=derived, lane="gains", text="Cheap")
    named = with_statement_ids(
        SHOP.model_copy(update={"statements": (*SHOP.statements, given)})
    )
    assert [one.id for one in named.statements] == [f"{derived}-2", derived]


def test_ids_must_differ_and_fit_into_refs() -> None:
    twice = SHOP.model_copy(
        update={
            "stages": (
                *SHOP.stages,
                Stage(id="a b", name="X", steps=(PAY, Step(id="", name="Y"))),
            )
        }
    )
    assert [(path, str(problem)) for path, problem in id_problems(twice)] == [
        (
            ("stages", 1, "id"),
            (
                '"a b" cannot be the id of a stage [E121]\n'
                '  Use letters, digits and hyphens, without spaces and ">".'
            ),
        ),
        (
            ("stages", 1, "steps", 0, "id"),
            'step "pay" is given twice [E120]\n  Give one of them another id.',
        ),
        (
            ("stages", 1, "steps", 1, "id"),
            (
                '"" cannot be the id of a step [E121]\n'
                '  Use letters, digits and hyphens, without spaces and ">".'
            ),
        ),
    ]
