"""What each answer speaks of: its language and the themes that are cued in it. Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.cues import NAMES, CueList, cue_list, side_of
from desirepath.events.feedback.language import languages_of
from desirepath.events.feedback.tokens import sentence_at
from desirepath.events.sequences import BoolArray

CountArray: TypeAlias = NDArray[np.int16]
ToneArray: TypeAlias = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Said:
    """Answers with their language and themes.

    Attributes:
        languages: object[n], ISO 639 code; "" without words or unsure.
        names: Names of the themes, those of the project last.
        counts: int16[n, n_themes], cues of each theme in each answer.
        is_read: bool[n], answers with words in a language that has a cue list.
    """

    languages: NDArray[np.object_]
    names: tuple[str, ...]
    counts: CountArray
    is_read: BoolArray

    @property
    def tones(self) -> ToneArray:
        """int8[n], +1 where more cues are good than bad, -1 where more are bad, else 0."""
        number = {"good": 1, "bad": -1, "": 0}
        sides = np.array([number[side_of(name)] for name in self.names])
        return np.asarray(np.sign(self.counts @ sides), dtype=np.int8)

    def speaks_of(self, theme: str) -> BoolArray:
        """bool[n], answers that speak of a theme."""
        if theme not in self.names:
            return np.zeros(len(self.is_read), dtype=np.bool_)
        return np.asarray(self.counts[:, self.names.index(theme)] > 0)

    def words(self) -> str:
        """What was read and what was not, in one sentence.

        Examples:
            >>> one = Said(np.array(["en", "it"], object), ("waiting",), np.zeros((2, 1), np.int16), np.array([True, False]))
            >>> one.words()
            '1 answers with words read: 1 en; 1 not read: 1 it'
        """
        read = Counter(self.languages[self.is_read].tolist())
        left = Counter(self.languages[~self.is_read & (self.languages != "")].tolist())
        listed = ", ".join(f"{count:,} {name}" for name, count in read.most_common())
        others = ", ".join(f"{count:,} {name}" for name, count in left.most_common())
        return (
            f"{sum(read.values()):,} answers with words read"
            + (f": {listed}" if listed else "")
            + (f"; {sum(left.values()):,} not read: {others}" if others else "")
        )


def read_themes(feedback: Feedback) -> Said:
    """Themes of each answer, by the cues of its language and of the project.

    Examples:
        >>> from desirepath.events.feedback.read import read_feedback
        >>> said = read_themes(read_feedback({
        ...     "customer": np.array(["a", "b"]), "score": np.array(["1", "5"]),
        ...     "comment": np.array(["I am still waiting for my parcel", "Nice and easy, thank you very much"]),
        ... }))
        >>> said.speaks_of("waiting").tolist(), said.tones.tolist(), said.languages.tolist()
        ([True, False], [-1, 1], ['en', 'en'])
    """
    languages = languages_of(feedback)
    names = (*NAMES, *(one for one in feedback.own_themes if one not in NAMES))
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((feedback.count, len(names)), dtype=np.int16)
    is_read = np.zeros(feedback.count, dtype=np.bool_)
    for language in sorted(set(languages.tolist()) - {""}):
        cues = cue_list(language, feedback.own_themes)
        if cues is None:
            continue
        here = np.flatnonzero(languages == language)
        is_read[here] = True
        known: dict[str, CountArray] = {}  # the same words are read once
        for answer in here.tolist():
            text = str(feedback.texts[answer])
            if text not in known:
                known[text] = _counts(cues, text, place)
            counts[answer] = known[text]
    return Said(languages, names, counts, is_read)


def _counts(cues: CueList, text: str, place: Mapping[str, int]) -> CountArray:
    """int16[n_themes], cues of each theme in a text."""
    found = np.zeros(len(place), dtype=np.int16)
    for hit in cues.find(text):
        found[place[hit.theme]] += 1
    return found


def sentences_of(text: str, theme: str, cues: CueList) -> list[str]:
    """Sentences of a text that speak of a theme, each once, in order.

    Examples:
        >>> from desirepath.events.feedback.cues import cue_list
        >>> sentences_of("Nice shop. Two weeks late! Still waiting.", "waiting", cue_list("en"))
        ['Two weeks late!', 'Still waiting.']
    """
    found = [
        sentence_at(text, hit.start) for hit in cues.find(text) if hit.theme == theme
    ]
    return list(dict.fromkeys(found))
