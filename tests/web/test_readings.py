"""Findings, flow, story and report as the server tells them: the library's numbers, nothing hidden to guests shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.web.server import MAP, Caller, Server, running
from tests.web.shop_results import MAP as SHOP
from tests.web.shop_results import add_results, shop_parts

from desirepath.analyze.saved import analysis_from
from desirepath.evidence.facts import evidence_from
from desirepath.web.jobs.results import Snapshot

PATH = "/api/maps/assumed"
BAD = """<script>alert(1)</script>"'>]]>&amp;\u202e[x](javascript:1)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the map of the demo, its results, and a map without any."""
    with running(tmp_path_factory.mktemp("readings")) as one:
        one.people.add("Ann", "a sentence that is long enough", "administrator")
        one.add_map(SHOP.read_text(encoding="utf-8"))
        one.add_map(MAP.format(map_id="bare"))
        one.app.state.made = add_results(one.log, "assumed", one.clock())
        yield one


@pytest.fixture(scope="module")
def ann(server: Server) -> Caller:
    secret = server.people.sign_in("Ann", "a sentence that is long enough", server.clock())  # fmt: skip
    return Caller(server.port, secret)


@pytest.fixture(scope="module")
def guest(server: Server, ann: Caller) -> Caller:
    made = ann.ask("POST", f"{PATH}/links", {"role": "viewer", "days": 5}).data
    return server.caller().signed_in("/api/guest", {"link": made["secret"], "name": "Gus"})  # fmt: skip


def get(caller: Caller, path: str, status: int = 200) -> Any:
    answer = caller.ask("GET", f"{PATH}{path}")
    assert answer.status == status, answer
    return answer.data


def test_the_overview_says_what_the_analysis_says(server: Server, ann: Caller) -> None:
    check, analyzed = server.app.state.made
    assert isinstance(check, Snapshot)
    report = analysis_from(shop_parts()["findings"])
    found = get(ann, "/readings")
    assert [one["words"] for one in found["first"]] == [one.words for one in report.first(5)]  # fmt: skip
    assert [one["words"] for one in found["keep"]] == [one.words for one in report.first(3, "keep")]  # fmt: skip
    assert [one["name"] for one in found["readings"]] == [one.name for one in report.sections]  # fmt: skip
    assert found["made"]["snapshot"] == analyzed.id
    assert found["made"]["cases"] == report.cases
    assert found["has_flow"]
    assert found["has_check"]
    one = found["first"][0]
    assert one["anchor"].startswith(f"finding:{analyzed.id}:{one['reading']}.")
    assert one["bar"]["low"] <= one["bar"]["value"] <= one["bar"]["high"]
    assert re.fullmatch(r"(step|stage|touchpoint):.+|map", one["ref"])


def test_findings_are_told_in_the_language_of_the_reader(ann: Caller) -> None:
    english, german = (get(ann, f"/readings?language={one}") for one in ("en", "de"))
    assert (english["made"]["language"], german["made"]["language"]) == ("en", "de")
    assert [one["anchor"] for one in english["first"]] == [one["anchor"] for one in german["first"]]  # fmt: skip
    assert "Fälle" in german["first"][0]["whom"]
    assert get(ann, "/readings?language=ja")["made"]["language"] == "en"


def test_every_finding_stands_in_its_reading_once(ann: Caller) -> None:
    report = analysis_from(shop_parts()["findings"])
    anchors = []
    for section in report.sections:
        found = get(ann, f"/readings/{section.name}")
        assert [one["words"] for one in found["findings"]] == [one.words for one in section.findings]  # fmt: skip
        assert {one["segment"] for one in found["findings"] if one["segment"]} == set(found["segments"])  # fmt: skip
        anchors += [one["anchor"] for one in found["findings"]]
    assert len(anchors) == len(set(anchors)) > 20
    assert any(get(ann, f"/readings/{one.name}")["segments"] for one in report.sections)
    assert get(ann, "/readings/none", 404)["code"] == "E746"


def test_edits_since_the_analysis_are_counted(server: Server, ann: Caller) -> None:
    before = get(ann, "/readings")["made"]["edits_since"]
    edit = {"do": "change", "ref": "map", "field": "owner", "value": "Ann"}
    assert ann.ask("POST", f"{PATH}/edits", edit).status == 200
    assert get(ann, "/readings")["made"]["edits_since"] == before + 1


