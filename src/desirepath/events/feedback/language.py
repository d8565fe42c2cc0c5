"""Language of each answer: as the file says, else found in the words. Reads no meaning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.cues import LANGUAGES
from desirepath.events.feedback.tokens import words_of

# languages that are told apart; those without cues keep their texts from being taken for others
CANDIDATES = (*LANGUAGES, "ar", "it", "ja", "ko", "nl", "pl", "ru", "tr", "zh")
MIN_LETTERS = 20
SURE = 0.7
LIKELY = 0.9
NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "spanish": "es", "espanol": "es", "castellano": "es",
    "portuguese": "pt", "portugues": "pt", "french": "fr", "francais": "fr", "italian": "it",
    "italiano": "it", "dutch": "nl", "nederlands": "nl", "polish": "pl", "turkish": "tr", "russian": "ru",
    "japanese": "ja", "chinese": "zh", "arabic": "ar", "korean": "ko",
}  # fmt: skip
CODE_LETTERS = 2


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def language_code(name: str) -> str:
    """ISO 639 code of a language as files name it; "" where it is none.

    Examples:
        >>> language_code("pt-BR"), language_code("Deutsch"), language_code("EN"), language_code("n/a")
        ('pt', 'de', 'en', '')
    """
    words = words_of(name)
    if not words:
        return ""
    code = words[0]
    if code in NAMES:
        return NAMES[code]
    is_code = len(code) == CODE_LETTERS and code.isalpha()
    return code if is_code else ""


def languages_of(feedback: Feedback) -> NDArray[np.object_]:
    """object[n], ISO 639 code of the language of each answer with words; "" without words or unsure.

    What the file says wins. Else the words are compared with what is known of 14 languages, weighed by
    how often each occurs in the file. Texts of fewer than 20 letters tell too little: they are taken to
    be in the language of most of the others.
    """
    named = [language_code(name) for name in feedback.languages.values]
    found = np.array(named, dtype=object)[feedback.languages.codes]
    has_words = feedback.texts != ""
    found[~has_words] = ""
    open_ones = np.flatnonzero(has_words & (found == ""))
    if len(open_ones):
        texts = [str(text) for text in feedback.texts[open_ones]]
        said = found[has_words & (found != "")].tolist()
        found[open_ones] = recognized(texts, said)
    return found


def recognized(texts: Sequence[str], known: Sequence[str] = ()) -> NDArray[np.object_]:
    """object[n], code of the language of each text, "" where it is not sure.

    Args:
        texts: What customers wrote.
        known: Languages of other texts of the same file, for the short ones.

    Examples:
        >>> recognized(["Das Paket ist nie bei mir angekommen", "ok"]).tolist()
        ['de', 'de']
    """
    letters = np.array([sum(map(str.isalpha, text)) for text in texts])
    is_long = letters >= MIN_LETTERS
    known_chances: dict[str, list[float]] = {}  # the same words are read once
    for text, long in zip(texts, is_long, strict=True):
        if long and text not in known_chances:
            known_chances[text] = _chances(text)
    chances = np.array(
        [known_chances[text] for text, long in zip(texts, is_long, strict=True) if long]
    ).reshape(-1, len(CANDIDATES))
    found = np.full(len(texts), "", dtype=object)
    names = np.array(CANDIDATES, dtype=object)
    if len(chances):
        likely = chances[chances.max(axis=1) >= LIKELY]
        # half a text of each language keeps the rare ones possible
        weight = (likely.sum(axis=0) + 0.5) / (len(likely) + 0.5 * len(CANDIDATES))
        chances = chances * weight
        chances /= chances.sum(axis=1, keepdims=True)
        best = chances.argmax(axis=1)
        is_sure = chances.max(axis=1) >= SURE
        found[is_long] = np.where(is_sure, names[best], "")
    found[~is_long] = _most_common([*known, *found[is_long].tolist()])
    return found


def _most_common(languages: Sequence[str]) -> str:
    codes = [one for one in languages if one]
    if not codes:
        return ""
    values, counts = np.unique(np.array(codes), return_counts=True)
    return str(values[counts.argmax()])


def _chances(text: str) -> list[float]:
    """Chance of each candidate."""
    ranked = dict(_identifier().rank(text))
    return [ranked[one] for one in CANDIDATES]


@cache
def _identifier() -> _Identifier:
    # a second to load: only where words have to be read
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CANDIDATES)
    found: _Identifier = identifier
    return found
