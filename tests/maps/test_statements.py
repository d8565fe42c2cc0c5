"""Statements wherever they stand: texts of personas and promises of touchpoints as well."""

from __future__ import annotations

from pathlib import Path

from desirepath.maps.files import json_text, map_text, parse_map, read_map, write_map
from desirepath.maps.promises import subject_of, touchpoint_promises
from desirepath.maps.refs import with_statement_ids
from desirepath.maps.statements import persona_statements, with_persona_statements

SHOP = """\
format: desirepath/map/1
id: shop
title: I order
personas:
  - id: anna
    name: Anna
    quote: I have no time.                    # said twice
    pains:
      - It takes too long
      - {text: Search finds nothing, claim: {share: {activity: empty, at_least: 20%}}}
  - ben
statements:
  - {lane: pains, persona: anna, text: It takes too long}
stages:
  - id: find
    name: Find
    steps:
      - {id: search, name: I search, touchpoints: [web, app]}
      - {id: pay, name: I pay, touchpoints: [web]}
touchpoints:
  - id: web
    name: Web
    promise: {text: Found in a minute, claim: {time: {to: pay, typical_at_most: 1m}}}
  - {id: app, name: App, promise: Always there}
  - {id: tel, name: Phone}
"""


def test_texts_of_personas_become_statements_behind_the_others() -> None:
    journey = parse_map(SHOP)
    told = with_persona_statements(journey)
    assert told.statements[0] == journey.statements[0]
    assert [(one.lane, one.persona, one.text, bool(one.claim)) for one in told.statements[1:]] == [
        ("pains", "anna", "It takes too long", False),
        ("pains", "anna", "Search finds nothing", True),
        ("quote", "anna", "I have no time.", False),
    ]  # fmt: skip
    assert persona_statements(journey) == told.statements[1:]
    ids = [one.id for one in told.statements]
    assert len(set(ids)) == len(ids)
    assert persona_statements(parse_map(map_text(journey))) == told.statements[1:]


def test_a_promise_stands_at_the_steps_that_use_its_touchpoint() -> None:
    found = list(touchpoint_promises(parse_map(SHOP)))
    assert [
        (one.text, subject_of(one, ref), steps, one.claim is not None)
        for one, ref, steps in found
    ] == [
        ("Found in a minute", "touchpoint:web", ("search", "pay"), True),
        ("Always there", "touchpoint:app", ("search",), False),
    ]


def test_texts_with_claims_are_written_as_they_were_read(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(SHOP)
    journey = read_map(file)
    assert parse_map(map_text(journey)) == journey
    assert parse_map(json_text(journey), "shop.json") == journey
    write_map(journey, file)
    assert file.read_text() == SHOP


def test_a_plain_text_becomes_one_with_a_claim_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(SHOP)
    journey = read_map(file)
    web, app, phone = journey.touchpoints
    changed = app.model_copy(update={"promise": web.promise})
    journey = journey.model_copy(update={"touchpoints": (web, changed, phone)})
    write_map(journey, file)
    assert with_statement_ids(read_map(file)) == journey
    old, new = SHOP.splitlines(), file.read_text().splitlines()
    assert [line for line in new if line not in old] == [
        "  - {id: app, name: App, promise: {text: Found in a minute, claim: {time: {to: pay, typical_at_most: 1m}}}}"
    ]
