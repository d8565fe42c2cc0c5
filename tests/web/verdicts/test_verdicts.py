"""Verdicts of a map: what the newest check says at each card, of whom, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import update
from tests.web.server import Caller, Server, running
from tests.web.shop_check import DEMO, ShopCheck, shop_check

from desirepath.check.report import CheckReport, Verdict
from desirepath.check.verdicts import check_map
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import parse_map
from desirepath.render.views.known import mark_text
from desirepath.render.words import Words
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.results import Results
from desirepath.web.jobs.tables import PARTS
from desirepath.web.verdicts.groups import NO_FACTS
from desirepath.web.verdicts.shelf import Verdicts, state_in
from desirepath.web.verdicts.since import Since
from desirepath.web.verdicts.told import Told

PATH = "/api/maps/assumed/verdicts"


@pytest.fixture(scope="module")
def demo() -> ShopCheck:
    return shop_check()


@pytest.fixture(scope="module")
def server(
    demo: ShopCheck, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:

    with running(tmp_path_factory.mktemp("verdicts")) as one:
        one.add_map(DEMO.read_text(encoding="utf-8"))
        yield one


@pytest.fixture(scope="module")
def editor(server: Server) -> Caller:
    return server.person("Eda", "editor")


@pytest.fixture(scope="module")
def told(server: Server, editor: Caller, demo: ShopCheck) -> dict[str, Any]:
    """The answer of the map as it was checked."""
    nothing = editor.ask("GET", PATH)
    assert nothing.status == 200
    assert nothing.data["snapshot"] is None
    assert nothing.data["marks"] == []
    demo.keep(Results(server.log.engine))
    found: dict[str, Any] = editor.ask("GET", PATH).data
    return found


def mark(told: dict[str, Any], ref: str, kind: str = "") -> dict[str, Any]:
    found: dict[str, Any] = next(
        one
        for one in told["marks"]
        if one["ref"] == ref and (not kind or one["kind"] == kind)
    )
    return found


def change(server: Server, editor: Caller, **edit: Any) -> None:
    answer = editor.ask("POST", "/api/maps/assumed/edits", {"do": "change", **edit})
    assert answer.status == 200, answer


def test_every_verdict_of_the_report_stands_at_its_card_with_its_number(
    told: dict[str, Any], demo: ShopCheck
) -> None:
    assert len(told["marks"]) == len(demo.report.verdicts)
    for one in demo.report.verdicts:
        ref = one.subject if ">" not in one.subject else f"step:{one.step}"
        found = mark(told, ref, one.kind)
        assert (found["verdict"], found["reason"]) == (one.verdict, one.reason)
        number = found["number"]
        assert (number or {"value": None})["value"] == one.value
        assert not number or (number["n"], number["low"]) == (one.n, one.low)
        assert not found["is_changed"]
    assert told["snapshot"]["cases"] == demo.report.cases
    assert told["snapshot"]["by"] == "Ann of the team"
    assert told["coverage"]["statements"] == demo.report.coverage[0].statements
    assert told["unchecked"] == []
    search = next(one for one in told["steps"] if one["ref"] == "step:search")
    fact = demo.evidence.find("step:search", "reach")
    assert fact is not None
    assert search["reach"]["hits"] == fact.hits
    assert search["time_from"] == "step:see-ad"
    assert search["felt"] is None


def test_gaps_come_once_with_the_statement_that_would_close_them(
    told: dict[str, Any],
) -> None:
    names = [(one["kind"], one["name"]) for one in told["missing"]]
    assert len(names) == len(set(names))
    guide = next(one for one in told["missing"] if one["name"] == "care_guide")
    assert guide["after"] == "step:compare"
    assert guide["addition"]["claim"]["share"]["activity"] == "care_guide"
    assert (
        guide["examples"][0]["activities"][guide["examples"][0]["at"]] == "care_guide"
    )
    assert guide["share"]["low"] < guide["share"]["value"] < guide["share"]["high"]
    assert [one["ref"] for one in told["dead"]] == ["step:magazine"]


def test_a_group_has_its_own_verdicts_and_numbers(
    told: dict[str, Any], editor: Caller, demo: ShopCheck
) -> None:
    app = editor.ask("GET", f"{PATH}?segment=first_device%3Dapp").data
    assert app["group"]["cases"] < told["snapshot"]["cases"]
    group = next(one for one in demo.apart.groups if one.segment == "first_device=app")
    fact = group.evidence.find("step:basket", "reach")
    assert fact is not None
    basket = next(one for one in app["steps"] if one["ref"] == "step:basket")
    assert basket["reach"]["value"] == fact.value
    assert mark(app, "step:basket", "reach")["number"]["n"] == fact.n
    beginner = editor.ask("GET", f"{PATH}?persona=beginner").data
    assert beginner["group"]["segment"] == "persona=beginner"
    window = next(one for one in told["groups"] if one["window_from"])
    days = f"{window['window_from']}..{window['window_to']}"
    part = editor.ask("GET", f"{PATH}?window={days}").data
    assert part["group"]["window_from"] == window["window_from"]
    assert mark(part, "step:search", "reach")["number"]["n"] == window["cases"]
    for wrong in ("segment=a%3Db", "window=1..2", "persona=beginner&segment=a%3Db"):
        answer = editor.ask("GET", f"{PATH}?{wrong}")
        assert (answer.status, answer.data["code"]) == (400, "E719")


def test_an_answer_a_browser_has_is_not_sent_again(
    told: dict[str, Any], editor: Caller
) -> None:
    first = editor.ask("GET", PATH)
    tag = first.headers["etag"]
    again = editor.ask("GET", PATH, If_None_Match=tag)
    assert (again.status, again.data) == (304, "")
    other = editor.ask("GET", f"{PATH}?persona=gifter", If_None_Match=tag)
    assert other.status == 200


@pytest.mark.usefixtures("told")  # there is a check
def test_sentences_are_in_the_language_of_who_asks(editor: Caller) -> None:
    told = editor.ask("GET", PATH).data
    german = editor.ask("GET", f"{PATH}?language=de-AT").data
    assert [one["verdict"] for one in german["marks"]] == [one["verdict"] for one in told["marks"]]  # fmt: skip
    pairs = list(zip(told["marks"], german["marks"], strict=True))
    for field in ("claim", "reason", "advice", "question", "proposal"):
        assert not [one[field] for one, other in pairs if one[field] and one[field] == other[field]]  # fmt: skip
    assert "von 700 Fällen" in german["notes"][0]
    # what may be put on the map speaks as the map does
    assert german["missing"] == told["missing"]
    assert editor.ask("GET", f"{PATH}?language=fr").data == told


def test_guests_hear_nothing_of_people(
    told: dict[str, Any], server: Server, demo: ShopCheck
) -> None:
    link, _ = server.people.new_link("assumed", "viewer", server.clock() + 10**12)
    guest = server.caller().signed_in("/api/guest", {"link": link, "name": "Gus"})
    assert demo.quotes.quotes
    assert [one["by_last"] for one in told["quotes"]] == [one.by_last for one in demo.quotes.quotes]  # fmt: skip
    found = guest.ask("GET", PATH).data
    text = json.dumps(found)
    assert found["quotes"] == []
    assert found["snapshot"]["by"] == ""
    assert all(one["examples"] == [] for one in found["missing"])
    small = [one for one in found["marks"] if one["number"] and one["number"]["n"] < 10]
    assert small == []
    assert not any(one.text in text for one in demo.quotes.quotes)
    assert len(found["marks"]) == len(told["marks"])


def test_what_changed_since_is_said_and_undone_with_the_change(
    told: dict[str, Any], server: Server, editor: Caller
) -> None:
    def changed() -> set[str]:
        marks = editor.ask("GET", PATH).data["marks"]
        return {one["ref"] for one in marks if one["is_changed"]}

    ref, old = "statement:search-finds", "Search nearly always finds something for me"
    change(server, editor, ref=ref, field="text", value="It always finds something")
    assert changed() == {ref}
    change(server, editor, ref=ref, field="importance", value=5)
    change(server, editor, ref=ref, field="text", value=old)
    assert changed() == set()
    mood = "statement:basket-mood"
    change(server, editor, ref=mood, field="score", value=2)
    assert changed() == {mood}
    change(server, editor, ref=mood, field="score", value=1)
    # a claim on the time to a step stays the same claim when that step is renamed
    change(server, editor, ref="step:unpack", field="name", value="Unpacking")
    change(server, editor, ref="step:compare", field="name", value="Comparing")
    assert changed() == set()
    added = {
        "do": "add",
        "ref": "statement:new",
        "place": {"at": "step:search", "lane": "pains"},
        "fields": {"text": "It is slow"},
    }
    assert editor.ask("POST", "/api/maps/assumed/edits", added).status == 200
    assert editor.ask("GET", PATH).data["unchecked"] == ["statement:new"]
    # another meaning of a step makes everything said there one about the past
    events = [{"activity": "add_to_basket"}, {"activity": "care_question"}]
    change(server, editor, ref="step:basket", field="events", value=events)
    at_basket = {"step:basket", "statement:basket-chat", "statement:basket-buys", mood}
    assert at_basket <= changed()
    assert "step:search" not in changed()


def test_a_damaged_check_is_told_in_one_problem(
    told: dict[str, Any], server: Server, editor: Caller
) -> None:
    demo = shop_check()
    kept = demo.keep(Results(server.log.engine), made_us=2)
    with server.log.engine.begin() as connection:
        of = (PARTS.c.snapshot == kept.id, PARTS.c.name == "report")
        connection.execute(update(PARTS).where(*of).values(data=b"no"))
    answer = editor.ask("GET", PATH)
    assert answer.data["code"] == "E761"
    Results(server.log.engine).drop([kept.id])
    assert editor.ask("GET", PATH).status == 200


def test_groups_of_a_new_check_are_read_before_somebody_chooses_one(demo: ShopCheck, tmp_path: Path) -> None:  # fmt: skip
    log = EditLog.in_file(tmp_path / "boards.db")
    journey = parse_map(DEMO.read_text(encoding="utf-8"), "assumed.yaml")
    log.create(board_of(journey), "epoch", "the project", 1)
    results, verdicts = Results(log.engine), Verdicts(log)
    verdicts.read_ahead(demo.keep(results))
    with log.engine.begin() as connection:
        connection.execute(update(PARTS).values(data=b""))  # nothing is read any more
    for group in demo.apart.groups:
        window = "..".join(group.window) if group.window[0] else ""
        answer = verdicts.answer("assumed", state_in(log, "assumed"), segment=group.segment, window=window)  # fmt: skip
        assert json.loads(answer.text)["group"]["cases"] == group.evidence.cases
    log.close()


def number_of(
    value: float | None, unit: str, n: int, low: float | None, high: float | None
) -> dict[str, Any]:
    return {"value": value, "unit": unit, "n": n, "low": low, "high": high}


def plain(number: dict[str, Any] | None) -> dict[str, Any] | None:
    """A number of an answer without its counts, which only shares have."""
    return number and {key: number[key] for key in number_of(None, "", 0, None, None)}


def fact_number(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return number_of(fact.value, fact.unit, fact.n, fact.low, fact.high)


def looked_at(demo: ShopCheck) -> Iterator[tuple[str, CheckReport, Evidence]]:
    """Everybody, then groups and windows as they are asked for, each judged by the library."""
    yield "", demo.report, demo.evidence
    groups = demo.apart.groups
    shown = [
        next(one for one in groups if one.segment.startswith("first_device")),
        next(one for one in groups if one.segment.startswith("persona")),
        next(one for one in groups if not one.segment and one.window[0]),
    ]
    for one in shown:
        window = "..".join(one.window) if one.window[0] else ""
        query = urlencode({"segment": one.segment, "window": window})
        yield query, check_map(demo.journey, one.evidence), one.evidence


def test_every_number_of_an_answer_is_that_of_the_library(
    told: dict[str, Any], editor: Caller, demo: ShopCheck
) -> None:
    assert told["snapshot"]
    for query, report, evidence in looked_at(demo):
        answer = editor.ask("GET", f"{PATH}?{query}").data
        for said, one in zip(answer["marks"], report.verdicts, strict=True):
            has_number = one.value is not None or one.n
            number = number_of(one.value, one.told_unit, one.n, one.low, one.high)
            assert plain(said["number"]) == (number if has_number else None)
            for name in ("kind", "claim", "verdict", "reason", "due", "persona"):
                assert said[name] == getattr(one, name), (query, one.subject)
            assert said["further"] == one.further_cases
            assert said["limits"] == list(one.limits)
            assert [row["verdict"] for row in said["against"]] == [
                row.verdict for row in one.against
            ]
        for step in answer["steps"]:
            for name, measure in (("reach", ""), ("left", "drop_off"), ("again", "repeat")):  # fmt: skip
                fact = evidence.find(step["ref"], measure or name)
                assert plain(step[name]) == fact_number(fact), (query, step["ref"])
                if fact:
                    counts = (step[name]["hits"], step[name]["cases"])
                    assert counts == (fact.hits, fact.cases)
            felt = evidence.find(step["ref"], "score", target="emotion")
            assert plain(step["felt"]) == fact_number(felt)
            start, end = step["time_from"].removeprefix("step:"), step["ref"][5:]
            time = evidence.find(f"transition:{start}>{end}", "time", target=end)
            assert plain(step["time"]) == fact_number(time)
        gaps = {(one.kind, one.name): one for one in reversed(report.missing)}
        assert len(answer["missing"]) == len(gaps)
        for said in answer["missing"]:
            gap = gaps[said["kind"], said["name"]]
            share = said["share"]
            assert (share["value"], share["hits"]) == (gap.share, gap.cases)
            # the share is what the counts beside it say
            assert share["hits"] / share["cases"] == pytest.approx(share["value"])
            assert share["n"] == share["cases"]
            effect = (gap.goal_difference, "points", gap.cases, gap.goal_low, gap.goal_high)  # fmt: skip
            wanted = None if gap.goal_difference is None else number_of(*effect)
            assert plain(said["goal"]) == wanted
        assert [(one["ref"], one["reach"]["hits"], one["reach"]["high"]) for one in answer["dead"]] == [
            (f"step:{step}", hits, high) for step, hits, high in report.dead
        ]  # fmt: skip
        parts = answer["coverage"]
        assert parts == {key: getattr(report.coverage[0], key) for key in parts}
        assert answer["notes"] == list(report.notes)
        for held in answer["held"]:
            gap_fact = evidence.find(held["ref"], "expectation_gap")
            assert plain(held["gap"]) == fact_number(gap_fact)


def test_an_effect_is_told_in_points_on_its_side_of_nothing() -> None:
    effect = Verdict(
        "statement:s",
        "pay",
        "buy",
        "effect",
        "",
        "",
        is_implied=False,
        verdict="refuted",
        reason="",
        value=-0.2,
        unit="share",
        n=90,
        low=-0.4,
        high=-0.004,
    )
    report = CheckReport("m", "M", (effect,), (), (), 90, 90, 90, "", "", 0.05)
    mark = next(Told(report, NO_FACTS, is_guest=False).marks(Since(frozenset(), ())))
    assert mark.number is not None
    assert mark.number.unit == "points"
    assert mark_text(effect, Words("en")).endswith("−20\u00a0points (−40\u00a0…\u00a0−0.4) · n\u00a090")  # fmt: skip
