"""Whose numbers a page can show: personas, segments and windows, each number looked up and none computed."""

from __future__ import annotations

from desirepath.check.report import Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.render.page_groups import page_groups
from desirepath.render.page_rows import Numbers
from desirepath.render.words import Words

EN = Words("en")
ALL = ("2025-01-01", "2025-03-31")


def fact(
    subject: str,
    measure: str,
    value: float,
    n: int,
    *,
    segment: str = "",
    target: str = "",
    window: tuple[str, str] = ALL,
) -> Fact:
    low, high = value - 0.01, value + 0.01
    return Fact(
        subject, measure, value, "share", n, low, high, round(value * n), n, target, segment, *window
    )  # fmt: skip


def evidence(*facts: Fact) -> Evidence:
    return Evidence("shop", facts, 900, 9000, 800, *ALL)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def texts(numbers: Numbers, subject: str, measure: str, target: str = "") -> list[str]:
    row = numbers.row(subject, measure, target)
    assert row is not None
    return [plain(cell.text) for cell in row.cells]


def test_personas_stand_first_then_segments_then_windows(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("step:pay", "reach", 0.5, 900),
        fact("step:pay", "reach", 0.4, 300, segment="first_device=app"),
        fact("step:pay", "reach", 0.4, 300, segment="persona=gifter"),
        fact("step:pay", "reach", 0.4, 300, window=("2025-02-01", "2025-02-28")),
    )
    groups = page_groups(shop_map, found, EN)
    assert [(one.kind, one.name) for one in groups] == [
        ("persona", "Hurried gifter"),
        ("segment", "first device: app"),
        ("window", "begun from 2025-02-01"),
    ]


def test_a_group_without_a_number_has_too_few(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("step:pay", "drop_off", 0.5, 900),
        fact("step:search", "drop_off", 0.5, 900),
        fact("step:search", "drop_off", 0.4, 300, segment="device=app"),
    )
    numbers = Numbers(shop_map, EN, found)
    assert texts(numbers, "step:search", "drop_off") == ["120 of 300 · 40 % (39–41 %)"]
    assert texts(numbers, "step:pay", "drop_off") == ["n too small"]


def test_what_is_measured_of_no_group_says_so(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("step:pay", "reach", 0.5, 900),
        fact("step:pay", "reach", 0.4, 300, segment="device=app"),
        fact("step:pay", "reach", 0.4, 300, window=("2025-02-01", "2025-02-28")),
        fact("step:pay", "goal", 0.2, 900),
        fact("step:pay", "goal", 0.2, 300, segment="device=app"),
        fact("step:pay", "repeat", 0.2, 300),
    )
    numbers = Numbers(shop_map, EN, found)
    assert texts(numbers, "step:pay", "goal") == [
        "20 % (19–21 %) · n 300",
        "only measured for everyone",
    ]
    assert texts(numbers, "step:pay", "repeat") == []


def judged(value: float, segments: tuple[tuple[str, str], ...] = ()) -> Verdict:
    return Verdict("statement:fee", "pay", "order", "share", "at most 5 % leave", "The fee comes late", is_implied=False, verdict="mixed", reason="", value=value, unit="share", n=900, low=value - 0.01, high=value + 0.01, segments=segments)  # fmt: skip


def test_a_verdict_of_a_segment_stands_beside_its_number(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("step:pay", "has", 0.04, 900),
        fact("statement:fee", "share", 0.04, 900, target="leave"),
        fact("statement:fee", "share", 0.02, 300, target="leave", segment="device=app"),
        fact("statement:fee", "share", 0.05, 90, target="leave", segment="device=web"),
    )
    row = Numbers(shop_map, EN, found).row_of(
        judged(0.04, (("device=app", "refuted"),))
    )
    assert row is not None
    assert [(one.verdict, plain(one.text)) for one in row.cells] == [
        ("refuted", "refuted · 2 % (1–3 %) · n 300"),
        ("", "5 % (4–6 %) · n 90"),
    ]


def test_a_verdict_whose_fact_is_not_at_hand_keeps_its_own_number(
    shop_map: JourneyMap,
) -> None:
    row = Numbers(shop_map, EN, None).row_of(judged(0.04))
    assert row is not None
    assert plain(row.everyone.text) == "mixed · 4 % (3–5 %) · n 900"
    assert row.cells == ()


def test_groups_follow_the_unweighted_score_where_the_verdict_is_weighted(
    shop_map: JourneyMap,
) -> None:
    found = evidence(
        fact("statement:fee", "score", 0.5, 900, target="emotion"),
        fact(
            "statement:fee", "score", 0.3, 300, target="emotion", segment="device=app"
        ),
        fact("statement:fee", "score_weighted", 0.04, 900, target="emotion"),
    )
    row = Numbers(shop_map, EN, found).row_of(judged(0.04))
    assert row is not None
    assert plain(row.cells[0].text) == "30 % (29–31 %) · n 300"


def test_facts_of_the_analyses_are_not_listed_at_a_place(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("step:pay", "reach", 0.5, 900),
        fact("step:pay", "mood_if", 0.5, 900, target="slow:1"),
        fact("transition:pay>search", "next", 0.5, 900, target="search"),
    )
    labels = [one.label for one in Numbers(shop_map, EN, found).rows_about("step:pay")]
    assert labels == ["Come here", "Go on to “I look for a plant”"]


def test_the_time_into_a_step_is_that_of_most_cases(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("transition:search>pay", "time", 5.0, 90, target="pay"),
        fact("transition:compare>pay", "time", 7.0, 400, target="pay"),
        fact("step:pay", "time", 9.0, 900, target="pay"),
    )
    before = Numbers(shop_map, EN, found).into("pay")
    assert before is not None
    assert before.subject == "transition:compare>pay"


def test_a_promise_of_a_group_keeps_its_words(shop_map: JourneyMap) -> None:
    found = evidence(
        fact("step:pay", "promise_kept", 0.6, 900, target="fee"),
        fact("step:pay", "promise_kept", 0.5, 300, target="fee", segment="device=app"),
    )
    assert texts(Numbers(shop_map, EN, found), "step:pay", "promise_kept", "fee") == [
        "promise kept 50 % (49–51 %) · n 300"
    ]
