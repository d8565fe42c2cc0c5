"""Pictures of personas stay as they were accepted; their names begin with the language."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.render.scene import Scene
from desirepath.render.views.boxes import box_scene
from desirepath.render.views.empathy import empathy_map
from desirepath.render.views.persona_card import persona_card
from desirepath.render.views.personas import personas_scene

TEXTS = {
    "en": ("Hurried Hanna", "Have it tomorrow", "Do they have my size?"),
    "de": (
        "Rechtsschutzversicherungsgesellschaftsmitarbeiterin Hanna",
        "Die Donaudampfschifffahrtsgesellschaftskapitänsmütze übermorgen in den Händen halten",
        "Haben sie meine Größe?",
    ),
    "ar": ("هناء المستعجلة", "أن تصلني غدًا دون أن أفكر فيها", "هل لديهم مقاسي؟"),
    "ja": ("忙しい花さん", "何も考えずに明日手に入れたい", "サイズはありますか"),
}
SHARES = (
    ("persona_share", 0.36),
    ("persona_customers", 0.5),
    ("persona_goal", 0.1),
    ("persona_value", 0.27),
    ("persona_pain", 0.32),
)


def plan(language: str) -> JourneyMap:
    name, want, question = TEXTS[language]
    personas = [
        {
            "id": "hanna",
            "name": name,
            "role": "34",
            "new_or_existing": "existing",
            "quote": want,
            "wants_to_achieve": [want],
            "pains": [question],
            "traits": [{"name": name, "value": 2}],
            "channels": ["app"],
            "segment": {"name": "m", "rule": {"device": "mobile"}, "did": "pay*"},
        },
        {"id": "carl", "name": "Carl"},
    ]
    statements = [
        {"id": "s1", "lane": "questions", "text": question, "persona": "hanna"},
        {"id": "s2", "lane": "emotion", "score": -1, "persona": "hanna"},
    ]
    step = {"id": "pay", "name": want, "statements": statements}
    stages = [{"id": "buy", "name": name, "steps": [step]}]
    data = {
        "format": "desirepath/map/1",
        "id": "shop",
        "title": name,
        "language": language,
        "personas": personas,
        "stages": stages,
    }
    return JourneyMap.model_validate_json(json.dumps(data))


def share(subject: str, measure: str, value: float, segment: str = "") -> Fact:
    ends = value - 0.03, value + 0.03
    return Fact(subject, measure, value, "share", 900, *ends, segment=segment)


EVIDENCE = Evidence(
    "shop",
    (
        *(share("persona:hanna", measure, value) for measure, value in SHARES),
        share("persona:carl", "persona_share", 0.06),
        share("map", "persona_nobody", 0.58),
        share("step:pay", "reach", 0.4),
        share("step:pay", "reach", 0.2, "persona=hanna"),
    ),
    1000,
    5000,
    900,
    "2024-01-01",
    "2024-02-01",
)


def drawn_scene(language: str, picture: str, report: CheckReport) -> Scene:
    journey = plan(language)
    hanna = journey.personas[0]
    assert isinstance(hanna, Persona)
    if picture == "personas":
        return personas_scene(journey, EVIDENCE)
    draw = persona_card if picture == "persona" else empathy_map
    boxes = draw(journey, hanna, report=report, evidence=EVIDENCE)
    return box_scene(boxes, 297, language)


@pytest.mark.parametrize(
    ("language", "picture"),
    [
        ("en", "persona"),
        ("de", "persona"),
        ("ar", "persona"),
        ("ja", "empathy"),
        ("en", "empathy"),
        ("en", "personas"),
    ],
)
def test_the_picture_of_a_persona_is_the_golden_one(
    language: str,
    picture: str,
    persona_report: CheckReport,
    expect_golden: Callable[[str, Scene], None],
) -> None:
    scene = drawn_scene(language, picture, persona_report)
    expect_golden(f"{picture}-{language}", scene)