def test_a_map_without_results_says_so(ann: Caller) -> None:
    bare = "/api/maps/bare"
    found = ann.ask("GET", f"{bare}/readings").data
    assert (found["made"], found["first"], found["has_check"]) == (None, [], False)
    assert ann.ask("GET", f"{bare}/flow").data["levels"] == []
    walk = ann.ask("GET", f"{bare}/story").data
    assert walk["made"] is None
    assert [one["name"] for one in walk["steps"]] == ["I pay"]
    for path in ("/readings/low_points", "/flow/picture", "/report", "/report?format=pdf"):  # fmt: skip
        answer = ann.ask("GET", bare + path)
        assert (answer.status, answer.data["code"]) == (404, "E746")


def test_the_flow_shows_more_with_each_level_and_leads_to_the_map(ann: Caller) -> None:
    flow = get(ann, "/flow?of=activities")
    assert flow["between"] == ["steps", "activities"]
    assert len(flow["levels"]) >= 2
    sizes = []
    for number in range(len(flow["levels"])):
        drawn = get(ann, f"/flow/picture?of=activities&level={number}")
        root = ET.fromstring(drawn["svg"])  # noqa: S314 - made by our own server
        tags = {one.tag.partition("}")[2] for one in root.iter()}
        assert tags <= {"svg", "g", "title", "rect", "path", "circle", "text"}
        groups = [one.get("data-ref") for one in root.iter() if one.get("data-ref")]
        assert {one["group"] for one in drawn["stops"]} <= set(groups)
        refs = {one["name"]: one["ref"] for one in drawn["stops"]}
        assert refs["order_again"] in ("map", "step:order-again") or refs["order_again"].startswith("step:")  # fmt: skip
        sizes.append(len(drawn["tables"][1]["rows"]))
        assert all(len(row) == len(one["heads"]) for one in drawn["tables"] for row in one["rows"])  # fmt: skip
    assert sizes == sorted(sizes)
    assert any(ref.startswith("step:") for ref in refs.values())
    assert any(ref.startswith("missing:") for ref in refs.values())


def test_two_segments_are_compared_and_others_are_refused(ann: Caller) -> None:
    names = [one["segment"] for one in get(ann, "/flow")["segments"]]
    devices = [one for one in names if one.startswith("first_device=")]
    asked = f"/flow/picture?segment={devices[0]}&against={devices[1]}"
    drawn = get(ann, asked)
    assert devices[0] in drawn["title"]
    assert drawn["tables"][1]["heads"][-1] == "Difference, percentage points"
    german = get(ann, f"{asked}&language=de")
    assert german["title"] != drawn["title"]
    for wrong in ("segment=a=1", f"segment={devices[0]}&against={devices[0]}", f"segment={devices[0]}&against=region=East"):  # fmt: skip
        assert get(ann, f"/flow/picture?{wrong}", 400)["code"] == "E719"


def test_the_story_tells_every_step_with_its_numbers(ann: Caller) -> None:
    walk = get(ann, "/story?language=de")
    steps = [one for one in walk["steps"] if one["ref"].startswith("step:")]
    untold = [one["name"] for one in steps if not one["here"]]
    assert untold == ["I water it and watch it grow"]  # bound to no event
    assert any(one["before"] and one["before"]["after"] for one in steps)
    assert any(mark["verdict"] == "refuted" and mark["text"].startswith("widerlegt") for one in steps for lane in one["front"] for item in lane["items"] for mark in item["marks"])  # fmt: skip
    (said, *_) = (quote for one in steps for quote in one["quotes"])
    assert said["about"].endswith("eingeordnet nach dem, was die Person davor tat")
    assert any(one["before"]["slow"] for one in steps if one["before"])
    assert get(ann, "/story?persona=nobody", 400)["code"] == "E719"


