"""What holds for every flow picture, and what its parts promise."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.errors import RenderError
from desirepath.evidence.flow import CaseShare, Flow, LeftOut, Move, Stop, Waits
from desirepath.render.scene import Close, Open, Rect, Scene, Text, texts
from desirepath.render.text import PT_MM
from desirepath.render.views.flow import flow_scene
from desirepath.render.views.flow_graph import columns_of, graph_of

EM_ASCENT, EM_DESCENT, TOLERANCE_MM = 0.88, 0.12, 0.05
Box = tuple[float, float, float, float]

GERMAN = (
    "Zahlungsbestätigung erhalten",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze auswählen",
    "Lieferverzögerungsbenachrichtigung",
)
ARABIC = ("أبحث عن نبات", "أضيف إلى السلة", "أدفع")
JAPANESE = ("植物を探してお店の一覧を見る", "かごに入れる", "支払う")


def share(cases: int, of: int) -> CaseShare:
    return CaseShare(cases, of, 0.0, 1.0, of)


def make_stop(
    number: int, name: str, cases: int, of: int, *, is_goal: bool = False
) -> Stop:
    return Stop(
        key=f"s{number}",
        name=name,
        position=number / 100,
        visits=2 * cases,
        customers=cases,
        reach=share(cases, of),
        begin=share(cases // 3, of),
        leave=share(cases // 5, cases),
        again=share(cases // 7, cases),
        goal=share(cases // 2, cases),
        is_goal=is_goal,
        channels=(("web", cases), ("app", cases // 2), ("phone", 1)) if number % 2 else (),
    )  # fmt: skip


def make_flow(
    names: list[str], pairs: list[tuple[int, int, int]], of: int = 1000
) -> Flow:
    stops = tuple(
        make_stop(number, name, of - 20 * number, of, is_goal=number == len(names) - 1)
        for number, name in enumerate(names)
    )
    moves = tuple(
        Move(start, end, cases, cases, share(cases, of), share(cases, of), Waits(1, 2, 60, 4, 5, 9))
        for start, end, cases in pairs
        if start != end
    )  # fmt: skip
    return Flow(
        0.02, stops, moves, (), of, of, 9 * of, 3, "2024-01-01", "2024-03-01",
        LeftOut((("rare", 0.01),), 12, 4, 0.07),
    )  # fmt: skip


def chain(count: int, names: tuple[str, ...] = ()) -> Flow:
    """Stops in a row with returns, skips and a hub."""
    named = [
        names[one % len(names)] if names else f"step_{one}" for one in range(count)
    ]
    pairs = [(one, one + 1, 900 - 30 * one) for one in range(count - 1)]
    pairs += [(one + 2, one, 200 + one) for one in range(count - 2)]
    pairs += [(0, one, 60) for one in range(3, count)]
    pairs += [(one, one + 5, 40) for one in range(1, count - 5, 2)]
    return make_flow(named, pairs)


def box(text: Text) -> Box:
    em = text.size_pt * PT_MM
    return (
        text.x_mm,
        text.y_mm - EM_ASCENT * em,
        text.x_mm + text.width_mm,
        text.y_mm + EM_DESCENT * em,
    )


def overlap(one: Box, other: Box) -> bool:
    gap = TOLERANCE_MM
    return (
        one[0] + gap < other[2]
        and other[0] + gap < one[2]
        and one[1] + gap < other[3]
        and other[1] + gap < one[3]
    )


def cards(scene: Scene) -> dict[str, Box]:
    """The frame of each card; it is the first shape of its group."""
    found = {}
    for before, op in pairwise(scene.ops):
        if (
            isinstance(before, Open)
            and before.role == "listitem"
            and isinstance(op, Rect)
        ):
            right, bottom = op.x_mm + op.width_mm, op.y_mm + op.height_mm
            found[before.ref] = (op.x_mm, op.y_mm, right, bottom)
    return found


def text_by_group(scene: Scene) -> list[tuple[str, Text]]:
    """Each line of text with the card it belongs to, or ""."""
    found, groups = [], [""]
    for op in scene.ops:
        if isinstance(op, Open):
            groups.append(op.ref if op.role == "listitem" else groups[-1])
        elif isinstance(op, Close):
            groups.pop()
        elif isinstance(op, Text):
            found.append((groups[-1], op))
    return found


def check(scene: Scene) -> None:
    """Nothing leaves the page, no text lies on text or on a card that is not its own."""
    lines, frames = text_by_group(scene), cards(scene)
    for group, text in lines:
        left, top, right, bottom = box(text)
        assert left >= 4, text
        assert top >= 4, text
        assert right <= scene.width_mm - 4, text
        assert bottom <= scene.height_mm - 4, text
        assert text.size_pt >= 6
        for ref, frame in frames.items():
            if ref == group:
                assert left >= frame[0] - TOLERANCE_MM
                assert right <= frame[2] + TOLERANCE_MM
                assert top >= frame[1] - TOLERANCE_MM
                assert bottom <= frame[3] + TOLERANCE_MM
            else:
                assert not overlap(box(text), frame), (text.text, ref)
    for place, (_, one) in enumerate(lines):
        for _, other in lines[place + 1 :]:
            assert not overlap(box(one), box(other)), (one.text, other.text)
    refs = list(frames)
    for place, ref in enumerate(refs):
        for other_ref in refs[place + 1 :]:
            assert not overlap(frames[ref], frames[other_ref])


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12, 24])
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_nothing_overlaps_and_nothing_is_cut(count: int, orientation: str) -> None:
    scene = flow_scene(chain(count), orientation=orientation)
    check(scene)
    # a page may have no room for all; what is missing is named in the foot
    if len(cards(scene)) < count:
        assert any("Without room on this page" in one.text for one in texts(scene))


@pytest.mark.parametrize(
    ("names", "language"), [(GERMAN, "de"), (ARABIC, "ar"), (JAPANESE, "ja")]
)
@pytest.mark.parametrize("count", [3, 14])
def test_long_names_of_any_script_fit(
    names: tuple[str, ...], language: str, count: int
) -> None:
    scene = flow_scene(chain(count, names), language=language, title=names[0])
    check(scene)
    assert len(cards(scene)) == count


def test_arabic_runs_from_right_to_left() -> None:
    scene = flow_scene(chain(3, ARABIC), language="ar")
    frames = cards(scene)
    assert scene.is_rtl
    assert frames["stop:0"][0] > frames["stop:1"][0] > frames["stop:2"][0]


def test_many_columns_wrap_into_rows_joined_by_letters() -> None:
    flow = make_flow(
        [f"step {one}" for one in range(16)], [(one, one + 1, 500) for one in range(15)]
    )
    scene = flow_scene(flow)
    frames = cards(scene)
    lefts = [frames[f"stop:{number}"][0] for number in range(16)]
    breaks = sum(after < before for before, after in pairwise(lefts))
    assert breaks > 0
    written = [text.text for text in texts(scene)]
    assert [written.count(letter) for letter in "ABCD"[:breaks]] == [2] * breaks
    assert "goes on where the same letter stands" in written


def test_a_page_too_small_says_what_it_leaves_out() -> None:
    scene = flow_scene(chain(24), size="A4")
    check(scene)
    hidden = 24 - len(cards(scene))
    words = " ".join(text.text for text in texts(scene))
    assert hidden > 0
    assert "Without room on this page:" in words


def test_the_picture_says_what_it_rests_on_and_leaves_out() -> None:
    words = " ".join(text.text for text in texts(flow_scene(chain(3)))).replace(
        "\u00a0", " "
    )
    for told in (
        "How customers move",
        "1,000 cases, 2024-01-01 to 2024-03-01 · what at least 2 % of the cases do",
        "Left out, lines lead over them: rare (1 %)",
        "Moves left out: 4, that is 7 % of all moves made",
        "Cases still under way, counted as ending nowhere: 3",
    ):
        assert told in words


def test_cards_and_lines_are_named_for_those_who_do_not_see_them() -> None:
    scene = flow_scene(chain(3))
    labels = {
        op.ref: op.label.replace("\u00a0", " ")
        for op in scene.ops
        if isinstance(op, Open)
    }
    assert labels["stop:0"].startswith(
        "step_0. 100 % · 1,000. 33 % begin here. 20 % leave"
    )
    assert labels["move:0-1"] == (
        "step_0 to step_1: 90 % of the cases there, 900 cases, typically 1 min"
    )


def test_wider_lines_are_more_cases() -> None:
    from desirepath.render.scene import Path  # noqa: PLC0415

    scene = flow_scene(make_flow(["a", "b", "c"], [(0, 1, 800), (1, 2, 400)]))
    ref, widths = "", {}
    for op in scene.ops:
        if isinstance(op, Open):
            ref = op.ref
        elif isinstance(op, Path) and ref.startswith("move:") and op.stroke:
            widths[ref] = op.stroke_mm
    assert widths["move:0-1"] == pytest.approx(2 * widths["move:1-2"])


def test_an_empty_flow_says_so() -> None:
    scene = flow_scene(Flow(0.02, (), (), (), 0, 0, 0))
    assert "Nothing moves here." in [text.text for text in texts(scene)]


def test_the_same_flow_gives_the_same_picture() -> None:
    assert flow_scene(chain(9)) == flow_scene(chain(9))


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(RenderError, match="E601"):
        flow_scene(chain(3), size="A33")


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_graph_is_drawn_without_collisions(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    stop = st.integers(0, count - 1)
    pairs = data.draw(
        st.lists(
            st.tuples(stop, stop, st.integers(1, 1000)),
            max_size=3 * count,
            unique_by=lambda pair: pair[:2],
        )
    )
    names = data.draw(
        st.lists(
            st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=24),
            min_size=count,
            max_size=count,
        )
    )  # fmt: skip
    scene = flow_scene(make_flow(names, pairs))
    check(scene)
    assert len(cards(scene)) == count


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_stop_has_one_seat_and_every_move_one_way(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 14))
    stop = st.integers(0, count - 1)
    pairs = data.draw(
        st.lists(
            st.tuples(stop, stop, st.integers(1, 9)),
            max_size=40,
            unique_by=lambda pair: pair[:2],
        )
    )
    flow = make_flow([str(one) for one in range(count)], pairs)
    columns = columns_of(flow)
    assert sorted(one for part in columns for one in part) == list(range(count))
    assert all(0 < len(part) <= 5 for part in columns)
    for rows in range(1, 5):
        graph = graph_of(flow, columns, rows)
        seats = [
            seat.stop
            for band in graph.bands
            for part in band.columns
            for seat in part
            if seat.stop >= 0
        ]
        assert sorted(seats) == list(range(count))
        ways = [
            *graph.jumps,
            *(one for band in graph.bands for one in (*band.onward, *band.back)),
        ]
        assert sorted(ways) == list(range(len(flow.moves)))


def test_a_real_log_is_drawn(log: Callable[..., object]) -> None:
    from desirepath.evidence.measure_flow import measure_flow  # noqa: PLC0415

    cases = ["ad look@web basket@web pay"] * 40 + ["look@app look@app ask@phone"] * 20
    scene = flow_scene(measure_flow(log(*cases), goal="pay"))  # type: ignore[arg-type]
    check(scene)
    assert len(cards(scene)) == 5
