"""What is said of a finding beside its sentence: its size, and how sure it is. Computes nothing."""

from __future__ import annotations

from desirepath.analyze.finding import Finding
from desirepath.sentences.numerals import Form, Number, Numerals
from desirepath.sentences.phrase import Part, Phrase, say

ALMOST, VERY = 0.001, 0.01
FEW = 30
FORMS: dict[str, Form] = {
    "share": "share",
    "s": "time",
    "count": "count",
    "emotion": "mood",
}
BARE: dict[Form, Form] = {"share": "bare", "points": "signed"}


class Speech:
    """One language to speak of findings in; English where there is no catalog of it.

    Args:
        language: Code of the language of the map.

    Attributes:
        language: The language spoken.
        is_rtl: It is read from right to left.
    """

    def __init__(self, language: str) -> None:
        self._numerals = Numerals(language)
        self.language = self._numerals.language
        self.is_rtl = self._numerals.is_rtl

    def say(self, text: str) -> str:
        """A phrase in this language; other text as it is.

        Examples:
            >>> Speech("de").say(Phrase("report.keep")), Speech("de").say("my words")
            ('Was bleiben soll', 'my words')
        """
        return say(text, self.language)

    def key(self, key: str, **parts: Part) -> str:
        """The words of a key.

        Examples:
            >>> Speech("fr").key("report.keep")
            'What to keep'
        """
        return say(Phrase(key, **parts), self.language)

    def percent(self, value: float) -> str:
        """A share as percent."""
        return self._numerals.say(Number(value, "share"))

    def count(self, value: int) -> str:
        """A whole number, grouped."""
        return self._numerals.figures(f"{value:,}")

    def effect(self, finding: Finding) -> str:
        """The effect of a finding with its interval; "" where it has none.

        Examples:
            >>> one = Finding("a", "A1", "map", "map", "", 5, 0.1, -0.12, "share", -0.2, -0.05, 80, 0.1, p=0.01)
            >>> Speech("en").effect(one), Speech("de").effect(one)
            ('-12 points (-20 to -5)', '−12 Punkte (−20 bis −5)')
        """
        value, low, high = finding.value, finding.low, finding.high
        if value is None:
            return ""
        is_points = finding.unit == "share" and (value < 0 or finding.is_difference)
        form: Form = "points" if is_points else FORMS.get(finding.unit, "plain")
        told = Number(value, form)
        if low is None or high is None:
            return self._numerals.say(told)
        bare = BARE.get(form, form)
        key = "effect.share" if form == "share" else "effect.span"
        return self.key(key, value=told, low=Number(low, bare), high=Number(high, bare))

    def how_sure(self, finding: Finding) -> str:
        """How sure it is that the finding is no accident of this data.

        Examples:
            >>> one = Finding("a", "A1", "map", "map", "", 5, 0.1, 0.1, "share", 0.0, 0.2, 80, 0.1, p=0.0001, p_adjusted=0.0004)
            >>> Speech("en").how_sure(one)
            'almost certain'
        """
        p = finding.p_adjusted
        if p is not None:
            return self.key(
                "sure.almost"
                if p <= ALMOST
                else "sure.very"
                if p <= VERY
                else "sure.likely"
            )
        if finding.n < FEW:
            return self.key("sure.hint", n=finding.n)
        return self.key("sure.counted")
