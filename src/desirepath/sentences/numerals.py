"""Numbers of findings as people of a language read them. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from desirepath.sentences.catalog import CATALOGS, RIGHT_TO_LEFT

FULL = 100.0
SMALL = 10.0
UNITS_S = (("days", 86400.0), ("hours", 3600.0), ("minutes", 60.0))
# what is set apart runs in its own direction among words that run the other way
APART, LEFT_TO_RIGHT, END = "\u2068", "\u2066", "\u2069"
FEW, MANY = range(3, 11), range(11, 100)
HUNDRED = 100

Form: TypeAlias = Literal[
    "share",
    "bare",
    "points",
    "signed",
    "time",
    "mood",
    "slope",
    "plain",
    "count",
    "cases",
]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence.

    Attributes:
        value: The number; None where it cannot be told.
        form: How it is said: ``share`` (0.23: 23 %), ``bare`` (without the sign), ``points`` (of percent),
            ``signed`` (without the word), ``time`` (seconds), ``mood`` (+0.5), ``slope`` (+0.51), ``plain``
            (0.5), ``count`` or ``cases``.
    """

    value: float | None
    form: Form


class Numerals:
    """Numbers in one language; English where there is no catalog of it.

    Args:
        language: Code of the language, such as ``de`` or ``de-AT``.

    Attributes:
        language: The language spoken.
        is_rtl: It is read from right to left.
    """

    def __init__(self, language: str) -> None:
        base = language.replace("_", "-").split("-")[0].lower()
        self.language = base if base in CATALOGS else "en"
        self.is_rtl = self.language in RIGHT_TO_LEFT
        self._words = CATALOGS[self.language]

    def say(self, number: Number) -> str:
        """The number with its unit.

        Examples:
            >>> [Numerals("en").say(Number(0.234, form)) for form in ("share", "points", "mood", "time")]
            ['23 %', '+23 points', '+0.2', '0 seconds']
            >>> Numerals("de").say(Number(-0.012, "points")), Numerals("ja").say(Number(5400, "time"))
            ('−1,2 Punkte', '1.5時間')
            >>> Numerals("en").say(Number(None, "share"))
            '–'
        """
        value = number.value
        if value is None:
            return "–"
        if number.form == "time":
            return self._time(value)
        if number.form in ("share", "bare"):
            text = self._short(value * FULL, "")
            return (
                self.figures(text)
                if number.form == "bare"
                else self._unit("share", text)
            )
        if number.form in ("points", "signed"):
            text = self._short(value * FULL, "+")
            return (
                self.figures(text)
                if number.form == "signed"
                else self._unit("points", text)
            )
        if number.form == "cases":
            return self._unit("cases", f"{value:,.0f}")
        digits = {"mood": "+z.1f", "slope": "+.2f", "plain": ".1f"}.get(
            number.form, ",.0f"
        )
        return self.figures(format(value, digits))

    def figures(self, text: str) -> str:
        """A number written in the English way, with the marks of the language.

        Examples:
            >>> Numerals("de").figures("-13,087.5")
            '−13.087,5'
        """
        marks = (
            self._words[f"number.{name}"] for name in ("thousands", "point", "minus")
        )
        told = text.translate(str.maketrans(",.-", "".join(marks)))
        return f"{LEFT_TO_RIGHT}{told}{END}" if self.is_rtl else told

    def _short(self, value: float, sign: str) -> str:
        """Whole number, with a decimal where it is small."""
        has_decimal = abs(value) < SMALL and (sign or value)
        return f"{value:{sign}.{1 if has_decimal else 0}f}".removesuffix(".0")

    def _time(self, seconds: float) -> str:
        """Time in the unit a person would choose."""
        for unit, size in UNITS_S:
            if abs(seconds) >= size:
                return self._unit(unit, f"{seconds / size:.1f}".removesuffix(".0"))
        return self._unit("seconds", f"{seconds:.0f}")

    def _unit(self, unit: str, text: str) -> str:
        forms = self._words[f"unit.{unit}"].split("|")
        form: str = forms[min(self._plural(text), len(forms) - 1)]
        return form.format(n=self.figures(text))

    def _plural(self, text: str) -> int:
        """Which form of a unit: one, other; in Arabic one, two, few, many, other."""
        if not self.is_rtl:
            return 0 if text == "1" else 1
        whole = text.replace(",", "")
        if not whole.isdigit():
            return 4
        count = int(whole)
        if count in (1, 2):
            return count - 1
        rest = count % HUNDRED
        return 2 if rest in FEW else 3 if rest in MANY else 4
