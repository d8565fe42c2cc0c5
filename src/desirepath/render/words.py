"""Words and numbers on pictures, per language; a map in another language gets English words."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.maps.values import share_of
from desirepath.render.catalog import CATALOGS
from desirepath.sentences.numerals import END, LEFT_TO_RIGHT, Numerals
from desirepath.sentences.phrase import day

DAY_S = 86400.0
_FULL = 100.0
_TENTH = 0.1
_HALF_TENTH = 0.05  # ends of intervals nearer to 0 must not be written as 0

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
        text = f"{value:,.{digits}f}" if value % 1 else f"{value:,.0f}"
        whole, _, decimals = text.partition(".")
        decimals = decimals.rstrip("0")
        grouped = whole.replace(",", thousands)
        return f"{grouped}{point}{decimals}" if decimals else grouped

    def percent(self, share: float) -> str:
        """Share without the sign: whole percent, decimals only near the ends."""
        value = share * _FULL
        if 0 < value < 1 or _FULL - 1 < value < _FULL:
            return (
                self.number(max(value, _TENTH))
                if value < 1
                else self.number(min(value, 99.9))
            )
        return self.number(round(value))

    def share(self, share: float) -> str:
        """Share as percent."""
        return f"{self.percent(share)}\u00a0%"

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

    def duration(self, seconds: float) -> str:
        """Duration in the unit a person would choose."""
        for unit, size in (("d", DAY_S), ("h", 3600.0), ("min", 60.0)):
            if abs(seconds) >= size:
                return f"{self.number(seconds / size)}\u00a0{self.say(f'unit.{unit}')}"
        return f"{self.number(seconds)}\u00a0{self.say('unit.s')}"

    def value(self, value: float | None, unit: str) -> str:
        """Measured value with its unit; a dash where there is none."""
        if value is None:
            return "–"
        if unit == "share":
            return self.share(value)
        if unit == "emotion":
            return self.signed(value)
        if unit == "points":
            return f"{self.signed(value * _FULL)}\u00a0{self.say('unit.points')}"
        return self.duration(value) if unit == "s" else self.number(value)

    def signed(self, value: float, digits: int = 1) -> str:
        r"""Score with its sign, one decimal if not asked for more; a true minus.

        Examples:
            >>> Words("en").signed(1.23), Words("de").signed(-0.5), Words("en").signed(0.01)
            ('+1.2', '−0,5', '0')
        """
        rounded = round(value, digits)
        sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
        return f"{sign}{self.number(abs(rounded), digits)}"

    def interval(self, low: float | None, high: float | None, unit: str) -> str:
        r"""Both ends of an interval, the unit once; an open end is a dash.

        Examples:
            >>> Words("en").interval(0.02, 0.04, "share"), Words("en").interval(86400, None, "s")
            ('2–4\xa0%', '1\xa0d–…')
        """
        if unit == "share" and low is not None and high is not None:
            return f"{self.percent(low)}–{self.share(high)}"
        if unit == "emotion" and low is not None and high is not None:
            signed = [
                self.signed(one, 1 + (abs(one) < _HALF_TENTH)) for one in (low, high)
            ]
            return "\u00a0…\u00a0".join(signed)
        if unit == "points" and low is not None and high is not None:
            return "\u00a0…\u00a0".join(self.signed(one * _FULL) for one in (low, high))
        ends = ["…" if end is None else self.value(end, unit) for end in (low, high)]
        return "–".join(ends)
