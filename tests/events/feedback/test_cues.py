"""Cues find what customers speak of, and negations turn them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.events.feedback.cues import (
    LANGUAGES,
    NAMES,
    THEMES,
    CueList,
    cue_list,
    is_general,
)
from desirepath.stats.agreement import sorted_well

LABELLED = Path(__file__).with_name("labelled.tsv")
LEAST_PHRASES = {"en": 25, "pt": 25, "de": 12, "es": 12, "fr": 12}
# what the lists reached on these sentences before any of them was seen by the lists, rounded down
REACHED = {
    "en": (0.92, 0.85),
    "pt": (0.92, 0.92),
    "de": (0.85, 0.88),
    "es": (0.76, 0.83),
    "fr": (0.84, 0.90),
}


def list_of(language: str) -> CueList:
    cues = cue_list(language)
    assert cues is not None
    return cues


def themes(text: str, language: str = "en") -> list[str]:
    return [hit.theme for hit in list_of(language).find(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_enough_phrases_for_every_theme(language: str) -> None:
    counts = list_of(language).phrase_counts
    assert set(counts) == set(NAMES)
    assert min(counts.values()) >= LEAST_PHRASES[language]


def test_praise_has_an_opposite_that_is_blame() -> None:
    sides = {one.name: one.side for one in THEMES}
    assert all(sides[one.opposite] == "bad" for one in THEMES if one.side == "good")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It was not late", []),
        ("en", "Not helpful at all", ["unfriendly"]),
        ("en", "No problem, arrived early", ["easy", "quick"]),
        ("en", "It never arrived!", ["not_delivered"]),
        ("en", "It was not cheap, but quick", ["price", "quick"]),
        ("pt", "NUNCA CHEGOU", ["not_delivered"]),
        ("pt", "não demorou nada", []),
        ("pt", "Não foi rápido", ["waiting"]),
        ("de", "Das Paket kam nicht zu spät", []),
        ("de", "Niemand war erreichbar", ["no_answer"]),
        ("es", "El paquete nunca llegó", ["not_delivered"]),
        ("fr", "Je n’ai jamais reçu mon colis", ["not_delivered"]),
        ("fr", "Pas cher et rapide", ["good_value", "quick"]),
        ("en", "The staff was not friendly", ["unfriendly"]),
        ("de", "Der Service war nicht gut", ["unfriendly", "displeased"]),
        ("es", "El personal no fue amable", ["unfriendly"]),
        ("fr", "Le colis n’est pas conforme à la photo", ["broken_promise"]),
    ],
)
def test_negations_are_understood(language: str, text: str, found: list[str]) -> None:
    assert list(dict.fromkeys(themes(text, language))) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The free food was as expected very little"),
        ("en", "Is flight 12 on time?"),
        ("en", "My flight leaves in 20 minutes, follow me so that I can write"),
        ("en", "It was pretty busy, some kind of buffet"),
        ("en", "I will write again the next day"),
        ("de", "Das Essen war wie erwartet, laut Karte mit Reis"),
        ("de", "Guten Tag, ich habe Platz 12 am Gang"),
        ("es", "La habitación es como se espera, sería para dos"),
        ("es", "Era el cumpleaños de mi madre"),
        ("fr", "Mon propre numéro de vol, avec une copie"),
        ("fr", "Simplement une question, c’est à l’heure du déjeuner"),
        ("pt", "Era conforme o dia"),
        ("pt", "São 10 unidades"),
    ],
)
def test_words_that_only_sound_like_a_theme_are_none(language: str, text: str) -> None:
    assert themes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It arrived as expected and looks exactly like the photo"),
        ("de", "Die Ware kam genau wie erwartet"),
        ("es", "El mueble llegó como esperaba"),
        ("fr", "Le colis est arrivé comme prévu"),
        ("pt", "Produto conforme anunciado"),
    ],
)
def test_what_came_as_promised_is_a_kept_promise(language: str, text: str) -> None:
    assert "kept_promise" in themes(text, language)


def test_a_gap_spans_three_words_and_no_clause() -> None:
    cues = CueList("en", {"x": ["waited .. hours"]})
    assert cues.find("waited for about two hours")
    assert not cues.find("waited for about twenty two hours")
    assert not cues.find("waited. Two hours")


def test_a_project_adds_themes_and_phrases() -> None:
    cues = cue_list("en", {"parking": ["car park*"], "waiting": ["snail mail"]})
    assert cues is not None
    found = [hit.theme for hit in cues.find("The car parks are full. Snail mail!")]
    assert found == ["parking", "waiting"]
    assert cue_list("xx", {"parking": ["parking"]}) is not None
    assert cue_list("xx") is None


@given(before=st.text(max_size=90), after=st.text(max_size=90))
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", " My order arrived late. "),
        ("pt", " O pedido está atrasado. "),
        ("de", " Die Lieferung kam zu spät. "),
        ("es", " El pedido llegó tarde. "),
        ("fr", " La commande est en retard. "),
    ],
)
def test_any_text_can_be_read_and_hits_lie_in_it(
    language: str, text: str, before: str, after: str
) -> None:
    assert set(themes(text, language)) == {"waiting"}
    whole = before + text + after
    for hit in list_of(language).find(whole):
        assert 0 <= hit.start < len(whole)


@pytest.mark.parametrize("language", sorted(REACHED))
def test_labelled_sentences_are_sorted_as_well_as_stated(language: str) -> None:
    called, truth = [], []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        code, theme, text = line.split("\t")
        if code != language:
            continue
        found = {name for name in themes(text, language) if not is_general(name)}
        called += [name in found for name in NAMES]
        truth += [name == theme for name in NAMES]
    reached = sorted_well(called, truth)
    precision, recall = REACHED[language]
    assert reached.precision >= precision
    assert reached.recall >= recall
