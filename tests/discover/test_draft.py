"""Drafts: sound maps, whatever the log is like."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from desirepath.discover.bits import Words, choice_bits, kind_bits, subset_bits, word_of
from desirepath.discover.discovery import Discovery
from desirepath.discover.draft import discover_maps
from desirepath.discover.stages import cut_stages
from desirepath.discover.words import unique_ids
from desirepath.errors import CheckError
from desirepath.events.sequences import Sequences
from desirepath.events.simulate import Design, simulate_mixture, simulate_shop
from desirepath.evidence.binding import bind
from desirepath.maps.files import read_map, write_map
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]


def assert_sound(found: JourneyMap, sequences: Sequences) -> None:
    """Ids are unique, stages hold all steps, every binding means its activity, the file can be read."""
    ids = found.step_ids()
    assert len(set(ids)) == len(ids) <= 12
    assert len({stage.id for stage in found.stages}) == len(found.stages)
    assert all(stage.steps for stage in found.stages)
    assert min(3, len(ids)) <= len(found.stages) <= 7
    places = [touchpoint.id for touchpoint in found.touchpoints]
    assert len(set(places)) == len(places)
    assert {one for step in found.steps() for one in step.touchpoints} == set(places)
    assert bind(found, sequences).is_bound.all()
    assert all(
        way.step in ids and way.step != step.id
        for step in found.steps()
        for way in step.next
    )
    assert found.discovered is not None
    assert all(
        one.source and one.source.kind == "data" for one in found.all_statements()
    )


@pytest.mark.parametrize(
    "names",
    [
        ["Pay", "pay", "PAY!", "pay 2", "pay-2"],
        ["注文する", "支払う", "受け取る"],
        ["a*", "ab", "a?", "a[b]"],
        ["!", "?", "*", "-"],
        ["_", "__", "step", "step 2"],
        ["\u0645\u0631\u062d\u0628\u0627", "héllo wörld", "\U0001f6d2"],
        ["x" * 300, "y > z", "a: b", "# no"],
    ],
)
def test_awkward_names_give_sound_maps(
    names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = simulate_mixture([Design.of(*names)], [1], 60, np.random.default_rng(1))
    (found,) = discover_maps(log.sequences).maps
    assert_sound(found, log.sequences)
    assert len(found.step_ids()) == len(names)
    path = tmp_path_factory.mktemp("maps") / "found.yaml"
    write_map(found, path)
    assert read_map(path) == found


def test_channels_whose_names_are_alike_have_their_own_touchpoints(log: Log) -> None:
    shop = log(*["look@Web pay@web send@WEB"] * 20)
    found = discover_maps(shop).best
    assert_sound(found, shop)
    assert [one.channel for one in found.touchpoints] == ["WEB", "Web", "web"]
    assert [one.id for one in found.touchpoints] == ["web", "web-2", "web-3"]
    assert [step.touchpoints for step in found.steps()] == [
        ("web-2",),
        ("web-3",),
        ("web",),
    ]


def test_one_activity_alone_is_a_map_of_one_step(log: Log) -> None:
    shop = log(*["look look look"] * 20)
    discovery = discover_maps(shop)
    assert discovery.best.step_ids() == ("look",)
    assert_sound(discovery.best, shop)
    assert discovery.best.title == "From “Look” to “Look”"
    assert discovery.near[0].median_distance == 0


def test_thirty_activities_make_at_most_twelve_steps() -> None:
    names = [f"does {number:02d}" for number in range(30)]
    log = simulate_mixture([Design.of(*names)], [1], 200, np.random.default_rng(1))
    (found,) = discover_maps(log.sequences).maps
    assert_sound(found, log.sequences)
    assert len(found.step_ids()) == 12
    assert found.discovered is not None
    named = [one.name for one in found.discovered.left_out if one.kind == "activity"]
    assert len(named) == 13
    assert named[-1] == "6 more activities, the most frequent of them"
    many = discover_maps(log.sequences, max_steps=20).best
    assert len(many.step_ids()) == 20
    assert 3 <= len(many.stages) <= 7


def test_a_draft_has_three_steps_where_there_are_three(log: Log) -> None:
    shop = log(*["a b"] * 80, *["a b c"] * 5, "d")
    assert discover_maps(shop).best.step_ids() == ("a", "b", "c")


def test_too_few_cases_are_refused(log: Log) -> None:
    for shop, count in (
        (log("look pay"), 1),
        (log("a").take(np.array([], dtype=int)), 0),
    ):
        with pytest.raises(CheckError) as error:
            discover_maps(shop)
        assert str(error.value) == (
            f"only {count} cases can be drafted from; 2 are needed [E411]\n"
            "  Give more events, another goal, or cut cases differently (--gap)."
        )


def test_a_goal_that_never_happens_is_named(log: Log) -> None:
    with pytest.raises(CheckError) as error:
        discover_maps(log(*["look pay"] * 20), goal="buy")
    assert str(error.value) == (
        'no activity matches the goal "buy" [E410]\n  Activities here: look, pay.'
    )


def test_the_way_to_the_goal_is_drafted_from_those_who_reach_it(log: Log) -> None:
    shop = log(
        *["read look basket pay call call"] * 30,
        *["look basket pay pay"] * 30,
        *["look fax"] * 60,
    )
    discovery = discover_maps(shop, goal="p*", words={"pay": "I pay"}, title="Shopping")
    found = discovery.best
    assert_sound(found, shop)
    assert found.step_ids()[-1] == "pay"
    assert "fax" not in found.step_ids()
    assert "call" not in found.step_ids()
    assert [step.name for step in found.steps()][-1] == "I pay"
    assert found.goal is not None
    assert found.goal.success == "p*"
    assert (found.title, discovery.cases, discovery.all_cases) == ("Shopping", 60, 120)
    # who leaves is lost, whether or not the draft was made from them
    pains = {one.id for one in found.all_statements()}
    assert "look-drop-off" in pains
    assert found.discovered is not None
    assert (
        "Drafted from the 60 of 120 journeys that reach the goal."
        in found.discovered.notes
    )


def test_a_rare_goal_is_the_last_step_all_the_same(log: Log) -> None:
    shop = log(*["look basket"] * 300, *["look basket pay"] * 3)
    assert discover_maps(shop, goal="pay").best.step_ids()[-1] == "pay"


def test_kinds_are_maps_of_their_own(log: Log) -> None:
    shop = log(*["ask visit order"] * 40, *["click search pay get"] * 50)
    discovery = discover_maps(shop)
    assert [one.id for one in discovery.maps] == ["discovered", "discovered-2"]
    assert [one.title for one in discovery.maps] == [
        "From “Click” to “Get”",
        "From “Ask” to “Order” (kind 2)",
    ]
    assert [way.cases for way in discovery.ways] == [50, 40]
    assert discovery.best is discovery.maps[0]
    data = discovery.to_dict()
    assert data["format"] == "desirepath/discovery/1"
    assert [kind["near_cases"] for kind in data["kinds"]] == [50, 40]
    assert [kind["steps"] for kind in data["kinds"]] == [
        ["click", "search", "pay", "get"],
        ["ask", "visit", "order"],
    ]


def test_kinds_with_the_same_steps_are_one(log: Log) -> None:
    shop = log(*["a b c d"] * 30, *["a b c d x"] * 10, *["a b c d y"] * 10)
    discovery = discover_maps(shop, maps=3)
    assert [way.cases for way in discovery.ways if len(way.codes) == 4] in (
        [30],
        [50],
        [40],
    )
    assert sum(way.cases for way in discovery.ways) == 50


def test_what_is_done_in_another_order_is_drawn(log: Log) -> None:
    shop = log(*["a b c d"] * 60, *["a c b c d"] * 40)
    found = discover_maps(shop, maps=1).best
    ways = {
        step.id: {(way.step, way.loop) for way in step.next} for step in found.steps()
    }
    assert ways["a"] == {("b", False), ("c", False)}
    assert ways["c"] == {("d", False), ("b", True)}
    assert ways["d"] == set()


def test_going_back_and_forth_is_a_pain(log: Log) -> None:
    found = discover_maps(log(*["a b a b c"] * 50, *["a b c"] * 50)).best
    pains = {one.id: one for one in found.all_statements()}
    assert set(pains) == {"a-repeat", "b-repeat"}
    assert pains["a-repeat"].status == "supported"
    assert found.lanes[-1] == "pains"


def test_the_shop_is_drafted_from_its_first_visit_to_its_order() -> None:
    shop = simulate_shop(3_000, np.random.default_rng(1)).sequences()
    found = discover_maps(shop, goal="order_paid").best
    assert_sound(found, shop)
    ids = found.step_ids()
    assert ids[-1] == "order-paid"
    assert [
        ids.index(one) for one in ("first-visit", "add-to-basket", "pay-start")
    ] == (
        sorted(ids.index(one) for one in ("first-visit", "add-to-basket", "pay-start"))
    )


def test_the_same_log_gives_the_same_answer(log: Log) -> None:
    def found() -> Discovery:
        return discover_maps(log(*["a b c"] * 30, *["a c"] * 20, *["x y"] * 25))

    assert found().to_dict() == found().to_dict()


def test_ids_are_unique_however_alike_names_are() -> None:
    names = ["a 2", "A", "a", "a-2", "!", "step", ""]
    ids = unique_ids(names)
    assert len(set(ids)) == len(names)
    assert ids[:2] == ["a-2", "a"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 12, 20])
def test_stages_are_three_to_seven_and_hold_every_step(size: int) -> None:
    rng = np.random.default_rng(size)
    for _ in range(20):
        starts = cut_stages(rng.integers(0, 50, (size, size)))
        assert starts[0] == 0
        assert all(one < other for one, other in pairwise(starts))
        assert starts[-1] < size
        assert min(3, size) <= len(starts) <= 7


@pytest.mark.parametrize(
    ("stages", "found"), [(1, 1), (2, 2), (5, 5), (12, 12), (99, 12)]
)
def test_as_many_stages_as_asked_for_are_cut(stages: int, found: int) -> None:
    moves = np.random.default_rng(1).integers(0, 50, (12, 12))
    assert len(cut_stages(moves, stages=stages)) == found


def test_steps_that_hold_together_are_one_stage() -> None:
    moves = np.zeros((6, 6), dtype=np.int64)
    for first, count in ((0, 90), (1, 80), (2, 5), (3, 70), (4, 5)):
        moves[first, first + 1] = count
    assert cut_stages(moves) == (0, 3, 5)


def words_of(*texts: tuple[tuple[int, ...], int]) -> Words:
    found = [
        word_of(np.array(codes), np.array([0, len(codes)]), 0) for codes, _ in texts
    ]
    return Words.of(found, np.array([float(count) for _, count in texts]), 5)


def test_a_step_skipped_at_random_is_cheaper_than_two_kinds() -> None:
    both = words_of(((0, 1, 2, 3), 700), ((0, 2, 3), 300))
    together = kind_bits(both, both.texts[0])
    apart = sum(
        kind_bits(both.take(np.array([one])), both.texts[one]) for one in range(2)
    )
    named = choice_bits(np.array([700, 300]))
    assert together < apart + named


def test_what_goes_together_is_cheaper_as_two_kinds() -> None:
    both = words_of(((0, 1, 2, 3), 700), ((3, 4, 1, 0), 300))
    together = min(kind_bits(both, text) for text in both.texts)
    apart = sum(
        kind_bits(both.take(np.array([one])), both.texts[one]) for one in range(2)
    )
    assert apart + choice_bits(np.array([700, 300])) < together


def test_nobody_costs_nothing() -> None:
    nobody = words_of(((0, 1), 5)).take(np.array([], dtype=np.int64))
    assert kind_bits(nobody, "") == 0


def test_half_of_many_is_one_bit_each() -> None:
    assert subset_bits(np.array([50_000.0]), 100_000) / 100_000 == pytest.approx(
        1, abs=1e-3
    )