def test_guests_get_no_words_of_customers_and_nothing_of_few(
    server: Server, ann: Caller, guest: Caller
) -> None:
    everything = get(ann, "/readings")
    paths = ["/readings", "/story", "/flow/picture?of=activities&level=9", "/report"]
    paths += [f"/readings/{one['name']}" for one in everything["readings"]]
    told = {path: json.dumps(get(guest, path)) for path in paths}
    quotes = [one["text"] for one in shop_parts()["quotes"]["quotes"]]
    assert quotes
    assert not [(one, path) for one in quotes for path, text in told.items() if json.dumps(one)[1:-1] in text]  # fmt: skip
    assert "source:" not in told["/story"]
    few = [one for section in shop_parts()["findings"]["sections"] for one in section["findings"] if one["people"] < 10]  # fmt: skip
    assert few
    for one in few:
        found = get(guest, f"/readings/{one['analysis']}")
        assert one["words"] not in [seen["words"] for seen in found["findings"]]
        assert found["hidden"]
    moves = get(guest, "/flow/picture?of=activities&level=9")["tables"][1]["rows"]
    assert min(int(row[4].replace(",", "")) for row in moves) >= 10


def test_guests_hear_no_number_of_few_people_in_story_report_and_verdicts(
    server: Server, ann: Caller
) -> None:
    server.add_map(SHOP.read_text(encoding="utf-8").replace("id: assumed", "id: few", 1))  # fmt: skip
    report, facts = deepcopy(shop_parts()["report"]), {}
    judged = [one for one in report["verdicts"] if one["value"] is not None]
    for n, one in enumerate(judged[:4], 3):
        one |= {"n": n, "verdict": "refuted", "importance": 5, "is_implied": False, "reason": f"only {n} cases"}  # fmt: skip
    evidence = evidence_from(shop_parts()["evidence"])
    first, second = [one for one in evidence.facts if (one.measure, one.segment) == ("reach", "")][:2]  # fmt: skip
    facts[first] = replace(first, n=8, cases=8, hits=4, value=0.5)
    facts[second] = replace(second, hits=2, value=2 / second.cases)
    small = replace(evidence, facts=tuple(facts.get(one, one) for one in evidence.facts))  # fmt: skip
    add_results(server.log, "few", server.clock(), report=report, evidence=small.to_dict())  # fmt: skip
    link = ann.ask("POST", "/api/maps/few/links", {"role": "viewer", "days": 5}).data
    guest = server.caller().signed_in("/api/guest", {"link": link["secret"], "name": "Gus"})  # fmt: skip
    personas = ann.ask("GET", "/api/maps/few/story").data["personas"]
    paths = ["story", "report", "verdicts", *(f"story?persona={one['id']}" for one in personas)]  # fmt: skip

    def few(caller: Caller, path: str) -> set[int]:
        told = json.dumps(caller.ask("GET", f"/api/maps/few/{path}").data, ensure_ascii=False)  # fmt: skip
        found = re.findall(r'\bn\u00a0([\d,]+)|"(?:n|hits)": (\d+)|only (\d) cases|\b(\d) of [\d,]+ ·', told)  # fmt: skip
        counts = {int("".join(one).replace(",", "")) for one in found}
        assert any(one >= 10 for one in counts), path
        return {one for one in counts if 0 < one < 10}

    assert [path for path in paths[:3] if not few(ann, path)] == []
    assert [path for path in paths if few(guest, path)] == []


def test_the_report_is_a_page_under_a_strict_policy_and_a_pdf(ann: Caller) -> None:
    page = ann.ask("GET", f"{PATH}/report")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    report = analysis_from(shop_parts()["findings"])
    assert "What to fix first" in page.data
    assert "Since the report before" in page.data
    assert report.first(1)[0].place.strip("“”") in page.data
    pdf = ann.ask("GET", f"{PATH}/report?format=pdf")
    assert pdf.data.startswith("%PDF")
    assert pdf.headers["content-type"] == "application/pdf"


