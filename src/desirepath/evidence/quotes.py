"""Quotes: typical answers of customers about each step and theme. They stay apart from evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from desirepath.errors import EvidenceError, Problem
from desirepath.events.feedback.answers import NO_TIME_US, Feedback
from desirepath.events.feedback.cues import (
    CueList,
    Side,
    cue_list,
    is_general,
    side_of,
)
from desirepath.events.feedback.join import LIMIT_DAYS
from desirepath.events.feedback.private import How, treat_private
from desirepath.events.feedback.said import Said, read_themes, sentences_of
from desirepath.events.feedback.tagger import ratings_of
from desirepath.events.feedback.terms import centrality
from desirepath.events.feedback.tokens import one_text
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import align
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.heard import Heard, hear
from desirepath.evidence.laid import Laid
from desirepath.evidence.sealed import break_seal, sealed_text
from desirepath.evidence.themes import mentioned_by
from desirepath.maps.model import JourneyMap
from desirepath.stats.arrays import FloatArray
from desirepath.whole_files import write_whole

FORMAT = "desirepath/quotes/1"
PER_THEME = 3
SHORTEST, LONGEST = 40, 160
STILL_A_SENTENCE = 15  # taken where nobody wrote more
MAX_FILE_BYTES = 50_000_000
WHOLE_MAP = ""
SIDES: Mapping[Side, float] = {"bad": -1.0, "good": 1.0, "": 0.0}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one customer.

    Attributes:
        step: Id of the step it is about; "" where no step is known.
        theme: What it speaks of.
        text: 15 to 160 letters, a whole answer or whole sentences of it, without private data.
        language: ISO 639 code.
        when: ISO date, UTC; "" where not known.
        channel: Channel of the answer, "" where not known.
        score: Rating beside it as an emotion, -2 to +2; None without any.
        by_last: Whether it names no place, and stands at the step that the customer came to last before.
    """

    step: str
    theme: str
    text: str
    language: str
    when: str = ""
    channel: str = ""
    score: float | None = None
    by_last: bool = False


@dataclass(frozen=True, slots=True)
class Mentioned:
    """How many customers mention a theme.

    Attributes:
        step: Id of the step; "" where no step is known.
        theme: The theme.
        customers: Customers who mention it.
        of: Customers with words there.
    """

    step: str
    theme: str
    customers: int
    of: int


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes about one map; never a part of evidence, so that evidence can be shared without them.

    Attributes:
        map_id: The map they are about.
        quotes: In map order, the most mentioned theme of a step first.
        counts: How many customers stand behind each step and theme.
        private: What was done with private data: remove, hash or keep.
        sources: Where they come from and how they were placed.
    """

    map_id: str
    quotes: tuple[Quote, ...]
    counts: tuple[Mentioned, ...]
    private: str = "remove"
    sources: Mapping[str, str] = field(default_factory=dict)

    def of(self, step: str, theme: str | None = None) -> tuple[Quote, ...]:
        """Quotes about a step, of one theme or of all.

        Examples:
            >>> Quotes("m", (Quote("pay", "failure", "The page broke.", "en"),), ()).of("pay")[0].theme
            'failure'
        """
        return tuple(
            one
            for one in self.quotes
            if one.step == step and (theme is None or one.theme == theme)
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order."""
        return {"format": FORMAT, **asdict(self), "sources": dict(self.sources)}


class Spoken(Protocol):
    """Words about a theme."""

    @property
    def theme(self) -> str:
        """What they are about, "" where that is not known."""


def tone_of(quote: Spoken) -> float:
    """How good what somebody says is, -2 to +2; 0 where words and rating disagree, or neither tells.

    The words of a theme take a side, and the rating beside them is about the whole answer: whoever
    complains of waiting and gives the best rating says neither that it was good nor that it was bad.

    Examples:
        >>> tone_of(Quote("pay", "quick", "So quick!", "en", score=1.5))
        1.5
        >>> tone_of(Quote("pay", "waiting", "I waited for an hour.", "en", score=2.0))
        0.0
        >>> tone_of(Quote("pay", "waiting", "I waited for an hour.", "en"))
        -1.0
    """
    side = SIDES[side_of(quote.theme)]
    score = getattr(quote, "score", None)
    if score is None or not np.isfinite(score):
        return side
    if not side:
        return float(score)
    return 0.0 if score * side < 0 else float(score or side / 2)


