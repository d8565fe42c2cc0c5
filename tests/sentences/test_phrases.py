"""Sentences of findings in every language."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.analyze.reading import ANALYSES
from desirepath.analyze.speech import Speech
from desirepath.analyze.voices import theme_name
from desirepath.events.feedback.cues import THEMES
from desirepath.render import catalog
from desirepath.render.words import Words
from desirepath.sentences.catalog import CATALOGS
from desirepath.sentences.numerals import END, LEFT_TO_RIGHT, Number, Numerals
from desirepath.sentences.phrase import Phrase, listed, say, share

LANGUAGES = sorted(CATALOGS)


def places(text: str) -> list[str]:
    """What is put in, once for all forms of a number."""
    return sorted(set(re.findall(r"(?<!\{)\{(\w+)\}", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_key_with_the_same_places(language: str) -> None:
    told = {key: places(text) for key, text in CATALOGS[language].items()}
    assert told == {key: places(text) for key, text in CATALOGS["en"].items()}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    english = CATALOGS["en"]
    same = {
        key
        for key, text in CATALOGS[language].items()
        if text == english[key] and re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", text))
    }
    assert not same


def test_findings_speak_the_languages_that_pictures_do() -> None:
    assert set(CATALOGS) == set(catalog.CATALOGS)


def test_every_reading_has_a_heading_and_a_word_on_how_to_read_it() -> None:
    names = {one.removeprefix("section.") for one in CATALOGS["en"] if one.startswith("section.")}  # fmt: skip
    assert len(names) == len(ANALYSES)
    assert all(f"about.{name}" in CATALOGS["en"] for name in names)


def test_a_theme_of_the_cue_lists_has_a_name_in_every_language() -> None:
    named = [one.name for one in THEMES if not one.is_general]
    assert all(isinstance(theme_name(one), Phrase) for one in named)
    assert theme_name("our_own") == "our own"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [13087.0, 0.5, -1234.5])
def test_numbers_stand_as_on_pictures(language: str, value: float) -> None:
    told = Numerals(language).figures(f"{value:,}".removesuffix(".0"))
    plain = told.strip(LEFT_TO_RIGHT + END).replace("−", "-")
    assert plain == Words(language).number(value)


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("en", 1, "1 case"),
        ("en", 1234, "1,234 cases"),
        ("de", 1234, "1.234 Fälle"),
        ("ja", 2, "2件"),
        ("ar", 1, "حالة واحدة"),
        ("ar", 2, "حالتان"),
        ("ar", 5, "5 حالات"),
        ("ar", 11, "11 حالة"),
        ("ar", 103, "103 حالات"),
        ("ar", 1200, "1,200 حالة"),
    ],
)
def test_what_is_counted_stands_in_its_form(
    language: str, count: int, told: str
) -> None:
    said = Numerals(language).say(Number(count, "cases"))
    assert said.replace(LEFT_TO_RIGHT, "").replace(END, "") == told


def test_a_sentence_is_made_again_from_its_parts_in_another_language() -> None:
    place = Phrase("place.one", name="Pay {now}")
    told = Phrase("low.leave", first=share(0.125), place=place, second=share(0.0123))
    further = Phrase("times.further", place=place)
    whole = listed([told, further], "gap")
    assert whole == (
        "13 % of those at “Pay {now}” leave there without the goal; at the other steps 1.2 % do. "
        "They may be lost further on: “Pay {now}” stands out in the same weeks."
    )
    assert say(whole, "de-AT") == (
        "13 % derer bei „Pay {now}“ gehen dort ohne das Ziel; bei den anderen Schritten 1,2 %. "
        "Vielleicht gehen sie später verloren: „Pay {now}“ fällt in denselben Wochen auf."
    )
    assert say(whole, "fr") == whole
    assert say("what I wrote", "de") == "what I wrote"


def test_names_and_numbers_are_set_apart_where_words_run_from_the_right() -> None:
    told = say(Phrase("place.one", name="pay_failed"), "ar")
    assert told == "«\u2068pay_failed\u2069»"
    assert Numerals("ar").say(Number(-0.2, "points")) == "\u2066−20\u2069 نقطة"
    # nothing is set apart where nothing is said
    assert "\u2068\u2069" not in say(Phrase("gap.less", place="", sides=""), "ar")


def test_a_phrase_keeps_its_parts_when_it_is_copied() -> None:
    told = Phrase("place.one", name="Pay")
    for other in (copy.deepcopy(told), pickle.loads(pickle.dumps(told))):  # noqa: S301 - our own bytes
        assert other == told
        assert say(other, "ja") == "「Pay」"


def test_the_data_of_a_report_speak_the_language_of_the_map() -> None:
    place = Phrase("place.whole")
    finding = Finding("low_points", "A301", "map", place, place, 5, 0.1, None, "", None, None, 9, 0.9)  # fmt: skip
    section = Section("low_points", Phrase("section.low_points"), (finding,))
    report = AnalysisReport("m", "M", (section,), 9, 9, 9, "", "", 0.05, language="de")
    data = report.to_dict()
    assert data["language"] == "de"
    assert data["sections"][0]["title"] == "Tiefpunkte"
    assert data["sections"][0]["findings"][0]["place"] == "die ganze Reise"
    assert finding.place == "the whole journey"


def test_how_sure_a_finding_is_is_said_in_its_language() -> None:
    few = Finding("a", "A1", "map", "map", "", 5, 0.1, 0.1, "share", 0.0, 0.2, 8, 0.1)
    assert Speech("ja").how_sure(few) == "手がかりのみ\uff08n 8\uff09"
    assert Speech("de").effect(few) == "10 % (0 bis 20 %)"
