"""Everything that leaves a map as a file, a page or a letter, of a map in which every text is of one's choice."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from tests.board.hostile_map import (
    hostile_answers,
    hostile_events,
    hostile_map,
    hostile_results,
)
from tests.board.payloads import Words

from desirepath.analyze.finding import AnalysisReport
from desirepath.analyze.saved import analysis_from
from desirepath.check.report import CheckReport
from desirepath.check.saved import report_from
from desirepath.cli.compare_text import Names
from desirepath.cli.compare_text import markdown as comparison_markdown
from desirepath.cli.report_text import report_markdown
from desirepath.discover.ledger import Ledger, Line
from desirepath.discover.ledger_file import write_ledger
from desirepath.evidence.facts import Evidence, evidence_from
from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_files import flows_from
from desirepath.evidence.quotes import Quotes, quotes_from
from desirepath.maps.files import json_text, map_text, parse_map
from desirepath.maps.model import JourneyMap
from desirepath.render.draw import draw_map
from desirepath.render.draw_flow import Picture, draw_flow
from desirepath.render.draw_persona import VIEWS, draw_persona
from desirepath.render.exports.brief import brief_of
from desirepath.render.exports.brief_page import brief_page
from desirepath.render.exports.brief_pdf import brief_pdf
from desirepath.render.exports.report_markdown import analysis_markdown
from desirepath.render.exports.report_page import analysis_page
from desirepath.render.exports.report_pictures import PictureFolder
from desirepath.render.formats.svg import scene_svg
from desirepath.render.formats.typst import scene_pdf
from desirepath.render.views.poster import poster_scene
from desirepath.render.views.thumbnail import thumbnail_scene
from desirepath.track.report import Comparison
from desirepath.web.jobs.digest import Digest, Turned
from desirepath.web.jobs.sending import Letter, Mail, letter_of
from desirepath.web.letters.reminding import ReviewLetter
from desirepath.web.letters.task_letters import TaskLetter
from desirepath.web.publishing.drawn import drawn
from desirepath.web.publishing.layers import LAYERS
from desirepath.web.publishing.quotes import quotable
from desirepath.web.talk.reminders import DueTask, Reminder
from desirepath.web.tracking.judged import comparison_from
from desirepath.web.workshop.phone import form_page

CANARY = "canary"
PLACE = re.compile(rf"{CANARY} (w\d+w)")
# Ids that would be programs; in ids there is no space and no ">".
IDS = {"choose": '"onload=alert(1)<script', "pay": "'-alert(1)-'](javascript:alert(1))", "wait": "../../</title", "somebody": "${x}{{7*7}}`&#60;"}  # fmt: skip
REF = re.compile(r"(?:(?:step|statement|transition|persona)[:=])?[\w>-]+")
ID = re.compile(rf"\b(?:{'|'.join(IDS)})\b")


@dataclass(frozen=True)
class Material:
    """A map and what was found of it; every text in them was chosen.

    Attributes:
        words: What each field was given, by the mark it ends with.
        journey: The map.
        report: Its verdicts.
        evidence: Its facts.
        quotes: Words of customers.
        flows: How cases move.
        analysis: Findings.
        comparison: Two times held together.
    """

    words: Mapping[str, str]
    journey: JourneyMap
    report: CheckReport
    evidence: Evidence
    quotes: Quotes
    flows: tuple[Flow, ...]
    analysis: AnalysisReport
    comparison: Comparison

    def word(self, number: int) -> str:
        """Words of any field."""
        return list(self.words.values())[number % len(self.words)]


@cache
def _caged() -> tuple[tuple[str, ...], dict[str, Any], dict[str, dict[str, Any]]]:
    """Marks, the map and what jobs find of it, with a harmless word in every field."""
    words = Words((CANARY,))
    events, names = hostile_events(words)
    answers = hostile_answers(words)
    journey = hostile_map(words, names, "hostile", "")
    with TemporaryDirectory() as folder:
        found = hostile_results(Path(folder), journey, events, answers, ("check", "analyze", "compare"))  # fmt: skip
    more = _more(words)
    journey["discovered"] = more["discovered"]
    for name in ("statements", "touchpoints"):
        journey[name] += more[name]
    marks = tuple(text.rpartition(" ")[2] for text in words.given.values())
    return marks, journey, found


def _more(words: Words) -> dict[str, Any]:
    """What maps that were discovered say, and cards without a text."""
    left = {"kind": "activity", "name": words("left out", 90), "cases": 30, "share": "20 %"}  # fmt: skip
    told = {one: words(f"discovered.{one}") for one in ("source", "starts", "ends")}
    card = {"id": "seen", "lane": "pains", "image": "x.png", "image_alt": words("image_alt")}  # fmt: skip
    said = {"kind": "staff", "by": words("by"), "date": "2023-01-02"}
    promise = {"text": words("promise"), "source": said, "evidence": [words("promise.evidence")]}  # fmt: skip
    place = {"id": "other", "name": words("other"), "promise": promise}
    return {
        "discovered": {**told, "cases": 90, "events": 900, "stands_for": "80 %", "left_out": [left], "notes": [words("discovered.notes")]},
        "statements": [card, {"id": "heard", "lane": "pains", "text": words("whole"), "source": said, "evidence": [words("evidence")]}],
        "touchpoints": [place],
    }  # fmt: skip


def material(say: Callable[[str], str], ids: Mapping[str, str]) -> Material:
    """The map with words of one's choice in every field; what was found of it is always the same.

    Args:
        say: Words for a field, by its mark, which they must end with.
        ids: Other ids for steps and personas.
    """
    marks, journey, found = _caged()
    words = {mark: say(mark) for mark in marks}
    told = _put(found, words, ids)
    check, analysis = told["check"], told["analyze"]["findings"]
    return Material(
        words,
        parse_map(json.dumps(_put(journey, words, ids)), "map.json"),
        report_from(check["report"]),
        evidence_from(check["evidence"]),
        quotes_from(check["quotes"]),
        flows_from(check["flow"]),
        analysis_from(analysis),
        comparison_from(told["compare"]["comparison"]),
    )


def _put(data: Any, words: Mapping[str, str], ids: Mapping[str, str]) -> Any:
    """Data with other words where the canaries are."""
    if isinstance(data, Mapping):
        return {_put(name, words, {}): _put(one, words, ids) for name, one in data.items()}  # fmt: skip
    if isinstance(data, (list, tuple)):
        return [_put(one, words, ids) for one in data]
    if not isinstance(data, str):
        return data
    if REF.fullmatch(data):
        return ID.sub(lambda found: ids.get(found[0], found[0]), data)
    return PLACE.sub(lambda found: words[found[1]], data)


def pages(one: Material) -> dict[str, str]:
    """Every page that is made of a map, and every letter that is one, as HTML."""
    released = {each.key for each in quotable(one.quotes, one.journey)}
    known: dict[str, Any] = {"report": one.report, "evidence": one.evidence}
    steps = [(stage.name, [(step.id, step.name) for step in stage.steps]) for stage in one.journey.stages]  # fmt: skip
    values = {"text": one.word(3), "when": one.word(4), "heard_from": one.word(5)}
    found = {
        "map": _drawn(partial(draw_map, one.journey, **known, flows=one.flows, quotes=one.quotes.quotes, analysis=one.analysis), "html"),
        "flow": _drawn(partial(draw_flow, one.flows, title=one.word(0)), "html"),
        "report": brief_page(_brief(one), one.journey),
        "analysis": analysis_page(one.analysis),
        "public": drawn(one.journey, one.evidence, one.report, one.quotes, LAYERS, released),
        "story form": form_page("en", "nonce", one.journey.title, steps, values, {"text": one.word(6), "": one.word(7)}),
    }  # fmt: skip
    found |= {view: _drawn(partial(draw_persona, one.journey, view=view, **known), "html") for view in VIEWS}  # fmt: skip
    return found | {f"{name} letter": letter.html for name, letter in letters(one).items()}  # fmt: skip


def pictures(one: Material) -> dict[str, str]:
    """Every picture, as SVG."""
    known: dict[str, Any] = {"report": one.report, "evidence": one.evidence}
    found = {
        "poster": scene_svg(_poster(one), has_fonts=False),
        "thumbnail": scene_svg(thumbnail_scene(one.journey), has_fonts=False),
    }
    for picture in get_args(Picture):
        found[picture] = _drawn(partial(draw_flow, one.flows, title=one.word(0), picture=picture), "svg")  # fmt: skip
    for view in VIEWS:
        found[view] = _drawn(partial(draw_persona, one.journey, view=view, **known), "svg")  # fmt: skip
    return found


def prints(one: Material) -> dict[str, bytes]:
    """Everything to print, as PDF."""
    return {"poster": scene_pdf(_poster(one)), "report": brief_pdf(_brief(one), one.journey)}  # fmt: skip


def texts(one: Material) -> dict[str, str]:
    """Every report that is Markdown."""
    with TemporaryDirectory() as folder:
        pictures = PictureFolder(Path(folder) / "report.md")
        return {
            "check": report_markdown(one.report),
            "analysis": analysis_markdown(one.analysis, pictures),
            "comparison": comparison_markdown(one.comparison, Names(one.journey), [one.word(1)]),
        }  # fmt: skip


def letters(one: Material) -> dict[str, Letter]:
    """Every letter."""
    say = one.word
    turned = tuple(Turned("statement:pay-0", say(n), "", word, say(n + 1)) for n, word in enumerate(("refuted", "stale")))  # fmt: skip
    task = DueTask("hostile", say(2), "t", "step:pay", say(3), "p", say(4), "2023-05-01", is_overdue=True)  # fmt: skip
    return {
        "digest": Digest("hostile", say(5), "2023-05-01", turned, "https://maps.example.org/#/maps/hostile"),
        "tasks": TaskLetter((task,)),
        "review": ReviewLetter(Reminder("hostile", say(6), say(7), "2023-05-01", 1, 2)),
    }  # fmt: skip


def posted(letter: Letter) -> Any:
    """A letter as whoever gets it reads it."""
    mail = Mail("mail.example.org", 587, starttls=True, sender="maps@example.org", to=("ann@example.org",))  # fmt: skip
    return message_from_bytes(letter_of(mail, letter).as_bytes(), policy=policy.default)  # fmt: skip


def cells(one: Material) -> list[list[str]]:
    """Cells of the table that a ledger is."""
    lines = tuple(Line("rare", text, 1, 1) for text in one.words.values())
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.csv"
        write_ledger(Ledger(1, 1, 1, 1, lines), file)
        return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))  # fmt: skip


def map_files(journey: JourneyMap) -> dict[str, str]:
    """A map as a file to keep."""
    return {"map.yaml": map_text(journey), "map.json": json_text(journey)}


def _poster(one: Material) -> Any:
    return poster_scene(one.journey, report=one.report, evidence=one.evidence, quotes=one.quotes.quotes, flows=one.flows)  # fmt: skip


def _brief(one: Material) -> Any:
    return brief_of(one.journey, one.report, day="2023-07-01", analysis=one.analysis, sources=(one.word(8),))  # fmt: skip


def _drawn(draw: Callable[[Path], object], suffix: str) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"file.{suffix}"
        draw(file)
        return file.read_text(encoding="utf-8")
