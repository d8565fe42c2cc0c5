"""Numbers in sentences as people of a language read them. Computes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desirepath.sentences.catalog import CATALOGS, RIGHT_TO_LEFT
from desirepath.sentences.rounding import FULL, Rounded, rounded, rounded_percent

SMALL = 10.0
UNITS_S = (("days", 86400.0), ("hours", 3600.0), ("minutes", 60.0))
TERMS = (("years", 365), ("months", 30), ("weeks", 7))
# What is counted with a word that changes with the count: the key of its forms is `unit.` and the name.
COUNTED = (
    "cases",
    "cases_here",
    "cases_compared",
    "customers_answered",
    "customers_wrote",
)
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
    "cases_here",
    "cases_compared",
    "customers_answered",
    "customers_wrote",
    "exact",
    "exact_signed",
    "term",
    "day",
]

# Sign and unit of numbers that are told in percent.
PERCENT: dict[Form, tuple[str, str]] = {
    "share": ("", "share"),
    "bare": ("", ""),
    "points": ("+", "points"),
    "signed": ("+", ""),
}
# Sign and decimals of numbers that are measured; they keep their side of nothing.
DIGITS: dict[Form, tuple[str, int]] = {
    "mood": ("+", 1),
    "slope": ("+", 2),
    "plain": ("", 1),
}
STATED: dict[Form, str] = {"exact": "g", "exact_signed": "+g"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence.

    Attributes:
        value: The number; None where it cannot be told.
        form: How it is said: ``share`` (0.23: 23 %), ``bare`` (without the sign), ``points`` (of percent),
            ``signed`` (without the word), ``time`` (seconds), ``mood`` (+0.5), ``slope`` (+0.51), ``plain``
            (0.5), ``count``, one of `COUNTED`, ``exact`` (0.25), ``exact_signed`` (+0.25), ``term`` (days: 3
            weeks) or ``day`` (as Python counts days).
        stated: How it was written where it comes from ("2d", "2024-05-01"): English says that.
    """

    value: float | None
    form: Form
    stated: str = ""


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
            >>> [Numerals("en").say(Number(days, "term")) for days in (1, 20, 200, 3000)]
            ['1 day', '3 weeks', '7 months', '8 years']
        """
        value = number.value
        if number.stated and self.language == "en":
            return number.stated
        if value is None:
            return number.stated or "–"
        if number.form in ("time", "term", "day"):
            return self._of_calendar(value, number.form)
        if number.form in PERCENT:
            return self._in_percent(value, *PERCENT[number.form])
        if number.form in COUNTED:
            return self._unit(number.form, f"{value:,.0f}")
        text = format(value, STATED.get(number.form, ",.0f"))
        if number.form in DIGITS:
            sign, digits = DIGITS[number.form]
            text = _written(rounded(value, digits, [0.0]), sign)
        return self.figures(text)

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

    def _in_percent(self, value: float, sign: str, unit: str) -> str:
        text = _points(value) if sign else _percent(value)
        return self._unit(unit, text) if unit else self.figures(text)

    def _of_calendar(self, value: float, form: Form) -> str:
        """A time, a term of days, or a day."""
        if form == "time":
            return self._time(value)
        if form == "day":
            day = dt.date.fromordinal(int(value))
            told = self._words["number.day"].format(d=day)
            return f"{LEFT_TO_RIGHT}{told}{END}" if self.is_rtl else told
        for unit, size in TERMS:
            if value >= 2 * size:
                count = round(value / size) if unit == "years" else -(-value // size)
                return self._unit(unit, f"{count:,.0f}")
        return self._unit("days", f"{value:,.0f}")

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
        whole = text.replace(",", "").lstrip("+-")
        if not self.is_rtl:
            return 0 if whole == "1" else 1
        if not whole.isdigit():
            return 4
        count = int(whole)
        if count in (1, 2):
            return count - 1
        rest = count % HUNDRED
        return 2 if rest in FEW else 3 if rest in MANY else 4


def _percent(share: float) -> str:
    """A share in percent, without its sign: whole, with a decimal where it is small."""
    is_small = abs(share) * FULL < SMALL
    return _written(rounded_percent(share, digits=int(is_small))).removesuffix(".0")


def _points(share: float) -> str:
    """A difference of shares in points, with a decimal where it is small."""
    value = share * FULL
    is_small = abs(value) < SMALL
    return _written(rounded(value, int(is_small), [0.0]), "+").removesuffix(".0")


def _written(one: Rounded, sign: str = "") -> str:
    """A rounded number in the English way, with the mark of a limit where it has one."""
    value = one.value + 0.0  # no minus before nothing
    mark = "" if one.mark and not value else sign
    if one.mark:
        return f"{one.mark}{value:{mark}g}"
    return f"{value:{mark},.{one.digits}f}"
