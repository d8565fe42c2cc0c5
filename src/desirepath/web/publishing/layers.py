"""What of a map everybody may see: the layers that were chosen, and never who said or owns something."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final, Literal, get_args

from desirepath.maps.entry import Entry
from desirepath.maps.model import (
    Discovered,
    JourneyMap,
    Scope,
    Source,
    Stage,
    Statement,
    Step,
)
from desirepath.maps.persona import TEXTS, Persona
from desirepath.maps.refs import with_statement_ids

Layer = Literal["belief", "verdicts", "numbers", "emotion", "quotes", "backstage"]
LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
USUAL: Final[tuple[Layer, ...]] = ("belief", "verdicts", "numbers", "emotion")
# What happens behind the counter, and what a team plans.
BACKSTAGE: Final = ("backstage", "support", "technology", "process", "opportunities", "metrics")  # fmt: skip
# Names of people of the team: never shown.
NAMES: Final = ("owner", "people")
EMOTION, QUOTES = "emotion", "quotes"
LEAST_PEOPLE = 10


def public_map(
    journey: JourneyMap,
    layers: Collection[Layer],
    may_quote: Callable[[str, str], bool] = lambda _place, _text: False,
) -> JourneyMap:
    """The map with what the layers show, without owners, sources, files and notes of one's own.

    Args:
        journey: The map, whole.
        layers: What is shown.
        may_quote: Whether words of customers at a step or stage ("" for the map) were released.
    """
    journey = with_statement_ids(journey)
    hidden = {*NAMES}
    if "backstage" not in layers:
        hidden.update(BACKSTAGE)
    if "emotion" not in layers:
        hidden.add(EMOTION)
    if "quotes" not in layers:
        hidden.add(QUOTES)
    is_believed = "belief" in layers
    is_deep = "backstage" in layers
    keep = _Keep(hidden, may_quote, is_believed=is_believed, is_deep=is_deep)
    return journey.model_copy(
        update={
            "origin": None,
            "tags": (),
            "purpose": None,
            "scope": _scope(journey.scope),
            "owner": None,
            "review_every": None,
            "reviewed": None,
            "custom": None,
            "personas": tuple(
                _persona(one) for one in journey.personas if isinstance(one, Persona)
            )
            if is_believed
            else (),
            "organizations": journey.organizations if keep.is_deep else (),
            "lanes": tuple(one for one in journey.lanes if one not in hidden),
            "discovered": _discovered(journey.discovered),
            "statements": keep.statements(journey.statements, ""),
            "stages": tuple(keep.stage(one) for one in journey.stages),
            "touchpoints": tuple(
                one.model_copy(
                    update={
                        "owner": None,
                        "people": (),
                        "custom": None,
                        "promise": _text(one.promise) if is_believed else None,
                        "expectation": one.expectation if is_believed else None,
                        "delivery": one.delivery if is_believed else None,
                    }
                    | (
                        {}
                        if keep.is_deep
                        else {"technology": (), "process": None, "organization": None}
                    )
                )
                for one in journey.touchpoints
            ),
        }
    )


class _Keep:
    """What stays of stages, steps and statements."""

    def __init__(
        self,
        hidden: Collection[str],
        may_quote: Callable[[str, str], bool],
        *,
        is_believed: bool,
        is_deep: bool,
    ) -> None:
        self.is_deep = is_deep
        self._hidden = hidden
        self._may_quote = may_quote
        self._is_believed = is_believed

    def stage(self, stage: Stage) -> Stage:
        """A stage with its steps."""
        return stage.model_copy(
            update={
                "custom": None,
                "statements": self.statements(stage.statements, stage.id),
                "steps": tuple(self._step(one) for one in stage.steps),
            }
        )

    def _step(self, step: Step) -> Step:
        return step.model_copy(
            update={
                "detail": None,
                "organization": step.organization if self.is_deep else None,
                "events": (),
                "statements": self.statements(step.statements, step.id),
                "owner": None,
                "image": None,
                "image_alt": None,
                "custom": None,
            }
        )

    def statements(
        self, statements: tuple[Statement, ...], place: str
    ) -> tuple[Statement, ...]:
        """Statements of the lanes that are shown; words of customers only where they were released."""
        return tuple(
            one.model_copy(
                update={
                    "source": _source(one.source),
                    "evidence": (),
                    "image": None,
                    "image_alt": None,
                    "custom": None,
                }
            )
            for one in statements
            if self._is_believed
            and one.lane not in self._hidden
            and (one.lane != QUOTES or self._may_quote(place, one.text or ""))
        )


def _source(source: Source | None) -> Source | None:
    """Whose view it is, but not whose name."""
    return Source(kind=source.kind) if source else None


def _text(value: str | Entry | None) -> str | Entry | None:
    if not isinstance(value, Entry):
        return value
    return value.model_copy(update={"source": _source(value.source), "evidence": ()})


def _persona(persona: Persona) -> Persona:
    update: dict[str, object] = {"image": None, "custom": None}
    for name in TEXTS:
        value = getattr(persona, name)
        update[name] = (
            tuple(_text(one) for one in value)
            if isinstance(value, tuple)
            else _text(value)
        )
    return persona.model_copy(update=update)


def _scope(scope: Scope | None) -> Scope | None:
    return scope.model_copy(update={"project_covers": ()}) if scope else None


def _discovered(found: Discovered | None) -> Discovered | None:
    if found is None or found.cases < LEAST_PEOPLE:
        return None
    listed = tuple(one for one in found.left_out if one.cases >= LEAST_PEOPLE)
    return found.model_copy(update={"source": None, "notes": (), "left_out": listed})
