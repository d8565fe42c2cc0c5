"""Pictures of personas stay as they were accepted; their names begin with the language."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest

from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.render.formats.svg import scene_svg
from desirepath.render.scene import Scene
from desirepath.render.views.boxes import box_scene
from desirepath.render.views.empathy import empathy_map
from desirepath.render.views.persona_card import persona_card
from desirepath.render.views.personas import personas_scene

HERE = Path(__file__).parent
SHOWN_LINES = 12
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
VERDICT = Verdict(
    subject="statement:s1",
    step="pay",
    stage="buy",
    kind="share",
    claim="",
    text="",
    is_implied=False,
    verdict="refuted",
    reason="",
    value=0.031,
    unit="share",
    n=790,
    low=0.02,
    high=0.04,
)
REPORT = CheckReport("shop", "", (VERDICT,), (), (), 1000, 900, 5000, "", "", 0.05)


def drawn_scene(language: str, picture: str) -> Scene:
    journey = plan(language)
    hanna = journey.personas[0]
    assert isinstance(hanna, Persona)
    if picture == "personas":
        return personas_scene(journey, EVIDENCE)
    draw = persona_card if picture == "persona" else empathy_map
    boxes = draw(journey, hanna, report=REPORT, evidence=EVIDENCE)
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
    language: str, picture: str, request: pytest.FixtureRequest
) -> None:
    drawn = scene_svg(drawn_scene(language, picture), has_fonts=False)
    golden = HERE / "pictures" / f"{picture}-{language}.svg"
    fresh = golden.with_suffix(".new.svg")
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(drawn, encoding="utf-8")
        fresh.unlink(missing_ok=True)
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if drawn == expected:
        return
    fresh.write_text(drawn, encoding="utf-8")
    lines = difflib.unified_diff(
        expected.splitlines(), drawn.splitlines(), lineterm="", n=0
    )
    shown = "\n".join(list(lines)[:SHOWN_LINES])
    pytest.fail(
        f"{picture}-{language} is drawn in another way; look at {fresh.name} beside {golden.name} "
        f"and run pytest tests/golden --update-golden if it is right.\n{shown}"
    )