def is_beside(quote: Spoken, sign: int) -> bool:
    """Whether words may stand beside something good (+1) or bad (-1): praise never beside what is bad, nor blame beside what is good.

    Beside what is bad also words that take no side; beside what is good only praise.

    Examples:
        >>> waited = Quote("pay", "waiting", "I waited for an hour.", "en", score=2.0)
        >>> is_beside(waited, 1), is_beside(waited, -1)
        (False, True)
    """
    tone = tone_of(quote)
    if sign > 0:
        return tone > 0
    return tone <= 0 and SIDES[side_of(quote.theme)] <= 0


def choose_quotes(
    journey_map: JourneyMap,
    sequences: Sequences,
    feedback: Feedback,
    *,
    per_theme: int = PER_THEME,
    private: How = "remove",
    key: bytes | None = None,
    feedback_within_days: float = LIMIT_DAYS,
) -> Quotes:
    """Typical answers about each step and theme.

    Typical is what lies in the middle of the words used about this theme at this step (TF-IDF). One
    quote a customer and step, no two in the same words, 40 to 160 letters where there are such.

    Args:
        journey_map: The map.
        sequences: The cases.
        feedback: Answers with words.
        per_theme: Quotes of each theme at each step.
        private: What becomes of mail addresses, phones and the like: ``remove``, ``hash`` or ``keep``.
        key: Secret of the hashes.
        feedback_within_days: As `measure_map`.

    Raises:
        EvidenceError: E301 if there are no cases, E302 if nothing is bound.
        EventsError: E264 if hashes are asked for without a key.
    """
    laid = Laid(journey_map, align(journey_map, sequences), sequences)
    heard = hear(feedback, laid, limit_days=feedback_within_days)
    said = read_themes(feedback)
    chosen = _Chosen(heard, said, treat_private(feedback, private, key))
    quotes: list[Quote] = []
    counts: list[Mentioned] = []
    words = heard.is_used & said.is_read
    for number, step in (*enumerate(journey_map.step_ids()), (UNBOUND, WHOLE_MAP)):
        here = words & (heard.step == number)
        mentioned = sorted(
            _mentioned(step, here, heard, said),
            key=lambda one: (-one.customers, one.theme),
        )
        counts += mentioned
        quoted: set[int] = set()
        for one in mentioned:
            if not is_general(one.theme):
                quotes += chosen.of(one, here, quoted, per_theme)
    sources = {
        "feedback": feedback.source.get("files", "answers"),
        "feedback placed": heard.words(),
        "words of customers": said.words(),
    }
    return Quotes(journey_map.id, tuple(quotes), tuple(counts), private, sources)


def _mentioned(
    step: str, here: BoolArray, heard: Heard, said: Said
) -> Iterator[Mentioned]:
    if not here.any():
        return
    mentions = mentioned_by(said.counts[here] > 0, heard.customers[here])
    hits = mentions.sum(axis=0).tolist()
    for name, customers in zip(said.names, hits, strict=True):
        if customers:
            yield Mentioned(step, name, customers, len(mentions))


