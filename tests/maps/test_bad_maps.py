"""Every text that is no map is refused with its place, what is wrong and what to do."""

from __future__ import annotations

import pytest

from desirepath.errors import MAX_PROBLEMS, MapError
from desirepath.maps.codes import CODES
from desirepath.maps.files import parse_map

HEAD = "format: desirepath/map/1\nid: shop\ntitle: I order\n"
BAD_YAML = (
    pytest.param(
        HEAD + "lanes: &all [pains]\n",
        'shop.yaml:4: anchors and aliases are not allowed, found "&all" [E105]\n  Write it out, or put text that starts with "&" in quotes.',
        id="anchor",
    ),
    pytest.param(
        HEAD + "lanes: *all\n",
        'shop.yaml:4: anchors and aliases are not allowed, found "*all" [E105]\n  Write it out, or put text that starts with "*" in quotes.',
        id="alias",
    ),
    pytest.param(
        HEAD + "owner: !!python/object:os.system x\n",
        'shop.yaml:4: tags are not allowed, found "tag:yaml.org,2002:python/object:os.system" [E106]\n  Leave the tag out, or put text that starts with "!" in quotes.',
        id="tag",
    ),
    pytest.param(
        HEAD
        + "custom: {a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}\n",
        "shop.yaml:4: nested more than 40 levels deep [E107]\n  A map needs about eight levels; look for a bracket or an indentation too much.",
        id="deep",
    ),
    pytest.param(
        HEAD + "title: again\n",
        'shop.yaml:4: "title" is given twice [E108]\n  Keep one of the two.',
        id="key-twice",
    ),
    pytest.param(
        HEAD + "? [a]\n: 1\n",
        "shop.yaml:4: a key is a list or a mapping [E104]\n  Write a name before the colon; put text with brackets in quotes.",
        id="list-key",
    ),
    pytest.param(
        "",
        "shop.yaml: expected a map of keys and values, found nothing [E109]\n  Start with: format: desirepath/map/1",
        id="empty",
    ),
    pytest.param(
        "# nothing\n",
        "shop.yaml: expected a map of keys and values, found nothing [E109]\n  Start with: format: desirepath/map/1",
        id="comment",
    ),
    pytest.param(
        "- a\n",
        "shop.yaml: expected a map of keys and values, found a list [E109]\n  Start with: format: desirepath/map/1",
        id="list",
    ),
    pytest.param(
        "hello\n",
        "shop.yaml: expected a map of keys and values, found plain text [E109]\n  Start with: format: desirepath/map/1",
        id="text",
    ),
    pytest.param(
        HEAD + "---\nid: x\n",
        "shop.yaml:4: expected one document, found several [E109]\n  Write each map into its own file.",
        id="two",
    ),
    pytest.param(
        HEAD + "stages:\n\t- id: a\n",
        "shop.yaml:5: a tab stands where spaces belong [E104]\n  Indent with spaces.",
        id="tab",
    ),
    pytest.param(
        HEAD + "owner: a: b\n",
        'shop.yaml:4: this is not valid YAML: mapping values are not allowed here [E104]\n  Put text that contains ": " in quotes, or mend the indentation.',
        id="colon",
    ),
    pytest.param(
        HEAD + "lanes: [a\n",
        "shop.yaml:5: this is not valid YAML: expected ',' or ']', but got '<stream end>' [E104]\n  Compare the indentation and the quotes with the lines above.",
        id="unclosed",
    ),
    pytest.param(
        HEAD + "owner: \x01\n",
        "shop.yaml:4: this is not valid YAML: special characters are not allowed [E104]\n  Compare the indentation and the quotes with the lines above.",
        id="ctrl",
    ),
    pytest.param(
        HEAD + 'owner: "\\ud800"\n',
        "shop.yaml:4: the text holds half a character (a lone surrogate) [E102]\n  Write the character itself.",
        id="surrogate",
    ),
    pytest.param(
        "id: shop\ntitle: x\n",
        "shop.yaml:1 format: the format line is missing [E110]\n  Add as the first line: format: desirepath/map/1",
        id="noformat",
    ),
    pytest.param(
        "format: desirepath/evidence/1\n",
        'shop.yaml:1 format: expected the format "desirepath/map/1", found "desirepath/evidence/1" [E110]\n  Give a map file, or write: format: desirepath/map/1',
        id="otherformat",
    ),
    pytest.param(
        "format: desirepath/map/2\nid: x\n",
        'shop.yaml:1 format: the map is written in "desirepath/map/2", this version reads up to "desirepath/map/1" [E111]\n  Install a newer version of desirepath.',
        id="newer",
    ),
    pytest.param(
        "format: 1\n",
        'shop.yaml:1 format: expected the format "desirepath/map/1", found the number 1 [E110]\n  Give a map file, or write: format: desirepath/map/1',
        id="formatnum",
    ),
    pytest.param(
        HEAD + "pesonas: [a]\n",
        'shop.yaml:4 pesonas: unknown key "pesonas" [E113]\n  Did you mean "personas"? Known keys: custom, description, discovered, format, goal, id, intent, lanes and 20 more.',
        id="unknown",
    ),
    pytest.param(
        "format: desirepath/map/1\nid: shop\nstages:\n  - id: find\n",
        'shop.yaml:1: "title" is missing [E114]\n  Add "title: …" here.\nshop.yaml:4 stages[0]: "name" is missing [E114]\n  Add "name: …" here.',
        id="missing",
    ),
    pytest.param(
        "format: desirepath/map/1\nid: shop\ntitle: 2026\n",
        'shop.yaml:3 title: expected text, found the number 2026 [E115]\n  Put it in quotes: "2026".',
        id="number",
    ),
    pytest.param(
        HEAD + "owner: [a]\n",
        "shop.yaml:4 owner: expected text, found a list [E115]\n  Write text here.",
        id="list4text",
    ),
    pytest.param(
        HEAD + "lanes: pains\n",
        'shop.yaml:4 lanes: expected a list, found "pains" [E115]\n  Write a list: [pains].',
        id="text4list",
    ),
    pytest.param(
        HEAD + "lanes: [~]\n",
        "shop.yaml:4 lanes[0]: expected text, found nothing [E115]\n  Write something there or delete the line.",
        id="null-item",
    ),
    pytest.param(
        HEAD + "owner: true\n",
        'shop.yaml:4 owner: expected text, found true [E115]\n  Put it in quotes: "true".',
        id="bool",
    ),
    pytest.param(
        HEAD + "state: futur\n",
        'shop.yaml:4 state: expected current or future, found "futur" [E116]\n  Did you mean "future"? Allowed words: current, future.',
        id="word",
    ),
    pytest.param(
        HEAD + "statements:\n  - {lane: pains, share: 0.2}\n",
        "shop.yaml:5 statements[0].share: expected a share, found the bare number 0.2 [E117]\n  Write a percentage, such as 20%.",
        id="share",
    ),
    pytest.param(
        HEAD + "statements:\n  - lane: pains\n    claim: {reach: {at_least: 20}}\n",
        "shop.yaml:6 statements[0].claim.reach.at_least: expected a share, found the bare number 20 [E117]\n  Write a percentage, such as 20%.",
        id="share20",
    ),
    pytest.param(
        HEAD + "statements: [{lane: pains, share: 300}]\n",
        "shop.yaml:4 statements[0].share: expected a share, found the bare number 300 [E117]\n  Write a percentage, such as 20%.",
        id="share300",
    ),
    pytest.param(
        HEAD + "review_every: 90\n",
        "shop.yaml:4 review_every: expected a duration, found the bare number 90 [E117]\n  Write a number with a unit: 30s, 10m, 2h, 2d, 3w, 2mo, 1y.",
        id="duration",
    ),
    pytest.param(
        HEAD + "review_every: soon\n",
        'shop.yaml:4 review_every: "soon" is not a duration [E117]\n  Write a number with a unit: 30s, 10m, 2h, 2d, 3w, 2mo, 1y.',
        id="durationtext",
    ),
    pytest.param(
        HEAD + "statements: [{lane: pains, share: 120%}]\n",
        'shop.yaml:4 statements[0].share: "120%" is not a share [E117]\n  Write a percentage between 0% and 100%, such as 20%.',
        id="sharetext",
    ),
    pytest.param(
        HEAD + "statements: [{lane: emotion, score: 3, importance: 0}]\n",
        "shop.yaml:4 statements[0].score: expected at most 2, found 3 [E118]\n  Write a number that is at most 2.\nshop.yaml:4 statements[0].importance: expected at least 1, found 0 [E118]\n  Write a number that is at least 1.",
        id="range",
    ),
    pytest.param(
        HEAD + "statements: [{lane: x, importance: 1.5}]\n",
        "shop.yaml:4 statements[0].importance: expected a whole number, found the number 1.5 [E115]\n  Write a whole number here.",
        id="float",
    ),
    pytest.param(
        HEAD
        + "statements: [{lane: x, claim: {}}, {lane: x, claim: {reach: {}}}, {lane: x, claim: {time: {to: a}}}]\n",
        "shop.yaml:4 statements[0].claim: a claim has exactly one kind, found 0: none [E119]\n  For example: claim: {share: {activity: search_empty, at_least: 20%}}\nshop.yaml:4 statements[1].claim.reach: a claim needs at_least or at_most (a percentage such as 20%) [E119]\n  For example: claim: {share: {activity: search_empty, at_least: 20%}}\nshop.yaml:4 statements[2].claim.time: a time claim needs exactly one of typical_at_most, typical_at_least, p90_at_most, p90_at_least [E119]\n  For example: claim: {share: {activity: search_empty, at_least: 20%}}",
        id="claims",
    ),
    pytest.param(
        HEAD + "personas: [{id: a, nam: B}, 3, [x]]\n",
        'shop.yaml:4 personas[0]: "name" is missing [E114]\n  Add "name: …" here.\nshop.yaml:4 personas[0].nam: unknown key "nam" [E113]\n  Did you mean "name"? Known keys: brands, buying_role, category, channels, color, custom, does, feels and 22 more.\nshop.yaml:4 personas[1]: expected text, found the number 3 [E115]\n  Put it in quotes: "3".\nshop.yaml:4 personas[2]: expected text, found a list [E115]\n  Write text here.',
        id="persona",
    ),
    pytest.param(
        HEAD
        + "personas: [{id: a, name: A, pains: [3, {text: x, importance: 9}], quote: {txt: a}}]\n",
        'shop.yaml:4 personas[0].quote: "text" is missing [E114]\n  Add "text: …" here.\nshop.yaml:4 personas[0].quote.txt: unknown key "txt" [E113]\n  Did you mean "text"? Known keys: claim, evidence, importance, source, status, text.\nshop.yaml:4 personas[0].pains[0]: expected text, found the number 3 [E115]\n  Put it in quotes: "3".\nshop.yaml:4 personas[0].pains[1].importance: expected at most 5, found 9 [E118]\n  Write a number that is at most 5.',
        id="personatext",
    ),
    pytest.param(
        HEAD + "touchpoints: [{id: a, name: A, promise: [x]}]\n",
        "shop.yaml:4 touchpoints[0].promise: expected text, found a list [E115]\n  Write text here.",
        id="promise",
    ),
    pytest.param(
        HEAD + "goal: {text: a, success: [1], failure: {a: b}}\n",
        'shop.yaml:4 goal.success[0]: expected text, found the number 1 [E115]\n  Put it in quotes: "1".\nshop.yaml:4 goal.failure: expected text, found keys and values [E115]\n  Write text here.',
        id="success",
    ),
    pytest.param(
        HEAD + "stages:\n  - id: find\n    name: A\n  - id: find\n    name: B\n",
        'shop.yaml:7 stages[1].id: stage "find" is given twice [E120]\n  Give one of them another id.',
        id="dup",
    ),
    pytest.param(
        HEAD + "touchpoints: [{id: a b, name: X}]\n",
        'shop.yaml:4 touchpoints[0].id: "a b" cannot be the id of a touchpoint [E121]\n  Use letters, digits and hyphens, without spaces and ">".',
        id="badid",
    ),
    pytest.param(
        HEAD + "stages: {find: x}\n",
        "shop.yaml:4 stages: expected a list, found keys and values [E115]\n  Write a list here.",
        id="stagesmap",
    ),
    pytest.param(
        HEAD + "stages: [find]\n",
        'shop.yaml:4 stages[0]: expected keys and values, found "find" [E115]\n  Write keys and values here.',
        id="stagetext",
    ),
)


