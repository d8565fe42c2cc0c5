"""Refs: the names of the elements of a map, as text. Stores nothing and changes no map in place."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.maps.base import Part
from desirepath.maps.blueprint import Organization, Touchpoint
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona
from desirepath.maps.promises import touchpoint_promises

KINDS = (
    "map",
    "stage",
    "step",
    "statement",
    "touchpoint",
    "persona",
    "organization",
    "transition",
)
ID_PATTERN = re.compile(r"[^\s>\x00-\x1f]+")
DERIVED_PATTERN = re.compile(r"s-[0-9a-f]{6}(-\d+)?")
LABEL_LENGTH = 80

Path = tuple[str | int, ...]
Identified = Stage | Step | Statement | Touchpoint | Persona | Organization


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a map and where it stands.

    Attributes:
        ref: Such as ``step:search``; a statement without an id has the ref ``statement:``.
        part: The element itself.
        path: Keys and positions from the top of the document.
        parent: Ref of the element it stands in; "" for the map.
    """

    ref: str
    part: Part
    path: Path
    parent: str

    @property
    def kind(self) -> str:
        """Kind of element: the part of the ref before the colon."""
        return self.ref.partition(":")[0]


def dotted(path: Path) -> str:
    """Path as a person reads it.

    Examples:
        >>> dotted(("stages", 0, "steps", 3, "touchpoints", 0))
        'stages[0].steps[3].touchpoints[0]'
    """
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


def split_path(text: str) -> Path:
    """Path of a text that `dotted` made.

    Examples:
        >>> split_path("stages[0].steps[3].name")
        ('stages', 0, 'steps', 3, 'name')
    """
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", text)
    return tuple(int(number) if number else key for number, key in found)


def elements(journey: JourneyMap) -> Iterator[Element]:
    """Every element of a map in document order, the map first.

    Examples:
        >>> shop = JourneyMap(id="shop", title="I order", stages=(Stage(id="find", name="Find"),))
        >>> [element.ref for element in elements(shop)]
        ['map', 'stage:find']
    """
    yield Element("map", journey, (), "")
    yield from _listed("persona", journey.personas, ("personas",), "map")
    yield from _listed("organization", journey.organizations, ("organizations",), "map")
    yield from _listed("statement", journey.statements, ("statements",), "map")
    for number, stage in enumerate(journey.stages):
        path: Path = ("stages", number)
        ref = f"stage:{stage.id}"
        yield Element(ref, stage, path, "map")
        yield from _listed("statement", stage.statements, (*path, "statements"), ref)
        for place, step in enumerate(stage.steps):
            step_path: Path = (*path, "steps", place)
            step_ref = f"step:{step.id}"
            yield Element(step_ref, step, step_path, ref)
            yield from _listed(
                "statement", step.statements, (*step_path, "statements"), step_ref
            )
    yield from _listed("touchpoint", journey.touchpoints, ("touchpoints",), "map")


def placed_statements(
    journey: JourneyMap,
) -> Iterator[tuple[Statement, str, tuple[str, ...]]]:
    """Each statement with the ref of its place and the ids of the steps there, in document order.

    Promises of touchpoints come last, each in the place of its touchpoint (`touchpoint_promises`).

    Examples:
        >>> calm = Statement(lane="emotion", text="Calm")
        >>> find = Stage(id="find", name="Find", statements=(calm,))
        >>> shop = JourneyMap(id="shop", title="I order", stages=(find,))
        >>> [(place, steps) for _, place, steps in placed_statements(shop)]
        [('stage:find', ())]
    """
    steps: dict[str, tuple[str, ...]] = {"map": journey.step_ids()}
    for element in elements(journey):
        if isinstance(element.part, Stage):
            steps[element.ref] = tuple(step.id for step in element.part.steps)
        elif isinstance(element.part, Step):
            steps[element.ref] = (element.part.id,)
        elif isinstance(element.part, Statement):
            yield element.part, element.parent, steps[element.parent]
    yield from touchpoint_promises(journey)


def _listed(
    kind: str, parts: Iterable[str | Identified], path: Path, parent: str
) -> Iterator[Element]:
    for number, part in enumerate(parts):
        if not isinstance(part, str):  # a persona may be given by its id only
            yield Element(f"{kind}:{part.id or ''}", part, (*path, number), parent)


def split_ref(ref: str) -> tuple[str, str]:
    """Kind and id of a ref.

    Raises:
        MapError: E125 if the text is not a ref.

    Examples:
        >>> split_ref("step:search"), split_ref("map")
        (('step', 'search'), ('map', ''))
    """
    kind, colon, name = ref.partition(":")
    if ref == "map" or (kind in KINDS[1:] and colon and name):
        return kind, name
    raise MapError(
        Problem(
            "E125",
            f'"{ref}" is not a reference to an element',
            hint="Write map, or one of stage:ID, step:ID, statement:ID, touchpoint:ID, persona:ID, organization:ID, transition:ID>ID.",
        )
    )


def find(journey: JourneyMap, ref: str) -> Part:
    """The element a ref names; for a transition the step it starts from.

    Raises:
        MapError: E112 if the map has no such element, E125 if the text is not a ref.

    Examples:
        >>> shop = JourneyMap(id="shop", title="I order", stages=(Stage(id="find", name="Find"),))
        >>> find(shop, "stage:find").name
        'Find'
    """
    kind, name = split_ref(ref)
    if kind == "transition":
        start, _, end = name.partition(">")
        find(journey, f"step:{end}")
        return find(journey, f"step:{start}")
    known = []
    for element in elements(journey):
        if element.ref == ref:
            return element.part
        if element.kind == kind:
            known.append(element.ref.partition(":")[2])
    raise MapError(
        Problem("E112", f'no {kind} is called "{name}"', hint=did_you_mean(name, known))
    )


