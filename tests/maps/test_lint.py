"""Each rule finds what it is for, and leaves a good map alone."""

from __future__ import annotations

import inspect
import re

import pytest

from desirepath.maps.files import parse_map
from desirepath.maps.lint import RULES, LintFinding, lint_map

GOOD = """\
format: desirepath/map/1
id: shop
title: I order a plant
goal: {text: a healthy plant, success: order_delivered}
trigger: my balcony looks bare
owner: head-of-web
personas: [{id: gifter, name: Gifter}]
lanes: [pains, emotion]
stages:
  - id: find
    name: Find
    steps:
      - id: search
        name: I look for a plant
        touchpoints: [web]
        events: [{activity: search}]
        next: [{step: compare}]
        statements:
          - lane: pains
            text: Nothing is found
            persona: gifter
            source: {kind: customer}
            claim: {share: {activity: search_empty, at_least: 20%}}
      - id: compare
        name: I compare
        events: [{activity: view}]
        statements:
          - {lane: emotion, score: 1}
touchpoints: [{id: web, name: Web shop}]
"""
SHOP = "I look for a plant"


def findings(*changes: tuple[str, str]) -> list[LintFinding]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return list(lint_map(parse_map(text)))


def test_a_good_map_has_nothing_to_mend() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("code", "path", "old", "new"),
    [
        ("L01", "stages[0].steps[1]", "        events: [{activity: view}]\n", ""),
        ("L02", "stages[0].steps[0].touchpoints[1]", "[web]", "[web, wbe]"),
        ("L03", "", "goal: {text: a healthy plant, success: order_delivered}\n", ""),
        ("L04", "", "owner: head-of-web\n", ""),
        ("L05", "", "trigger: my balcony looks bare\n", ""),
        ("L07", "stages[0].steps[1].name", "I compare", "The customer compares"),
        ("L07", "stages[0].steps[1].name", "I compare", "We send our offer"),
        ("L07", "stages[0].steps[1].name", "I compare", "Wir schicken die Rechnung"),
        ("L07", "stages[0].steps[1].name", "I compare", "Der Kunde vergleicht"),
        ("L07", "stages[0].name", "name: Find", "name: Acquisition"),
        ("L08", "stages[0].steps[1].statements[0].lane", "[pains, emotion]", "[pains]"),
        ("L08", "stages[0].steps[1].statements[0]", ", score: 1", ""),
        ("L09", "stages[0].steps[0].next[0].step", "{step: compare}", "{step: cmp}"),
        ("L10", "goal", ", success: order_delivered", ""),
        ("L10", "goal", "success: order_delivered", "success: ' > '"),
        (
            "L11",
            "stages[0].steps[0].statements[0]",
            "            claim: {share: {activity: search_empty, at_least: 20%}}\n",
            "",
        ),
        ("L12", "stages[0].steps", "stages:", "stages:\n  - {id: x, name: X}"),
        ("L13", "", "kind: customer", "kind: ai"),
        ("L14", "stages[0].steps[1].name", "I compare", f"I compare {'more ' * 20}"),
        ("L14", "stages[0].steps[1].name", "I compare", SHOP.upper()),
        ("L15", "touchpoints[1]", "Web shop}", "Web shop}, {id: tv, name: TV}"),
        ("L16", "stages[0].steps[1].events[0]", "activity: view", "activity: search"),
        (
            "L18",
            "stages[0].steps[0].statements[0].claim.order.after",
            "{share: {activity: search_empty, at_least: 20%}}",
            "{order: {after: gone}}",
        ),
        (
            "L18",
            "stages[0].steps[0].statements[0].claim.next.step",
            "{share: {activity: search_empty, at_least: 20%}}",
            "{next: {step: gone, at_least: 1%}}",
        ),
        ("L11", "touchpoints[0].promise", "Web shop}", "Web shop, promise: Quick}"),
        (
            "L18",
            "touchpoints[0].promise.claim.order.after",
            "Web shop}",
            "Web shop, promise: {text: Quick, claim: {order: {after: gone}}}}",
        ),
        (
            "L18",
            "personas[0].pains[1].claim.next.step",
            "Gifter}",
            "Gifter, pains: [Slow, {text: Lost, claim: {next: {step: gone, at_least: 1%}}}]}",
        ),
        (
            "L18",
            "personas[0].quote.claim.order.after",
            "Gifter}",
            "Gifter, quote: {text: Lost, claim: {order: {after: gone}}}}",
        ),
        ("L19", "personas[1]", "Gifter}]", "Gifter}, gardener]"),
        (
            "L19",
            "stages[0].steps[0].statements[0].persona",
            "persona: gifter",
            "persona: giver",
        ),
    ],
)
def test_a_rule_finds_what_it_is_for(code: str, path: str, old: str, new: str) -> None:
    assert [(one.code, one.path) for one in findings((old, new))] == [(code, path)]


def test_a_map_too_large_for_a_wall_is_found() -> None:
    stages = "".join(
        f"  - {{id: s{number}, name: S{number}, steps: [{{id: a{number}, name: A{number}, events: [{{activity: a{number}}}]}}, {{id: b{number}, name: B{number}, events: [{{activity: b{number}}}]}}]}}\n"
        for number in range(7)
    )
    found = findings(("touchpoints: [{", f"{stages}touchpoints: [{{"))
    assert [one.message for one in found] == [
        "8 stages are more than 7",
        "16 steps are more than 12",
    ]


def test_a_future_must_promise_something() -> None:
    claimless = (
        "            claim: {share: {activity: search_empty, at_least: 20%}}\n",
        "",
    )
    future = ("owner:", "state: future\nowner:")
    promised = (
        "Web shop}",
        "Web shop, promise: {text: Found, claim: {time: {to: view, typical_at_most: 1m}}}}",
    )
    assert [one.code for one in findings(claimless, future)] == ["L11", "L17"]
    assert [one.code for one in findings(claimless, future, promised)] == ["L11"]
    assert findings(future) == []


def test_a_customer_may_speak_as_we() -> None:
    assert findings(("I compare", "We compare offers with our team")) == []


def test_a_finding_says_what_to_do() -> None:
    assert findings(("[web]", "[wbe]"))[0] == LintFinding(
        "L02",
        "error",
        "step:search",
        "stages[0].steps[0].touchpoints[0]",
        'no touchpoint is called "wbe"',
        'Did you mean "web"? Known names: web.',
    )


def test_every_rule_has_its_own_code_in_order_and_a_page() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == [f"L{number:02}" for number in range(1, len(RULES) + 1)]
    for rule in RULES:
        page = inspect.getdoc(type(rule)) or ""
        assert re.fullmatch(r"[^\n]+\.\n\n.+", page, re.DOTALL), rule.code
