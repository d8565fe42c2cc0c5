"""Every error raised on purpose: a place, what is wrong, a code, what to do next. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_PROBLEMS = 20
MAX_KNOWN_NAMES = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: Stable code such as ``E112``; its meaning never changes.
        what: Expected and found, in one sentence without a full stop.
        place: Where a person finds it: ``shop.yaml:48 steps[3].touchpoint``.
        hint: What to do next, as an action.
    """

    code: str
    what: str
    place: str = ""
    hint: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        return f"{head} [{self.code}]" + (f"\n  {self.hint}" if self.hint else "")


class DesirepathError(Exception):
    """One or more problems with what the user gave; our own bugs raise ordinary exceptions.

    Examples:
        >>> print(MapError(Problem("E112", "no touchpoint is called 'emial'", "shop.yaml:48", "Did you mean 'email'?")))
        shop.yaml:48: no touchpoint is called 'emial' [E112]
          Did you mean 'email'?
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems[:MAX_PROBLEMS]
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def code(self) -> str:
        """Code of the first problem."""
        return self.problems[0].code

    def short(self, shown: int = 3) -> str:
        """Text for a terminal: the first problems and how many more there are."""
        lines = [str(problem) for problem in self.problems[:shown]]
        rest = len(self.problems) - shown
        if rest > 0:
            lines.append(f"… and {rest} more {'problem' if rest == 1 else 'problems'}")
        return "\n".join(lines)


class MapError(DesirepathError):
    """E1xx: a map file is not a map."""


class EventsError(DesirepathError):
    """E2xx: events cannot be read as they are."""


class EvidenceError(DesirepathError):
    """E3xx: evidence cannot be measured, read or used."""


class CheckError(DesirepathError):
    """E4xx: a map cannot be checked or discovered."""


class RenderError(DesirepathError):
    """E6xx: a picture cannot be drawn."""


class WebError(DesirepathError):
    """E7xx: the workshop server refuses something, or cannot go on."""


def names_here(known: Iterable[str], like: str = "") -> str:
    """At most eight names in the order of the alphabet; of more, those most like a text.

    Examples:
        >>> names_here(["pay", "look"])
        'look, pay'
        >>> names_here([f"step {i}" for i in range(20)] + ["purchase"], "payment, purchased")
        'purchase, step 0, step 1, step 2, step 3, step 4, step 5, step 6 and 13 more'
    """
    names = sorted(set(known))
    rest = len(names) - MAX_KNOWN_NAMES
    if rest <= 0:
        return ", ".join(names)
    if like:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a mistake needs it; a fifth of the start

        near = process.extract(like.casefold(), names, scorer=fuzz.WRatio, processor=str.casefold, limit=None)  # fmt: skip
        names = [name for name, _, _ in near]
    return ", ".join(names[:MAX_KNOWN_NAMES]) + f" and {rest} more"


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Hint that names the nearest known word and lists at most eight of them.

    Examples:
        >>> did_you_mean("emial", ["phone", "email", "store"])
        'Did you mean "email"? Known names: email, phone, store.'
        >>> did_you_mean("x", [])
        'No names are known here.'
    """
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it; a fifth of the start
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    names = sorted(set(known))
    if not names:
        return "No names are known here."
    best = process.extractOne(
        wrong.casefold(),
        names,
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=str.casefold,
        score_cutoff=0.55,
    )
    meant = f'Did you mean "{best[0]}"? ' if best else ""
    return f"{meant}Known names: {names_here(names)}."