class _Chosen:
    """Chooses quotes among the answers of one file."""

    def __init__(self, heard: Heard, said: Said, treated: Feedback) -> None:
        self._heard = heard
        self._said = said
        self._treated = treated
        self._ratings = ratings_of(treated)
        self._lists: dict[str, CueList | None] = {}

    def of(
        self, one: Mentioned, here: BoolArray, quoted: set[int], most: int
    ) -> Iterator[Quote]:
        """Quotes of one step and theme; adds to the customers quoted."""
        answers = np.flatnonzero(here & self._said.speaks_of(one.theme))
        parts = [self._part(answer, one.theme) for answer in answers.tolist()]
        typical = self._typical(answers, parts)
        is_long = np.array([len(part) >= SHORTEST for part in parts], np.bool_)
        seen: set[str] = set()
        for number in np.lexsort((np.arange(len(parts)), -typical, ~is_long)).tolist():
            part, answer = parts[number], int(answers[number])
            customer = int(self._heard.customers[answer])
            if not part or customer in quoted or one_text(part) in seen:
                continue
            seen.add(one_text(part))
            quoted.add(customer)
            yield self._quote(one, part, answer)
            if len(seen) == most:
                return

    def _part(self, answer: int, theme: str) -> str:
        """The answer, or its sentences about the theme, not longer than a quote; "" for none."""
        text = " ".join(str(self._treated.texts[answer]).split())
        if len(text) <= LONGEST:
            return text if len(text) >= STILL_A_SENTENCE else ""
        cues = self._cues(str(self._said.languages[answer]))
        found = ""
        for sentence in sentences_of(text, theme, cues) if cues else ():
            longer = f"{found} {sentence}".strip()
            if len(longer) <= LONGEST:
                found = longer
        return found if len(found) >= STILL_A_SENTENCE else ""

    def _cues(self, language: str) -> CueList | None:
        """The cue list of a language, made once."""
        if language not in self._lists:
            self._lists[language] = cue_list(language, self._treated.own_themes)
        return self._lists[language]

    def _typical(self, answers: IntArray, parts: list[str]) -> FloatArray:
        """float64[n], how typical each part is of those of its language."""
        typical = np.zeros(len(parts))
        languages = self._said.languages[answers]
        for language in set(languages.tolist()):
            mine = np.flatnonzero(languages == language)
            typical[mine] = centrality([parts[one] for one in mine], language)
        return typical

    def _quote(self, one: Mentioned, part: str, answer: int) -> Quote:
        treated = self._treated
        time_us = int(treated.times_us[answer])
        when = ""
        if time_us != NO_TIME_US:
            when = str(np.datetime64(time_us, "us").astype("datetime64[D]"))
        rating = float(self._ratings[answer])
        return Quote(
            one.step,
            one.theme,
            part,
            str(self._said.languages[answer]),
            when,
            treated.channels.values[treated.channels.codes[answer]],
            round(rating, 2) if np.isfinite(rating) else None,
            by_last=one.step != WHOLE_MAP and not self._heard.is_placed_by_name(answer),
        )


def write_quotes(quotes: Quotes, path: str | Path) -> Path:
    """File with the quotes as JSON and a checksum; written whole or not at all.

    Raises:
        EvidenceError: E314 if it cannot be written.
    """
    text = sealed_text(quotes.to_dict())
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return write_whole(Path(path), text.encode())
    except OSError as error:
        what = f"the quotes cannot be written: {error.strerror}"
        hint = "Choose a folder that exists and that you may write to."
        raise EvidenceError(Problem("E314", what, str(path), hint)) from error


def read_quotes(path: str | Path) -> Quotes:
    """Quotes saved before.

    Raises:
        EvidenceError: E315 if the file cannot be read, E316 if it holds no quotes, E317 if it was
            changed since it was saved.
    """
    place = str(path)
    try:
        if Path(path).stat().st_size > MAX_FILE_BYTES:
            raise _wrong("E316", "the file is too large to be quotes", place)
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise _wrong("E315", what, place) from error
    except (ValueError, RecursionError) as error:
        raise _wrong("E316", "the file is not quotes in JSON", place) from error
    if isinstance(data, dict) and data.get("format") == FORMAT and not break_seal(data):
        raise _wrong("E317", "the file was changed since it was saved", place)
    return quotes_from(data, place)


def quotes_from(data: Any, place: str = "") -> Quotes:
    """Quotes made of what `Quotes.to_dict` gave, as it came back from JSON.

    Args:
        data: What was read.
        place: Where from, for the error.

    Raises:
        EvidenceError: E316 if it holds no quotes.
    """
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        what = f'expected format "{FORMAT}", found {found or "none"}'
        raise _wrong("E316", what, place)
    return Quotes(
        data["map_id"],
        tuple(Quote(**one) for one in data["quotes"]),
        tuple(Mentioned(**one) for one in data["counts"]),
        data["private"],
        data["sources"],
    )


def _wrong(code: str, what: str, place: str) -> EvidenceError:
    hint = "Choose the quotes again: desirepath feedback quotes MAP --events FILE --feedback FILE -o FILE."
    return EvidenceError(Problem(code, what, place, hint))
