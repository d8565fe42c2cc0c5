"""Better, worse, no sign through the API, and what differs between two versions of a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from tests.web.checked import add_check, evidence_of, share
from tests.web.server import Caller, Server, running

from desirepath.evidence.facts import Fact
from desirepath.track.compare import compare_evidence
from desirepath.web.jobs.results import Results

US = 1_000_000
STEPS, CASES = 40, 2000
WINDOWS = ("2023-01-01", "2023-03-31"), ("2023-04-01", "2023-06-30")
HOSTILE = "<img src=x onerror=alert(1)>"
WIDE = """\
format: desirepath/map/1
id: wide
title: A long way
lanes: [pains]
stages:
  - id: all
    name: All
    steps:
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    steps = "".join(f"      - {{id: s{n}, name: Step {n}}}\n" for n in range(STEPS))
    with running(tmp_path_factory.mktemp("progress")) as one:
        one.add_map(WIDE + steps)
        yield one


@pytest.fixture(scope="module")
def editor(server: Server) -> Caller:
    return server.person("Ann", "editor")


def facts(chance: np.random.Generator, planted: dict[int, float]) -> list[Fact]:
    """How many leave at each step: one in five, but where something is planted."""
    return [
        share(
            f"step:s{n}",
            "drop_off",
            int(chance.binomial(CASES, 0.2 + planted.get(n, 0.0))),
            CASES,
        )
        for n in range(STEPS)
    ]


def checked(server: Server, seed: int, planted: dict[int, float]) -> list[str]:
    """Ids of two checks, of windows one after the other."""
    chance = np.random.default_rng(seed)
    sides = [facts(chance, {}), facts(chance, planted)]
    return [
        add_check(
            server, evidence_of("wide", *side, window=window), 1_680_000_000 * US + seed
        ).id
        for side, window in zip(sides, WINDOWS, strict=True)
    ]


def judged(caller: Caller, before: str, after: str, more: str = "") -> Any:
    answer = caller.ask(
        "GET", f"/api/maps/wide/progress?before={before}&after={after}{more}"
    )
    assert answer.status == 200, answer
    return answer.data


def test_a_planted_change_is_found_and_nothing_else(server: Server, editor: Caller) -> None:  # fmt: skip
    before, after = checked(server, 1, {3: 0.08, 7: -0.08})
    sent = {"day": "2023-04-10", "what": "new gateway", "refs": ["step:s3"]}
    assert editor.ask("POST", "/api/maps/wide/changes", sent).status == 201
    found = judged(editor, before, after)
    rows = {one["ref"]: one for one in found["rows"]}
    assert rows["step:s3"]["verdict"] == "worse"
    assert rows["step:s7"]["verdict"] == "better"
    assert rows["step:s3"]["log"] == ["2023-04-10 new gateway"]
    assert (found["worse"], found["better"], found["no_sign"]) == (1, 1, STEPS - 2)
    assert [one["verdict"] for one in found["rows"]][:2] == ["worse", "better"]
    assert not found["do_overlap"]
    silent = [one for one in found["rows"] if one["verdict"] == "no sign"]
    assert all(one["seen"].endswith("points") for one in silent)
    # the order in which they are chosen says nothing: the earlier window comes first
    assert judged(editor, after, before) == found
    assert judged(editor, before, before)["do_overlap"]
    assert judged(editor, before, after, "&language=de")["rows"][0]["label"] == "Gehen hier für immer"  # fmt: skip


def test_where_nothing_changed_it_is_silent(server: Server, editor: Caller) -> None:
    wrong = 0
    for seed in range(20, 30):
        found = judged(editor, *checked(server, seed, {}))
        wrong += bool(found["better"] or found["worse"] or found["changed"])
    # each of 10 worlds may err with a chance of 5 %; four do with one of 1 in 1,000
    assert wrong <= 3


def test_checks_of_other_maps_are_not_told(server: Server, editor: Caller) -> None:
    checked(server, 40, {})
    for query in ("before=x&after=y", "", "comparison=x"):
        answer = editor.ask("GET", f"/api/maps/wide/progress?{query}")
        assert (answer.status, answer.data["code"]) == (404, "E792")
    sides = editor.ask("GET", "/api/maps/wide/progress/sides").data
    assert sides["comparisons"] == []
    assert {(one["window_from"], one["cases"]) for one in sides["checks"]} == {
        (window[0], CASES) for window in WINDOWS
    }


