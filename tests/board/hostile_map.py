"""A map, events and answers in which every text is one that would be a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from tests.board.payloads import Words

from desirepath.maps.files import parse_map
from desirepath.web.jobs.kinds import KINDS
from desirepath.web.jobs.work import Work

CASES = 60
FEW = 4  # cases of a group and of an activity that are too small to be told
STEPS = ("look", "choose", "pay", "wait")
ENTRIES = ("quote", "found_us", "heard_before", "past_experience")
LISTS = ("likes", "wants_to_achieve", "needs", "jobs", "pains", "gains", "says", "thinks", "does", "feels")  # fmt: skip


def hostile_map(words: Words, names: Mapping[str, str], map_id: str, image: str) -> dict[str, Any]:  # fmt: skip
    """A map with other words in every field; its steps are bound to activities.

    Args:
        words: Gives words for each field.
        names: Activities by step, and the name of the channel.
        map_id: Id of the map.
        image: Id of a picture on the server.
    """
    lanes = [
        "actions",
        "emotion",
        "pains",
        "thoughts",
        words("map.lanes", 90),
        "touchpoints",
    ]
    return {
        "format": "desirepath/map/1",
        "id": map_id,
        "title": words("map.title"),
        "description": words("map.description"),
        "owner": words("map.owner"),
        "tags": [words("map.tags", 90)],
        "trigger": words("map.trigger"),
        "goal": {"text": words("map.goal.text"), "success": names["wait"]},
        "purpose": {
            "why": words("map.purpose.why"),
            "business_result": words("map.purpose.business_result"),
            "customer_result": words("map.purpose.customer_result"),
            "used_by": [words("map.purpose.used_by")],
        },
        "scope": {
            "starts": words("map.scope.starts"),
            "ends": words("map.scope.ends"),
            "project_covers": [words("map.scope.project_covers")],
        },
        "lanes": lanes,
        "personas": [hostile_persona(words, "map.persona") | {"id": "somebody"}],
        "organizations": [{"id": "us", "name": words("organization.name"), "role": words("organization.role")}],
        "statements": [{"id": "whole", "lane": "pains", "text": words("map.statement.text")}],
        "touchpoints": [_touchpoint(words, names)],
        "stages": [
            _stage(words, names, "begin", STEPS[:2], lanes, image),
            _stage(words, names, "end", STEPS[2:], lanes, ""),
        ],
    }  # fmt: skip


def hostile_persona(words: Words, name: str) -> dict[str, Any]:
    """A persona with words in every field."""
    persona: dict[str, Any] = {
        one: words(f"{name}.{one}")
        for one in ("name", "role", "category", "tagline", *ENTRIES)
    }
    persona |= {one: [words(f"{name}.{one}")] for one in LISTS}
    persona["brands"] = [words(f"{name}.brands")]
    persona["traits"] = [{"name": words(f"{name}.traits"), "value": 3}]
    return persona


def _touchpoint(words: Words, names: Mapping[str, str]) -> dict[str, Any]:
    texts = ("name", "promise", "expectation", "delivery", "process", "owner")
    lists = ("technology", "people", "physical_evidence")
    return {
        "id": "place",
        "channel": names["channel"],
        "organization": "us",
        **{one: words(f"touchpoint.{one}") for one in texts},
        **{one: [words(f"touchpoint.{one}")] for one in lists},
    }


def _stage(
    words: Words,
    names: Mapping[str, str],
    stage: str,
    steps: tuple[str, ...],
    lanes: list[str],
    image: str,
) -> dict[str, Any]:
    return {
        "id": stage,
        "name": words(f"{stage}.name"),
        "goal": words(f"{stage}.goal"),
        "statements": [{"id": f"{stage}-whole", "lane": "pains", "text": words(f"{stage}.statement")}],
        "steps": [_step(words, names, one, lanes, image) for one in steps],
    }  # fmt: skip


def _step(words: Words, names: Mapping[str, str], step: str, lanes: list[str], image: str) -> dict[str, Any]:  # fmt: skip
    source = {"kind": "staff", "by": words(f"{step}.source.by"), "date": "2023-01-02"}
    cards: list[dict[str, Any]] = [
        {"id": f"{step}-{number}", "lane": lane, "text": words(f"{step}.text.{number}"), "source": source}
        for number, lane in enumerate((lanes[0], *lanes[2:5]))
    ]  # fmt: skip
    cards[0] |= {"claim": {"reach": {"at_least": "70 %"}}}
    cards[1] |= {
        "claim": {"share": {"activity": names["look"], "at_most": "5 %"}},
        "importance": 4,
        "persona": "somebody",
    }
    mood = {"id": f"{step}-mood", "lane": "emotion", "score": -1, "text": words(f"{step}.mood")}  # fmt: skip
    found: dict[str, Any] = {
        "id": step,
        "name": words(f"{step}.name"),
        "touchpoints": ["place"] if step != STEPS[3] else [],
        "organization": "us",
        "events": [{"activity": names[step]}],
        "statements": [*cards, mood],
    }
    if step == STEPS[0]:
        found["owner"] = words(f"{step}.owner")
        found["next"] = [{"step": "pay", "text": words("next.text"), "share": "20 %"}]
    if image:
        found |= {"image": image, "image_alt": words(f"{step}.image_alt")}
    return found


def hostile_events(words: Words) -> tuple[str, dict[str, str]]:
    """Rows of events as CSV, and the names in them: activities by step, channel, segment."""
    names = {one: words(f"activity.{one}", 90) for one in STEPS}
    # a ">" in what shows success means another activity after this one
    names["wait"] = words.given["activity.wait"] = names["wait"].replace(">", ")")
    names |= {one: words(f"events.{one}", 90) for one in ("channel", "missing", "column", "rare")}  # fmt: skip
    values = [words("segment.a", 90), words("segment.b", 90)]
    few = words("segment.few", 90)
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["session_id", "event", "timestamp", "channel", names["column"]])
    for case in range(CASES):
        walked = [names["look"], names["missing"], names["choose"], names["pay"]]
        walked = walked[: 2 + case % 3] + ([names["wait"]] if case % 3 == 0 else [])
        if case < FEW:
            walked.append(names["rare"])
        for minute, activity in enumerate(walked):
            at = f"2023-{1 + case % 6:02d}-{1 + case % 28:02d} 10:{minute:02d}:00"
            rows.writerow([f"c{case}", activity, at, names["channel"], few if case < FEW else values[case % 2]])  # fmt: skip
    return file.getvalue(), names


def hostile_answers(words: Words) -> str:
    """Rows of a survey as CSV."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["customer_id", "submitted_at", "nps", "comment"])
    said = [words(f"answers.comment.{n}") for n in range(4)]
    for case in range(40):
        told = f"It is slow and broken, nobody answers. {said[case % 4]}"
        rows.writerow([f"c{case}", f"2023-03-{1 + case % 28:02d} 10:00:00", case % 11, told])  # fmt: skip
    return file.getvalue()


def hostile_results(
    folder: Path,
    journey: Mapping[str, Any],
    events: str,
    answers: str,
    kinds: Collection[str] = tuple(KINDS),
) -> dict[str, dict[str, Any]]:
    """What each kind of job finds in the events, by the name of the kind."""
    (folder / "events.csv").write_text(events, encoding="utf-8")
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    own = {"format": "desirepath/recipe/1", "sources": [{"files": "events.csv", "case": "session_id"}]}  # fmt: skip
    said = {"format": "desirepath/recipe/1", "feedback": [{"files": "answers.csv", "scores": {"nps": {"scale": "nps", "at": "pay"}}, "text": ["comment"]}]}  # fmt: skip
    for name, recipe in (("events.yaml", own), ("answers.yaml", said)):
        (folder / name).write_text(json.dumps(recipe), encoding="utf-8")
    work = Work(
        parse_map(json.dumps(journey), "map.yaml"),
        events_recipe=folder / "events.yaml",
        feedback_recipe=folder / "answers.yaml",
    )
    found = {kind: dict(KINDS[kind](work)) for kind in kinds}
    parts: dict[str, dict[str, Any]] = json.loads(json.dumps(found))
    return parts
