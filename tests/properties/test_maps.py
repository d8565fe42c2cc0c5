"""Laws that hold for any map: reading undoes writing, the same map gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from random import Random  # noqa: TID251 - the type of what Hypothesis passes in

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.any_map import LIMITS, MAPS

from desirepath.maps.diff import diff_maps
from desirepath.maps.files import (
    json_text,
    map_text,
    parse_document,
    parse_map,
    read_map,
    updated_text,
    write_map,
)
from desirepath.maps.model import JourneyMap
from desirepath.maps.plain import ids_to_write, map_data
from desirepath.maps.rewrite import ids_in_text, rewritten
from desirepath.maps.yaml_text import flow_text


@LIMITS
@given(MAPS)
def test_reading_undoes_writing(journey: JourneyMap) -> None:
    text = map_text(journey)
    assert parse_map(text) == journey
    assert map_text(parse_map(text)) == text


@LIMITS
@given(MAPS)
def test_json_holds_the_same_map(journey: JourneyMap) -> None:
    text = json_text(journey)
    assert parse_map(text, "shop.json") == journey
    assert json_text(parse_map(text, "shop.json")) == text


@LIMITS
@given(MAPS, MAPS, st.sampled_from(["flow", "block"]))
def test_an_edited_text_reads_as_the_edited_map(
    before: JourneyMap,
    after: JourneyMap,
    style: str,
) -> None:
    text = flow_text(map_data(before)) if style == "flow" else map_text(before)
    old = parse_document(text, "shop.yaml", is_json_text=False)
    ids = ids_to_write(after, ids_in_text(old.tree, old.journey))
    edited = rewritten(old.text, old.tree, old.journey, after, ids)
    assert parse_map(edited) == after


@LIMITS
@given(MAPS)
def test_writing_what_is_there_changes_nothing(journey: JourneyMap) -> None:
    for text in (map_text(journey), flow_text(map_data(journey))):
        old = parse_document(text, "shop.yaml", is_json_text=False)
        assert updated_text(old, old.journey) == text


@LIMITS
@given(MAPS)
def test_a_file_written_twice_has_the_same_bytes(
    tmp_path: Path, journey: JourneyMap
) -> None:
    file = tmp_path / "shop.yaml"
    file.unlink(missing_ok=True)
    write_map(journey, file)
    first = file.read_bytes()
    write_map(read_map(file), file)
    assert file.read_bytes() == first


@LIMITS
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_title_survives(title: str) -> None:
    journey = JourneyMap(id="shop", title=title)
    assert parse_map(map_text(journey)) == journey


@LIMITS
@given(MAPS, MAPS)
def test_maps_are_equal_when_nothing_differs(
    before: JourneyMap, after: JourneyMap
) -> None:
    assert diff_maps(before, before).changes == ()
    assert (diff_maps(before, after).changes == ()) == (before == after)


@LIMITS
@given(MAPS, st.randoms(use_true_random=False))
def test_no_part_of_the_order_is_overlooked(
    journey: JourneyMap, shuffler: Random
) -> None:
    stages = list(journey.stages)
    shuffler.shuffle(stages)
    shuffled = journey.model_copy(update={"stages": tuple(stages)})
    changes = diff_maps(journey, shuffled).changes
    assert (changes == ()) == (journey == shuffled)
    assert {change.kind for change in changes} <= {"moved"}
