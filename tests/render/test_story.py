"""The journey as data says what the story on a page says, in the same order."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.quotes import Quote
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.persona import Persona
from desirepath.render.draw import draw_map
from desirepath.render.story import StoryStep, story_of

QUOTES = (Quote("pay", "charged", "I was charged twice <b>", "en", "2025-02-03", "web"),)  # fmt: skip


def measured(evidence: Evidence) -> Evidence:
    facts = (
        *evidence.facts,
        Fact("step:pay", "reach", 0.4, "share", 13087, 0.39, 0.41, 5235, 13087),
        Fact("step:pay", "drop_off", 0.1, "share", 5235, 0.09, 0.11, 524, 5235),
        Fact("transition:compare>pay", "time", 7200.0, "s", 800, 7000.0, 7500.0, target="pay"),
        Fact("step:pay", "score", -0.8, "emotion", 300, -1.0, -0.6, target="emotion"),
        Fact("step:pay", "score", 1.1, "emotion", 90, 0.9, 1.3, target="emotion", segment="persona=jana"),
    )  # fmt: skip
    return Evidence("shop", facts, 13087, 99123, 12010, "2011-10-01", "2012-03-14")


def words_of(step: StoryStep) -> list[str]:
    """Everything a step says, in the order of the page."""
    found = [step.name, *(mark.text for mark in step.marks)]
    found += [one.text for one in (step.here, step.left, step.before) if one]
    found += [step.felt.text] if step.felt else []
    found += [one.text for one in step.quotes]
    for lane in (*step.front, *step.onward, *step.behind):
        found.append(lane.title)
        for item in lane.items:
            found += [item.text, *(mark.text for mark in item.marks)]
    return found


def test_the_story_says_what_the_page_says_in_the_same_order(
    shop_map: JourneyMap,
    shop_report: CheckReport,
    shop_evidence: Evidence,
    tmp_path: Path,
) -> None:
    evidence = measured(shop_evidence)
    told = {"report": shop_report, "evidence": evidence, "quotes": QUOTES}
    page = draw_map(shop_map, tmp_path / "map.html", **told).read_text()  # type: ignore[arg-type]
    listed = page[page.index('<ol class="story">') : page.index("</ol>", page.index('<ol class="story">'))]  # fmt: skip
    bare = re.sub(r"<svg.*?</svg>", "", listed, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", bare))
    steps = story_of(shop_map, **told)  # type: ignore[arg-type]
    assert [one.ref for one in steps if one.ref.startswith("step:")] == [f"step:{one}" for one in shop_map.step_ids()]  # fmt: skip
    at = 0
    for step in steps:
        for words in words_of(step):
            assert words in text[at:], (words, text[at : at + 400])
            at = text.index(words, at) + len(words)


def test_walking_as_a_persona_gives_its_feelings_and_leaves_out_those_of_others(
    shop_map: JourneyMap, shop_evidence: Evidence
) -> None:
    jana, paul = Persona(id="jana", name="Jana"), Persona(id="paul", name="Paul")
    moods = (
        Statement(lane="emotion", score=2, persona="jana"),
        Statement(lane="emotion", score=-2, persona="paul"),
        Statement(lane="pains", text="Paul waits", persona="paul"),
    )
    stages = tuple(
        stage.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(
                        update={"statements": (*moods, *step.statements) if step.id == "pay" else step.statements}
                    )
                    for step in stage.steps
                )
            }
        )
        for stage in shop_map.stages
    )  # fmt: skip
    mapped = shop_map.model_copy(update={"personas": (jana, paul), "stages": stages})
    walked = {
        who: next(
            one
            for one in story_of(mapped, evidence=measured(shop_evidence), persona=who)
            if one.ref == "step:pay"
        )
        for who in ("", "jana")
    }
    assert {one.persona for one in walked[""].moods} >= {"Jana", "Paul"}
    assert "Paul" not in {one.persona for one in walked["jana"].moods}
    assert "Paul waits" in words_of(walked[""])
    assert "Paul waits" not in words_of(walked["jana"])
    felt = walked[""].felt
    assert felt is not None
    assert felt.value == -0.8
    felt = walked["jana"].felt
    assert felt is not None
    assert felt.value == 1.1
