"""A first map from answers to plain questions; everything in it is an assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from desirepath.maps.base import Part
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import (
    Goal,
    JourneyMap,
    Purpose,
    Scope,
    Stage,
    Statement,
    Step,
)
from desirepath.maps.persona import Persona
from desirepath.maps.templates import id_of

# Stages for those who name none, and what is called so where nothing else was said.
STAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("Become aware", "Decide", "Use", "Stay or leave"),
    "de": ("Aufmerksam werden", "Entscheiden", "Nutzen", "Bleiben oder gehen"),
    "ar": ("الانتباه", "القرار", "الاستخدام", "البقاء أو الرحيل"),
}
UNTITLED: Mapping[str, str] = {
    "en": "A new journey",
    "de": "Eine neue Reise",
    "ar": "رحلة جديدة",
}
LANES = (
    "touchpoints",
    "questions",
    "thoughts",
    "emotion",
    "pains",
    "gains",
    "opportunities",
)
MOST = 50
Line = Annotated[str, Field(max_length=1000)]
Lines = Annotated[tuple[Line, ...], Field(max_length=MOST, strict=False)]


class StageAnswers(Part):
    """What was answered about one stage.

    Attributes:
        name: Its name.
        does: What the customer does there, a step each.
        asks: Questions they have.
        thinks: What goes through their head.
        feels: From -2, very bad, to 2, very good.
        pains: What is hard.
        gains: What is good.
        touchpoints: Where they meet somebody or something.
    """

    name: Line = ""
    does: Lines = ()
    asks: Lines = ()
    thinks: Lines = ()
    feels: Annotated[float, Field(ge=-2, le=2)] | None = None
    pains: Lines = ()
    gains: Lines = ()
    touchpoints: Lines = ()


class Answers(Part):
    """What was answered; every question may be skipped.

    Attributes:
        language: Of the answers.
        who: Whose journey it is.
        trigger: What makes them begin.
        goal: What they want in the end.
        starts: Where the journey begins.
        ends: Where it ends.
        why: Why the team makes the map.
        title: Of the map; without one the goal.
        stages: Stage by stage, in order.
    """

    language: Annotated[str, Field(max_length=35)] = "en"
    who: Line = ""
    trigger: Line = ""
    goal: Line = ""
    starts: Line = ""
    ends: Line = ""
    why: Line = ""
    title: Line = ""
    stages: Annotated[
        tuple[StageAnswers, ...], Field(max_length=MOST, strict=False)
    ] = ()


def draft_map(answers: Answers, *, map_id: str | None = None) -> JourneyMap:
    """A first map of what was answered; its statements are assumptions of nobody in particular.

    Args:
        answers: What was answered.
        map_id: Id; without one, made from the title.

    Examples:
        >>> shop = draft_map(Answers(who="Balcony beginner", goal="I make my balcony green"))
        >>> shop.title, [stage.name for stage in shop.stages][:2]
        ('I make my balcony green', ['Become aware', 'Decide'])
    """
    language = answers.language if answers.language in STAGES else "en"
    title = _said(answers.title) or _said(answers.goal) or UNTITLED[language]
    told = [one for one in answers.stages if _said(one.name) or _is_told(one)]
    given = told or [StageAnswers(name=name) for name in STAGES[language]]
    names = Names()
    points = dict.fromkeys(_clean(p for one in given for p in one.touchpoints))
    touchpoints = {name: names.new(name, "touchpoint") for name in points}
    who = _said(answers.who)
    return JourneyMap(
        id=map_id or id_of(title),
        title=title,
        language=answers.language,
        purpose=Purpose(why=_said(answers.why)) if _said(answers.why) else None,
        trigger=_said(answers.trigger),
        goal=Goal(text=answers.goal.strip()) if _said(answers.goal) else None,
        scope=_scope(answers),
        personas=(Persona(id=names.new(who, "persona"), name=who),) if who else (),
        lanes=LANES,
        stages=tuple(_stage(one, n, names, touchpoints) for n, one in enumerate(given, 1)),
        touchpoints=tuple(Touchpoint(id=key, name=name) for name, key in touchpoints.items()),
    )  # fmt: skip


class Names:
    """Ids made of names, none twice."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def new(self, name: str, kind: str) -> str:
        """An id nobody of a kind has."""
        base = id_of(name) if id_of(name) != "map" else kind
        found, number = base, 1
        while (kind, found) in self._taken:
            number += 1
            found = f"{base}-{number}"
        self._taken.add((kind, found))
        return found


def _stage(
    told: StageAnswers, number: int, names: Names, touchpoints: Mapping[str, str]
) -> Stage:
    name = _said(told.name) or str(number)
    does = _clean(told.does) or (name,)
    met = tuple(touchpoints[one] for one in dict.fromkeys(_clean(told.touchpoints)))
    stage_id = names.new(name, "stage")
    steps = [
        Step(id=names.new(one, "step"), name=one, touchpoints=met if not place else ())
        for place, one in enumerate(does)
    ]
    # what was said of the whole stage stands at its first step, where it is seen and can be moved
    steps[0] = steps[0].model_copy(update={"statements": tuple(_statements(told))})
    return Stage(id=stage_id, name=name, steps=tuple(steps))


def _statements(told: StageAnswers) -> Iterator[Statement]:
    for lane, lines in (
        ("questions", told.asks),
        ("thoughts", told.thinks),
        ("pains", told.pains),
        ("gains", told.gains),
    ):
        for text in _clean(lines):
            yield Statement(lane=lane, text=text)
    if told.feels is not None:
        yield Statement(lane="emotion", score=told.feels)


def _scope(answers: Answers) -> Scope | None:
    starts, ends = _said(answers.starts), _said(answers.ends)
    return Scope(starts=starts, ends=ends) if starts or ends else None


def _is_told(stage: StageAnswers) -> bool:
    return stage != StageAnswers(name=stage.name)


def _said(text: str) -> str | None:
    return text.strip() or None


def _clean(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines that say something."""
    return tuple(line.strip() for line in lines if line.strip())