def test_two_windows_of_one_check_are_compared(server: Server, editor: Caller) -> None:
    chance = np.random.default_rng(41)
    whole = evidence_of("wide", *facts(chance, {}), window=("2023-01-01", "2023-06-30"))
    sides = [evidence_of("wide", *facts(chance, one), window=window) for one, window in zip(({}, {3: 0.08}), WINDOWS, strict=True)]  # fmt: skip
    check = add_check(server, whole, 1_690_000_000 * US, sides)
    windows = editor.ask("GET", "/api/maps/wide/progress/sides").data["windows"]
    assert [(one["id"], one["window_from"]) for one in windows] == [
        (f"{check.id}:{number}", window[0]) for number, window in enumerate(WINDOWS)
    ]
    found = judged(editor, *(one["id"] for one in windows))
    assert {one["ref"] for one in found["rows"] if one["verdict"] == "worse"} == {"step:s3"}  # fmt: skip
    assert found["better"] == 0
    assert not found["do_overlap"]
    assert found["before"]["window_from"] == WINDOWS[0][0]
    query = f"before={check.id}:0&after={check.id}:9"
    answer = editor.ask("GET", f"/api/maps/wide/progress?{query}")
    assert (answer.status, answer.data["code"]) == (404, "E792")


def test_versions_differ_in_words_and_marks(server: Server, editor: Caller) -> None:
    lead = server.person("Lea", "facilitator")
    path = "/api/maps/wide"
    assert lead.ask("POST", f"{path}/versions", {"name": "spring"}).status == 201
    for edit in (
        {"do": "mark_gone", "ref": "step:s1"},
        {"do": "change", "ref": "step:s2", "field": "name", "value": HOSTILE},
        {"do": "add", "ref": "step:new", "place": {"at": "stage:all"}, "fields": {"name": "New"}},
        {"do": "add", "ref": "statement:slow", "place": {"at": "step:new", "lane": "pains"}, "fields": {"text": "Slow"}},
    ):  # fmt: skip
        answer = editor.ask("POST", f"{path}/edits", edit)
        assert answer.status == 200, answer
    found = editor.ask("GET", f"{path}/difference?before=spring").data
    assert {(one["kind"], one["ref"], one["stage"]) for one in found["lines"]} == {
        ("removed", "step:s1", "All"),
        ("changed", "step:s2", "All"),
        ("added", "step:new", "All"),
    }
    (changed,) = [one for one in found["lines"] if one["kind"] == "changed"]
    assert (changed["was"], changed["now"]) == ("“Step 2”", f"“{HOSTILE}”")
    steps = found["stages"][0]["steps"]
    marks = {one["ref"]: one["mark"] for one in steps}
    assert [one["ref"] for one in steps][:3] == ["step:s0", "step:s1", "step:s2"]
    assert (marks["step:s0"], marks["step:s1"], marks["step:s2"]) == ("", "removed", "changed")  # fmt: skip
    (new,) = [one for one in steps if one["ref"] == "step:new"]
    assert (new["mark"], [one["mark"] for one in new["cards"]]) == ("added", ["added"])
    back = editor.ask("GET", f"{path}/difference?after=spring").data
    assert {(one["kind"], one["ref"]) for one in back["lines"]} == {
        ("added", "step:s1"),
        ("changed", "step:s2"),
        ("removed", "step:new"),
    }
    assert editor.ask("GET", f"{path}/difference").data["lines"] == []
    missing = editor.ask("GET", f"{path}/difference?before=none").data
    assert missing["code"] == "E702"


def test_a_comparison_that_a_job_made_is_told_alike(server: Server, editor: Caller) -> None:  # fmt: skip
    chance = np.random.default_rng(5)
    first, second = (
        evidence_of("wide", *facts(chance, planted), window=window)
        for planted, window in zip(({}, {4: 0.1}), WINDOWS, strict=True)
    )
    found = compare_evidence(first, second)
    results = Results(server.log.engine)
    made = results.add("wide", "compare", {"comparison": found.to_dict()}, seq=0, epoch="epoch", made_us=1, by="Ann")  # fmt: skip
    sides = editor.ask("GET", "/api/maps/wide/progress/sides").data
    assert [one["id"] for one in sides["comparisons"]] == [made.id]
    answer = editor.ask("GET", f"/api/maps/wide/progress?comparison={made.id}")
    assert answer.status == 200, answer
    worse = [one["ref"] for one in answer.data["rows"] if one["verdict"] == "worse"]
    assert worse == ["step:s4"]
    results.drop([made.id])
