"""The language of an answer: what the file says, what the words show, else that of most."""

from __future__ import annotations

import numpy as np

from desirepath.events.feedback.language import languages_of, recognized
from desirepath.events.feedback.read import read_feedback

TEXTS = {
    "en": "The parcel arrived two weeks after the date you promised",
    "de": "Das Paket kam zwei Wochen nach dem versprochenen Termin",
    "es": "El paquete llegó dos semanas después de la fecha prometida",
    "fr": "Le colis est arrivé deux semaines après la date promise",
    "pt": "O pacote chegou duas semanas depois da data prometida",
    "nl": "Het pakket kwam twee weken na de beloofde datum aan",
    "ja": "荷物は約束の日から二週間後にやっと届きました。とても遅いです。",
}


def test_languages_are_told_apart() -> None:
    assert recognized(list(TEXTS.values())).tolist() == list(TEXTS)


def test_short_texts_take_the_language_of_most() -> None:
    assert recognized([TEXTS["pt"], TEXTS["pt"], "ok", "bom"]).tolist() == ["pt"] * 4
    assert recognized(["ok"]).tolist() == [""]
    assert recognized(["ok"], ["de", "de", "en"]).tolist() == ["de"]
    assert recognized([]).tolist() == []


def test_the_column_of_the_file_wins() -> None:
    answers = read_feedback(
        {
            "lang": np.array(["pt-BR", "English", "", "de"]),
            "comment": np.array([TEXTS["en"], "fine, really", TEXTS["fr"], ""]),
        }
    )
    found = dict(zip(answers.texts, languages_of(answers), strict=True))
    assert found == {TEXTS["en"]: "pt", "fine, really": "en", TEXTS["fr"]: "fr"}


def test_what_has_no_letters_is_not_sure() -> None:
    assert recognized(["?!?! 12345 ..." * 3]).tolist() == [""]
