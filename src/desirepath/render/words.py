"""Words and numbers on pictures, per language; a map in another language gets English words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desirepath.maps.values import share_of
from desirepath.render.catalog import CATALOGS
from desirepath.sentences.numerals import END, LEFT_TO_RIGHT, Numerals
from desirepath.sentences.phrase import day
from desirepath.sentences.rounding import (
    Rounded,
    kept_limits,
    rounded,
    rounded_percent,
)

DAY_S = 86400.0
_FULL = 100.0

# (thousands, decimal point); what is not listed writes 13,087.5
_POINT_COMMA = dict.fromkeys(
    ("de", "es", "it", "nl", "pt", "tr", "id", "el", "da"), (".", ",")
)
_SPACE_COMMA = dict.fromkeys(
    ("fr", "pl", "cs", "sk", "ru", "uk", "sv", "fi", "nb", "no", "hu", "bg"),
    ("\u00a0", ","),
)
_SEPARATORS = {**_POINT_COMMA, **_SPACE_COMMA}


@dataclass(frozen=True, slots=True)
class Words:
    """Words and number formats of one language.

    Examples:
        >>> Words("de").number(13087.5), Words("fr").say("legend")
        ('13.087,5', 'Marks')
    """

    language: str

    @property
    def base(self) -> str:
        """Language without its region."""
        return self.language.replace("_", "-").split("-")[0].lower()

    def say(self, key: str, **values: str | int) -> str:
        """Words for a key, with values put in; whole numbers are grouped."""
        words = CATALOGS.get(self.base, CATALOGS["en"])[key]
        if not values:
            return words
        return words.format(
            **{
                name: self.number(value) if isinstance(value, int) else value
                for name, value in values.items()
            }
        )

    def lane(self, lane: str) -> str:
        """Title of a lane; the name itself where the catalog has none."""
        words = CATALOGS.get(self.base, CATALOGS["en"]).get(f"lane.{lane}")
        plain = lane.replace("_", " ").strip()
        return words or plain[:1].upper() + plain[1:]

    def number(self, value: float, digits: int = 1) -> str:
        """Number with at most `digits` decimals."""
        thousands, point = _SEPARATORS.get(self.base, (",", "."))
        shown = rounded(value, digits).value
        text = f"{shown:,.{digits}f}" if shown % 1 else f"{shown:,.0f}"
        whole, _, decimals = text.partition(".")
        decimals = decimals.rstrip("0")
        grouped = whole.replace(",", thousands)
        return f"{grouped}{point}{decimals}" if decimals else grouped

    def percent(self, share: float, limits: Iterable[float] = ()) -> str:
        """Share without the sign: whole percent, decimals only near the ends and near limits."""
        return self._shown(rounded_percent(share, limits))

    def share(self, share: float, limits: Iterable[float] = ()) -> str:
        r"""Share as percent; some are never none, nor all.

        Examples:
            >>> [Words("en").share(one).replace("\xa0", " ") for one in (0.231, 0.0001, 0.9999)]
            ['23 %', '<0.1 %', '>99.9 %']
        """
        return f"{self.percent(share, limits)}\u00a0%"

    def day(self, iso: str) -> str:
        """A day, from how ISO 8601 writes it, the way this language writes days.

        Examples:
            >>> Words("de").day("2024-05-01"), Words("en").day("2024-05-01"), Words("de").day("")
            ('01.05.2024', '2024-05-01', '')
        """
        # what sets texts apart from those that run the other way is for pages, not for pictures
        told = Numerals(self.base).say(day(iso)) if iso else ""
        return told.strip(LEFT_TO_RIGHT + END)

    def stated(self, share: str) -> str:
        r"""Share as a map states it, "45.3%", the way this language writes shares.

        Examples:
            >>> Words("de").stated("0.5%").replace("\xa0", " ")
            '0,5 %'
        """
        return self.share(share_of(share))

    def duration(self, seconds: float, limits: Iterable[float] = ()) -> str:
        """Duration in the unit a person would choose."""
        for unit, size in (("d", DAY_S), ("h", 3600.0), ("min", 60.0), ("s", 1.0)):
            if abs(seconds) >= size or unit == "s":
                break
        shown = rounded(seconds / size, 1, [one / size for one in limits])
        return f"{self._shown(shown)}\u00a0{self.say(f'unit.{unit}')}"

    def value(
        self, value: float | None, unit: str, limits: Iterable[float] = ()
    ) -> str:
        """Measured value with its unit; a dash where there is none.

        Args:
            value: The value.
            unit: As in a fact, or ``points`` for a difference of shares.
            limits: Numbers of the same unit that it must not be taken for.
        """
        if value is None:
            return "–"
        if unit == "share":
            return self.share(value, limits)
        if unit == "points":
            return f"{self._bare(value, unit, limits)}\u00a0{self.say('unit.points')}"
        if unit == "s":
            return self.duration(value, limits)
        return self._bare(value, unit, limits)

    def measured(
        self,
        value: float | None,
        low: float | None,
        high: float | None,
        unit: str,
        limits: Iterable[float] = (),
    ) -> str:
        r"""Value with its interval; what lies wholly on one side of nothing, or of a limit, is shown there.

        Examples:
            >>> Words("en").measured(-0.2, -0.4, -0.004, "emotion").replace("\xa0", " ")
            '−0.2 (−0.4 … −0.004)'
            >>> Words("en").measured(0.19, 0.18, 0.1996, "share", [0.2]).replace("\xa0", " ")
            '19 % (18–19.96 %)'
        """
        told = self.value(value, unit, kept_limits(low, high, limits))
        if low is None and high is None:
            return told
        return f"{told} ({self.interval(low, high, unit, limits)})"

    def signed(
        self, value: float, digits: int = 1, limits: Iterable[float] = ()
    ) -> str:
        r"""Score with its sign, one decimal if not asked for more; a true minus.

        Examples:
            >>> Words("en").signed(1.23), Words("de").signed(-0.5), Words("en").signed(0.01)
            ('+1.2', '−0,5', '0')
        """
        return self._shown(rounded(value, digits, limits), is_signed=True)

    def interval(
        self,
        low: float | None,
        high: float | None,
        unit: str,
        limits: Iterable[float] = (),
    ) -> str:
        r"""Both ends of an interval, the unit once; an open end is a dash.

        Ends keep their side of nothing and of each limit.

        Examples:
            >>> Words("en").interval(0.02, 0.04, "share"), Words("en").interval(86400, None, "s")
            ('2–4\xa0%', '1\xa0d–…')
        """
        kept = (0.0, *limits)
        if low is not None and high is not None:
            if unit == "share":
                return f"{self.percent(low, kept)}–{self.share(high, kept)}"
            if unit in ("emotion", "points"):
                ends = [self._bare(one, unit, kept) for one in (low, high)]
                return "\u00a0…\u00a0".join(ends)
        ends = [
            "…" if end is None else self.value(end, unit, kept) for end in (low, high)
        ]
        return "–".join(ends)

    def _bare(self, value: float, unit: str, limits: Iterable[float]) -> str:
        """A score or a difference without the word of its unit."""
        if unit == "points":
            return self.signed(value * _FULL, 1, [one * _FULL for one in limits])
        if unit == "emotion":
            return self.signed(value, 1, limits)
        return self._shown(rounded(value, 1, limits))

    def _shown(self, one: Rounded, *, is_signed: bool = False) -> str:
        """A rounded number, with the mark of a limit where it has one."""
        if not is_signed:
            return f"{one.mark}{self.number(one.value, one.digits)}"
        sign = "+" if one.value > 0 else "−" if one.value < 0 else ""
        return f"{one.mark}{sign}{self.number(abs(one.value), one.digits)}"