def label(journey: JourneyMap, ref: str) -> str:
    """Words for an element, as a person knows it: its name, title or text.

    Raises:
        MapError: E112 if the map has no such element, E125 if the text is not a ref.

    Examples:
        >>> label(JourneyMap(id="shop", title="I order a plant"), "map")
        'I order a plant'
    """
    kind, name = split_ref(ref)
    if kind == "transition":
        start, _, end = name.partition(">")
        return f"{label(journey, f'step:{start}')} → {label(journey, f'step:{end}')}"
    return part_label(find(journey, ref))


def part_label(part: Part) -> str:
    """Words for a part: its name, title or text, cut at 80 characters.

    Examples:
        >>> part_label(Statement(lane="emotion", score=1))
        'emotion +1'
    """
    words: str = (
        getattr(part, "name", None)
        or getattr(part, "title", None)
        or getattr(part, "text", None)
        or ""
    )
    if not words and isinstance(part, Statement):
        words = f"{part.lane} {_value_words(part)}".rstrip()
    words = " ".join((words or getattr(part, "id", None) or "").split())
    return words if len(words) <= LABEL_LENGTH else words[: LABEL_LENGTH - 1] + "…"


def _value_words(statement: Statement) -> str:
    if statement.score is not None:
        return score_words(statement.score)
    return statement.duration or statement.share or ""


def score_words(score: float) -> str:
    """Score with its sign.

    Examples:
        >>> score_words(1.0), score_words(0.5), score_words(0)
        ('+1', '+0.5', '0')
    """
    return f"{score:+g}".replace("-", "\N{MINUS SIGN}") if score else "0"


def with_statement_ids(journey: JourneyMap) -> JourneyMap:
    """The map with an id on every statement; ids that are there stay.

    A derived id is ``s-`` and six hexadecimal digits made of the place and the content, so the
    same file gives the same ids. A counter is added where two would be equal.

    Examples:
        >>> pain = Statement(lane="pains", text="Search finds nothing")
        >>> shop = JourneyMap(id="shop", title="I order", statements=(pain, pain))
        >>> [statement.id for statement in with_statement_ids(shop).statements]
        ['s-69b4f1', 's-69b4f1-2']
    """
    taken = {
        part.id
        for element in elements(journey)
        if isinstance(part := element.part, Statement) and part.id is not None
    }

    return map_statements(
        journey, lambda statement, place: _named(statement, place, taken)
    )


def map_statements(
    journey: JourneyMap, change: Callable[[Statement, str], Statement]
) -> JourneyMap:
    """The map with every statement changed, in document order.

    Args:
        journey: The map.
        change: Gives the new statement for a statement and the ref of its place.
    """

    def changed(part: JourneyMap | Stage | Step, place: str) -> dict[str, object]:
        return {"statements": tuple(change(one, place) for one in part.statements)}

    def stage_changed(stage: Stage) -> Stage:
        update = changed(stage, f"stage:{stage.id}")
        update["steps"] = tuple(
            step.model_copy(update=changed(step, f"step:{step.id}"))
            for step in stage.steps
        )
        return stage.model_copy(update=update)

    update = changed(journey, "map")
    update["stages"] = tuple(stage_changed(stage) for stage in journey.stages)
    return journey.model_copy(update=update)


def _named(statement: Statement, place: str, taken: set[str]) -> Statement:
    if statement.id is not None:
        return statement
    base = derived_id(statement, place)
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    return statement.model_copy(update={"id": name})


def derived_id(statement: Statement, place: str) -> str:
    """Id made of the place and the content of a statement; claim and source do not count.

    Args:
        statement: The statement.
        place: Ref of the map, stage or step it stands in.

    Examples:
        >>> derived_id(Statement(lane="pains", text="Search finds nothing"), "map")
        's-69b4f1'
    """
    content = (
        place,
        statement.lane,
        statement.text,
        None if statement.score is None else f"{statement.score:g}",
        statement.duration,
        statement.share,
        statement.persona,
    )
    text = "|".join("" if value is None else value for value in content)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"s-{digest[:6]}"


def is_derived(name: str | None) -> bool:
    """Whether an id looks like one that was made, not given by a person.

    Examples:
        >>> is_derived("s-1a2b3c-2"), is_derived("empty-search")
        (True, False)
    """
    return name is not None and DERIVED_PATTERN.fullmatch(name) is not None


def id_problems(journey: JourneyMap) -> tuple[tuple[Path, Problem], ...]:
    """Ids that are given twice or cannot stand in a ref, with the path of each.

    Examples:
        >>> twice = Stage(id="find", name="Find")
        >>> shop = JourneyMap(id="shop", title="I order", stages=(twice, twice))
        >>> [problem.what for _, problem in id_problems(shop)]
        ['stage "find" is given twice']
    """
    found: list[tuple[Path, Problem]] = []
    seen: Counter[str] = Counter()
    for element in elements(journey):
        name = getattr(element.part, "id", None)
        if name is None:
            continue
        path = (*element.path, "id")
        if not ID_PATTERN.fullmatch(name):
            found.append((path, _unusable(element.kind, name)))
        seen[element.ref] += element.ref != "map"
        if seen[element.ref] == 2:  # noqa: PLR2004 - said once, at the second
            found.append((path, _given_twice(element.kind, name)))
    return tuple(found)


def _unusable(kind: str, name: str) -> Problem:
    return Problem(
        "E121",
        f'"{name}" cannot be the id of a {kind}',
        hint='Use letters, digits and hyphens, without spaces and ">".',
    )


def _given_twice(kind: str, name: str) -> Problem:
    return Problem(
        "E120", f'{kind} "{name}" is given twice', hint="Give one of them another id."
    )
