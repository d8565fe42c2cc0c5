"""Any map: awkward texts, free fields, missing parts."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, ShareClaim, TimeClaim
from desirepath.maps.model import (
    EventPattern,
    Goal,
    JourneyMap,
    Next,
    Purpose,
    Source,
    Stage,
    Statement,
    Step,
)
from desirepath.maps.persona import Persona, Trait
from desirepath.maps.refs import with_statement_ids

LIMITS = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
AWKWARD = st.sampled_from(
    [
        "no",
        "1e3",
        "2026-03-02",
        "a: b",
        "a #b",
        "- x",
        "",
        " x ",
        "two\nlines",
        "x\n",
        "\ttab",
        "{a}",
        "[",
        "'",
        '"',
        "Größe 😀 👩‍🔧",
        "0x1F",
        "null",
        "~",
        "=",
        "<<",
        "a:",
        "#",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
        "|",
        ">",
        "?",
        "\u2028",
        "\x85",
        "\x00",
        "20%",
        "on",
        "12:30",
        "-1",
        ".5",
        "a\n\n b\n",
        "\n",
        "---",
        "...",
    ]
)
TEXT = st.one_of(st.text(st.characters(codec="utf-8"), max_size=12), AWKWARD)
IDS = st.sampled_from(["a", "b", "c", "d", "e", "ä-1", "no", "1"])
SHARES = st.sampled_from(["20%", "2.5 %", "100%"])
DURATIONS = st.sampled_from(["2d", "10m", "1.5h"])
FREE = st.recursive(
    st.one_of(
        TEXT,
        st.integers(),
        st.booleans(),
        st.none(),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)
    ),
    max_leaves=5,
)
CUSTOM = st.none() | st.dictionaries(TEXT, FREE, max_size=3)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=size).map(tuple)


def unique(strategy: st.SearchStrategy[Any], size: int = 4) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=size, unique_by=lambda part: part.id).map(tuple)


CLAIMS = st.one_of(
    st.builds(
        lambda activity, share: Claim(
            share=ShareClaim(activity=activity, at_least=share)
        ),
        TEXT,
        SHARES,
    ),
    st.builds(
        lambda to, limit: Claim(time=TimeClaim(to=to, typical_at_most=limit)),
        TEXT,
        DURATIONS,
    ),
)
STATEMENTS = st.builds(
    Statement,
    lane=st.sampled_from(["pains", "emotion"]),
    text=maybe(st.sampled_from(["x", "no", "a: b"])),
    score=maybe(st.sampled_from([-1.0, 0.5, 2.0])),
    importance=maybe(st.integers(1, 5)),
    source=maybe(st.builds(Source, kind=st.just("staff"), date=maybe(AWKWARD))),
    claim=maybe(CLAIMS),
    evidence=some(TEXT, 2),
    custom=CUSTOM,
)
STEPS = st.builds(
    Step,
    id=IDS,
    name=TEXT,
    touchpoints=some(TEXT),
    events=some(st.builds(EventPattern, activity=TEXT, channel=maybe(TEXT))),
    next=some(st.builds(Next, step=IDS, loop=st.booleans())),
    statements=some(STATEMENTS),
    moment_of_truth=st.booleans(),
)
STAGES = st.builds(
    Stage, id=IDS, name=TEXT, steps=unique(STEPS, 2), statements=some(STATEMENTS, 2)
)
PERSONAS = st.builds(
    Persona,
    id=IDS,
    name=TEXT,
    traits=some(st.builds(Trait, name=TEXT, value=st.integers(1, 5)), 2),
)
MAPS = st.builds(
    JourneyMap,
    id=st.just("shop"),
    title=TEXT,
    purpose=maybe(st.builds(Purpose, why=maybe(TEXT), used_by=some(TEXT))),
    goal=maybe(
        st.builds(
            Goal,
            text=TEXT,
            success=TEXT | some(TEXT),
            failure=some(TEXT),
            claim=maybe(CLAIMS),
        )
    ),
    review_every=maybe(DURATIONS),
    personas=unique(PERSONAS, 2),
    lanes=some(TEXT, 5),
    statements=some(STATEMENTS, 2),
    stages=unique(STAGES, 3),
    touchpoints=unique(
        st.builds(Touchpoint, id=IDS, name=TEXT, online=maybe(st.booleans()))
    ),
    custom=CUSTOM,
).map(lambda journey: with_statement_ids(_own_steps(journey)))


def _own_steps(journey: JourneyMap) -> JourneyMap:
    """The map without steps whose id an earlier stage has."""
    seen: set[str] = set()
    stages = []
    for stage in journey.stages:
        steps = [step for step in stage.steps if step.id not in seen]
        seen |= {step.id for step in steps}
        stages.append(stage.model_copy(update={"steps": tuple(steps)}))
    return journey.model_copy(update={"stages": tuple(stages)})