@pytest.mark.parametrize(("text", "message"), BAD_YAML)
def test_a_bad_map_is_refused_in_words_that_help(text: str, message: str) -> None:
    with pytest.raises(MapError) as caught:
        parse_map(text, "shop.yaml")
    assert str(caught.value) == message
    assert {problem.code for problem in caught.value.problems} <= set(CODES)


def test_at_most_twenty_problems_are_told_in_the_order_of_the_text() -> None:
    text = HEAD + "stages:\n" + "  - {id: 1, name: x}\n" * 30
    with pytest.raises(MapError) as caught:
        parse_map(text, "shop.yaml")
    assert [problem.place for problem in caught.value.problems] == [
        f"shop.yaml:{number + 5} stages[{number}].id" for number in range(MAX_PROBLEMS)
    ]


def test_a_text_that_nests_without_end_costs_no_time() -> None:
    for text in ("[" * 20_000, "a: " + "{a: " * 20_000, "- " * 20_000):
        with pytest.raises(MapError) as caught:
            parse_map(text, "shop.yaml")
        assert caught.value.code == "E107"


def test_keys_without_a_value_count_as_left_out() -> None:
    assert parse_map(HEAD + "owner:\nstages:\n") == parse_map(HEAD)


def test_yes_no_and_dates_stay_text() -> None:
    text = HEAD + "owner: no\ncustom: {day: 2026-03-02, on: yes, hex: 0x1F, none: ~}"
    journey = parse_map(text)
    assert journey.owner == "no"
    assert journey.custom == {"day": "2026-03-02", "on": "yes", "hex": 31, "none": None}


