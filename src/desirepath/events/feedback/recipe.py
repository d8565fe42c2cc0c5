"""The `feedback` list of a recipe: which files hold answers and how to read them. Opens none of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from desirepath.errors import EventsError
from desirepath.events.feedback.schema import (
    FeedbackColumns,
    FeedbackSource,
    ScoreColumn,
)
from desirepath.events.schema import fail
from desirepath.events.sources.recipe import FORMAT, RecipeReader
from desirepath.events.sources.yaml_file import load_yaml

ROLE_KEYS = ("customer", "case", "time", "at", "channel", "language", "question", "answer", "scale")  # fmt: skip
SOURCE_KEYS = (
    "files",
    *ROLE_KEYS,
    "scores",
    "text",
    "zone",
    "time_format",
    "zero",
    "sheet",
)
SCORE_KEYS = ("scale", "at", "high_is_good", "zero", "expectation")
NA = "not applicable"


def read_feedback_recipe(path: Path) -> list[FeedbackSource]:
    """Sources of feedback that a recipe lists.

    Raises:
        EventsError: E240 to E243 as any recipe, E254 for what its feedback list says wrongly, E258 if
            it lists none.
    """
    reader = RecipeReader(path)
    top = reader.mapping(load_yaml(path), None, "the recipe")
    if top.get("format") != FORMAT:
        raise fail(
            "E240",
            f'expected "format: {FORMAT}", found {top.get("format") or "none"}',
            reader.place(top, "format"),
            f"Begin the file with: format: {FORMAT}",
        )
    listed = top.get("feedback")
    if not isinstance(listed, CommentedSeq) or not listed:
        raise fail(
            "E258",
            "the recipe lists no feedback",
            str(path),
            "Add a list: feedback: [{files: survey.csv, customer: customer_id}].",
        )
    sources = [_source(reader, listed, number) for number in range(len(listed))]
    if reader.problems:
        raise EventsError(*reader.problems)
    return sources


def _source(reader: RecipeReader, listed: CommentedSeq, number: int) -> FeedbackSource:
    place = reader.place(listed, number)
    node = reader.mapping(listed[number], place, f"feedback[{number}]")
    reader.known(node, SOURCE_KEYS)
    roles = {key: reader.text(node, key, node.get(key)) for key in ROLE_KEYS}
    return FeedbackSource(
        files=reader.files(node, place),
        columns=FeedbackColumns(
            **roles,
            scores=_scores(reader, node),
            texts=reader.texts(node, "text", node.get("text")),
        ),
        zone=reader.text(node, "zone", node.get("zone")),
        time_format=reader.texts(node, "time_format", node.get("time_format")) or (),
        zero_is_na=_zero(reader, node),
        place=place,
        sheet=reader.text(node, "sheet", node.get("sheet")) or "",
    )


def _zero(reader: RecipeReader, node: CommentedMap) -> bool:
    """Whether 0 means "not applicable"."""
    value = node.get("zero")
    if value is None:
        return False
    if value != NA:
        reader.add(
            "E254",
            f"zero is {value!r}",
            reader.place(node, "zero"),
            f"Write zero: {NA}, or leave it out where 0 is an answer.",
        )
    return True


def _scores(
    reader: RecipeReader, node: CommentedMap
) -> Mapping[str, ScoreColumn] | None:
    """What is said about each column of scores."""
    value = node.get("scores")
    if value is None:
        return None
    if not isinstance(value, CommentedMap) or not value:
        reader.add(
            "E254",
            "scores is not a mapping of columns to scales",
            reader.place(node, "scores"),
            "Write lines such as: csat: {scale: csat-5, at: checkout}",
        )
        return None
    return {str(name): _score(reader, value, name) for name in value}


def _score(reader: RecipeReader, scores: CommentedMap, name: Any) -> ScoreColumn:
    value = scores[name]
    if value is None:
        return ScoreColumn()
    if isinstance(value, str):
        return ScoreColumn(scale=value)
    if not isinstance(value, CommentedMap):
        reader.add(
            "E254",
            f'"{name}" says neither a scale nor a mapping',
            reader.place(scores, name),
            f"Write {name}: csat-5, or {name}: {{scale: csat-5, at: checkout}}.",
        )
        return ScoreColumn()
    reader.known(value, SCORE_KEYS)
    switches = {
        key: value[key] for key in ("high_is_good", "expectation") if key in value
    }
    for key, switch in switches.items():
        if not isinstance(switch, bool):
            reader.add(
                "E254",
                f"{key} is {switch!r}",
                reader.place(value, key),
                f"Write {key}: true or {key}: false.",
            )
    return ScoreColumn(
        scale=reader.text(value, "scale", value.get("scale")),
        at=reader.text(value, "at", value.get("at")) or "",
        high_is_good=switches.get("high_is_good"),
        zero_is_na=_zero(reader, value),
        aspect=_aspect(switches.get("expectation")),
    )


def _aspect(is_expectation: object) -> Any:
    if is_expectation is None:
        return None
    return "expectation" if is_expectation else "score"