def test_hostile_names_of_events_and_segments_are_text_everywhere(
    server: Server, ann: Caller
) -> None:
    def spoilt(data: Any) -> Any:
        if isinstance(data, dict):
            return {name: f"{BAD}{one}" if name in ("name", "words", "place") and isinstance(one, str) else spoilt(one) for name, one in data.items()}  # fmt: skip
        return [spoilt(one) for one in data] if isinstance(data, list) else data

    flow = spoilt(shop_parts()["activity_flow"])
    for level in flow["levels"]:
        for one in level["by_segment"]:
            one["segment"] = one["segment"].replace("=", f"={BAD}")
    findings = {**shop_parts()["findings"], "sections": [{**one, "findings": [spoilt(finding) for finding in one["findings"]]} for one in shop_parts()["findings"]["sections"]]}  # fmt: skip
    server.add_map(SHOP.read_text().replace("id: assumed", "id: bad"))
    add_results(
        server.log, "bad", server.clock(), activity_flow=flow, findings=findings
    )
    path = "/api/maps/bad"
    drawn = ann.ask("GET", f"{path}/flow/picture?of=activities&level=1").data
    root = ET.fromstring(drawn["svg"])  # noqa: S314
    assert {one.tag.partition("}")[2] for one in root.iter()} <= {"svg", "g", "title", "rect", "path", "circle", "text"}  # fmt: skip
    assert all(one["name"].startswith(BAD) for one in drawn["stops"])
    page = ann.ask("GET", f"{path}/report").data
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert ann.ask("GET", f"{path}/report?format=pdf").data.startswith("%PDF")


def test_comments_about_a_finding_follow_it_into_later_analyses(
    server: Server, ann: Caller
) -> None:
    server.add_map(SHOP.read_text(encoding="utf-8").replace("id: assumed", "id: talked", 1))  # fmt: skip
    path = "/api/maps/talked"
    add_results(server.log, "talked", server.clock())

    def ask(page: Caller, method: str, about: str, data: Any = None) -> Any:
        return page.ask(method, f"{path}{about}", data).data

    every = [one for card in ask(ann, "GET", "/readings")["readings"] for one in ask(ann, "GET", f"/readings/{card['name']}")["findings"]]  # fmt: skip
    names = [one["same"] for one in every]
    assert len(set(names)) == len(names)
    large = max(every, key=lambda one: one["people"])
    small = min(every, key=lambda one: one["people"])
    assert small["people"] < 10 < large["people"]
    link = ask(ann, "POST", "/links", {"role": "commenter"})
    guest = server.caller().signed_in("/api/guest", {"link": link["secret"], "name": "Gus"})  # fmt: skip
    for one in (large, small):
        ask(ann, "POST", "/threads", {"ref": one["anchor"], "text": "Is this so?"})
    refused = ask(guest, "POST", "/threads", {"ref": small["anchor"], "text": "?"})
    assert refused["code"] == "E773"
    other = {"ref": large["anchor"], "text": "?"}
    assert (
        ann.ask("POST", f"{PATH}/threads", other).data["code"] == "E773"
    )  # not its map
    about = f"/threads?finding={large['same']}"
    (thread,) = ask(ann, "GET", about)["threads"]
    told = {"label": large["words"], "place": large["place"], "finding": large["same"], "reading": large["reading"], "is_gone": False}  # fmt: skip
    assert thread.items() >= told.items()
    (german,) = ask(ann, "GET", f"{about}&language=de")["threads"]
    assert german["label"] != large["words"]
    counts = {one["finding"]: one["comments"] for one in ask(ann, "GET", "/talk")["refs"]}  # fmt: skip
    assert counts == {large["same"]: 1, small["same"]: 1}
    seen = {one["finding"]: one["label"] for one in ask(guest, "GET", "/threads")["threads"]}  # fmt: skip
    assert seen == {large["same"]: large["words"], "": ""}
    # an analysis without it does not take its words away, and one with it brings it back
    less = {**shop_parts()["findings"], "sections": [{**one, "findings": [each for each in one["findings"] if each["words"] != large["words"]]} for one in shop_parts()["findings"]["sections"]]}  # fmt: skip
    add_results(server.log, "talked", server.clock() + 1, findings=less)
    (thread,) = ask(ann, "GET", about)["threads"]
    assert (thread["is_gone"], thread["label"]) == (True, large["words"])
    _, newest = add_results(server.log, "talked", server.clock() + 2)
    again = next(one for one in ask(ann, "GET", f"/readings/{large['reading']}")["findings"] if one["words"] == large["words"])  # fmt: skip
    assert again["anchor"].startswith(f"finding:{newest.id}:")
    assert again["same"] == large["same"]
    assert ask(ann, "GET", about)["threads"][0]["is_gone"] is False