JSON_HEAD = '{"format": "desirepath/map/1", "id": "shop",\n "title": "x"'
BAD_JSON = (
    pytest.param(
        JSON_HEAD,
        "shop.json:2: this is not valid JSON: Expecting ',' delimiter [E104]\n"
        "  Look for a missing comma, quote or bracket here or just before.",
        id="cut",
    ),
    pytest.param(
        f'{JSON_HEAD}, "custom": {{"a": NaN}}}}',
        "shop.json: this is not valid JSON: NaN is not a number a map can hold [E104]\n"
        "  Write a finite number.",
        id="nan",
    ),
    pytest.param(
        f'{JSON_HEAD}, "custom": {{"a": 1e999}}}}',
        "shop.json: this is not valid JSON: 1e999 is not a number a map can hold [E104]\n"
        "  Write a finite number.",
        id="infinite",
    ),
    pytest.param(
        f'{JSON_HEAD}, "custom": {{"a": {"1" * 5000}}}}}',
        "shop.json: this is not valid JSON:"
        " one with thousands of digits is not a number a map can hold [E104]\n"
        "  Write a finite number.",
        id="digits",
    ),
    pytest.param(
        f'{JSON_HEAD},\n "id": "y"}}',
        'shop.json:3: "id" is given twice [E108]\n  Keep one of the two.',
        id="twice",
    ),
    pytest.param(
        "[" * 100_000,
        "shop.json: nested more than 40 levels deep [E107]\n"
        "  A map needs about eight levels.",
        id="deep",
    ),
    pytest.param(
        " ",
        "shop.json: expected a map of keys and values, found nothing [E109]\n"
        "  Start with: format: desirepath/map/1",
        id="empty",
    ),
    pytest.param(
        f'{JSON_HEAD},\n "owner": 1.5}}',
        "shop.json:3 owner: expected text, found the number 1.5 [E115]\n"
        '  Put it in quotes: "1.5".',
        id="number",
    ),
)


@pytest.mark.parametrize(("text", "message"), BAD_JSON)
def test_bad_json_is_refused_in_words_that_help(text: str, message: str) -> None:
    with pytest.raises(MapError) as caught:
        parse_map(text, "shop.json")
    assert str(caught.value) == message


def test_a_number_with_a_fraction_is_read_from_json() -> None:
    assert parse_map(f'{JSON_HEAD}, "custom": {{"a": 1.5}}}}', "x.json").custom == {
        "a": 1.5
    }
