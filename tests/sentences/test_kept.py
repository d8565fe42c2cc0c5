"""Checks are kept in English with the parts of their sentences, and said in every language."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from tests.web.shop_check import shop_check

from desirepath.check.parts import Addition
from desirepath.check.report import CheckReport
from desirepath.check.saved import report_from
from desirepath.sentences.catalog import CATALOGS
from desirepath.sentences.kept import phrases_in, spoken, with_phrases
from desirepath.sentences.phrase import Phrase, exact, say

SENTENCES = ("claim", "reason", "proposal", "advice", "question")


def kept_and_read(report: CheckReport) -> CheckReport:
    return report_from(json.loads(json.dumps(report.to_dict())))


def texts(told: Any) -> list[str]:
    """Sentences in data, in their order; words of the team and names of data are none."""
    if isinstance(told, tuple):
        return [text for one in told for text in texts(one)]
    if isinstance(told, Addition):  # its claim is YAML
        return [told.text]
    if not is_dataclass(told):
        return []
    own = [getattr(told, field.name) for field in fields(told)]
    named = [getattr(told, name) for name in SENTENCES if hasattr(told, name)]
    notes = getattr(told, "notes", ())
    return [one for one in (*named, *notes) if one] + [
        text for one in own for text in texts(one)
    ]


def test_what_is_kept_is_read_back_with_its_parts() -> None:
    report = shop_check().report
    again = kept_and_read(report)
    assert again == report
    assert {type(one) for one in texts(again)} == {Phrase}
    assert spoken(again, "en") == report


@pytest.mark.parametrize("language", [one for one in CATALOGS if one != "en"])
def test_no_sentence_of_a_check_stays_english(language: str) -> None:
    report = shop_check().report
    english, told = texts(report), texts(spoken(kept_and_read(report), language))
    assert len(told) == len(english) > 100
    left = {
        text for text, other in zip(english, told, strict=True)
        if text == other and re.search(r"[a-z]{4}", text)
    }  # fmt: skip
    assert left == set()
    assert {type(one) for one in told} == {str}


def test_words_of_the_team_and_verdicts_are_never_said_otherwise() -> None:
    report = shop_check().report
    told = spoken(report, "de")
    assert [(one.text, one.verdict, one.kind, one.segments) for one in told.verdicts] == [
        (one.text, one.verdict, one.kind, one.segments) for one in report.verdicts
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        ["claim.reached", {}],  # says something else
        ["no.such.key", {}],
        ["reason.few", {}],
        ["reason.few", {"count": {"value": "x", "form": "cases_here"}, "least": 10}],
        ["reason.few", {"count": {"value": 1, "form": "roman"}, "least": 10}],
        ["sentence", {"text": [[[["sentence"]]]]}],
        ["join.comma", {"items": 7}],
        "reason.few",
        None,
        {},
    ],
)
def test_parts_that_do_not_make_the_text_are_left_out(data: object) -> None:
    report = CheckReport("m", "M", (), (), (), 0, 0, 0, "", "", 0.05, notes=("kept as it is",))  # fmt: skip
    read = with_phrases(report, {"kept as it is": data})
    assert read == report
    assert spoken(read, "de").notes == ("kept as it is",)


def test_braces_in_names_are_no_places() -> None:
    told = Phrase("claim.shows", bounds=Phrase("bounds.least", low=exact(20.0)), activity="{low} {x!r}")  # fmt: skip
    again = with_phrases((str(told),), phrases_in([told]))
    assert say(again[0], "de") == "mindestens 20 % der Fälle hier zeigen „{low} {x!r}“"
