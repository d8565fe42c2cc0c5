"""A statement added to a map. Writes no file."""

from __future__ import annotations

from collections.abc import Mapping

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.maps.base import Part
from desirepath.maps.model import JourneyMap, Stage, Statement
from desirepath.maps.refs import Path, derived_id, find
from desirepath.maps.source import place
from desirepath.maps.validation import validate
from desirepath.maps.yaml_source import parse_yaml

CLAIM = "--claim"


def statement_of(fields: Mapping[str, object], claim: str | None = None) -> Statement:
    """Statement of fields as a person gives them.

    Args:
        fields: Lane, text and so on; those that are None are left out.
        claim: Its claim as YAML in one line: ``{reach: {at_most: 1%}}``.

    Raises:
        MapError: E102 to E119 if the claim is not YAML or a field is wrong; the place names the
            option it came from.

    Examples:
        >>> statement_of({"lane": "pains", "text": "It fails"}, "{reach: {at_most: 1%}}").claim.kind
        'reach'
    """
    data = dict(fields)
    if claim is not None:
        data["claim"] = _claim_data(claim)

    def locate(path: Path) -> tuple[int, str]:
        option = f"--{path[0]}" if path else "the statement"
        return 1, place(option, None, path[1:])

    return validate(Statement, data, locate)


def _claim_data(text: str) -> object:
    try:
        return parse_yaml(text, CLAIM).data()
    except MapError as error:
        problem = error.problems[0]
        hint = "Write one kind of claim in braces: {reach: {at_most: 1%}}"
        raise MapError(Problem(problem.code, problem.what, CLAIM, hint)) from None


def with_statement(journey: JourneyMap, statement: Statement, ref: str) -> JourneyMap:
    """The map with a statement added as the last one of a step, a stage or the map.

    Args:
        journey: The map, every statement with an id.
        statement: The new one; without an id it gets a derived one.
        ref: ``map``, ``stage:ID`` or ``step:ID``.

    Returns:
        The same map where the very statement is there already.

    Raises:
        MapError: E112 if the map has no such place or persona, E120 if the id is taken.
    """
    home = find(journey, ref)
    _refuse(journey, statement)
    if any(_is_same(one, statement) for one in getattr(home, "statements", ())):
        return journey
    new = statement
    if new.id is None:
        taken = {one.id for one in journey.all_statements()}
        base = derived_id(statement, ref)
        names = (base, *(f"{base}-{count}" for count in range(2, len(taken) + 3)))
        free = next(name for name in names if name not in taken)
        new = statement.model_copy(update={"id": free})

    def grown(part: Part, where: str) -> dict[str, object]:
        own = getattr(part, "statements", ())
        return {"statements": (*own, new)} if where == ref else {}

    def stage_grown(stage: Stage) -> Stage:
        steps = tuple(
            step.model_copy(update=grown(step, f"step:{step.id}"))
            for step in stage.steps
        )
        return stage.model_copy(
            update={**grown(stage, f"stage:{stage.id}"), "steps": steps}
        )

    stages = tuple(stage_grown(stage) for stage in journey.stages)
    return journey.model_copy(update={**grown(journey, "map"), "stages": stages})


def _refuse(journey: JourneyMap, statement: Statement) -> None:
    if statement.id and statement.id in {one.id for one in journey.all_statements()}:
        what = f'statement "{statement.id}" is given twice'
        hint = "Give another id, or none."
        raise MapError(Problem("E120", what, "--id", hint))
    personas = [one if isinstance(one, str) else one.id for one in journey.personas]
    if statement.persona and statement.persona not in personas:
        what = f'no persona is called "{statement.persona}"'
        hint = did_you_mean(statement.persona, personas)
        raise MapError(Problem("E112", what, "--persona", hint))


def _is_same(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same, whatever their ids."""
    return one.model_copy(update={"id": None}) == other.model_copy(update={"id": None})
