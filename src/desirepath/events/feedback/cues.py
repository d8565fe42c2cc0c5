"""Cues: what customers say when they speak of a theme, as open lists of phrases, one list a language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal

from desirepath.events.feedback.tokens import CLAUSE_ENDS, Token, tokens_of

Side = Literal["bad", "good", ""]
LANGUAGES = ("de", "en", "es", "fr", "pt")
GAP = ".."
MOST_BETWEEN = 3  # words that ".." may stand for
NEGATED_WITHIN = 3  # words from a negation to what it negates
SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Theme:
    """Something customers speak of.

    Attributes:
        name: Name in claims, facts and tables.
        side: ``bad``, ``good``, or "" for themes of the project, which take no side.
        meaning: In a few words.
        opposite: Theme that a negation turns it into; "" where a negated cue says nothing.
        is_general: True for mere praise and blame, which name no matter.
    """

    name: str
    side: Side
    meaning: str
    opposite: str = ""
    is_general: bool = False


THEMES = (
    Theme("waiting", "bad", "it takes too long or comes late"),
    Theme("repetition", "bad", "the same has to be done or said again"),
    Theme("no_answer", "bad", "nobody answers or informs"),
    Theme("not_found", "bad", "it cannot be found, or is not in stock"),
    Theme("charged", "bad", "charged wrongly, twice, or with hidden fees"),
    Theme("price", "bad", "it costs too much"),
    Theme("broken_promise", "bad", "it is not what was said"),
    Theme("transfer", "bad", "sent from one to the other"),
    Theme("effort", "bad", "it is complicated or hard work"),
    Theme("trust", "bad", "doubts, fraud, threats to leave or sue"),
    Theme("unfriendly", "bad", "staff are rude or do not help"),
    Theme("not_delivered", "bad", "it did not arrive or was lost"),
    Theme("incomplete", "bad", "a part is missing"),
    Theme("wrong_item", "bad", "it is the wrong one, or does not fit"),
    Theme("damaged", "bad", "it is broken or badly packed"),
    Theme("poor_quality", "bad", "it is badly made"),
    Theme("refund", "bad", "money back, return, exchange"),
    Theme("canceled", "bad", "canceled by the company"),
    Theme("failure", "bad", "page, app or payment fails"),
    Theme("discomfort", "bad", "crowded, dirty, noisy, uncomfortable"),
    Theme("helpful", "good", "staff help and are kind", "unfriendly"),
    Theme("quick", "good", "it goes fast, earlier than expected", "waiting"),
    Theme("easy", "good", "it is easy and smooth", "effort"),
    Theme("quality", "good", "beautiful, well made, comfortable", "poor_quality"),
    Theme("kept_promise", "good", "on time, as described", "broken_promise"),
    Theme("good_value", "good", "worth its price", "price"),
    Theme("recommend", "good", "would come again or recommend", "displeased"),
    Theme("displeased", "bad", "blame without a matter", is_general=True),
    Theme("pleased", "good", "praise without a matter", "displeased", is_general=True),
)
NAMES = tuple(one.name for one in THEMES)
_SIDES: Mapping[str, Side] = {one.name: one.side for one in THEMES}
_OPPOSITES = {one.name: one.opposite for one in THEMES}


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a text.

    Attributes:
        theme: What the customer speaks of.
        start: Place of its first letter in the text.
    """

    theme: str
    start: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a phrase: any of several, whole or by their beginnings; or a gap."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    is_gap: bool = False

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))


@dataclass(frozen=True, slots=True)
class _Phrase:
    theme: str
    parts: tuple[_Part, ...]
    says_no: bool


@dataclass(frozen=True, slots=True)
class _Found:
    theme: str
    begin: int
    end: int
    says_no: bool = False


class CueList:
    """Phrases of one language, ready to be looked for.

    Args:
        language: ISO 639 code.
        phrases: Phrases of each theme. A word may end in ``*`` (any ending); words with ``|`` between
            them are alternatives; ``..`` stands for up to three words.
        negations: Words that turn what follows within three words.
        stops: Words at which a negation ends.

    Examples:
        >>> cues = CueList("en", {"waiting": ["late", "not .. on time"]}, ["not"], ["but"])
        >>> [hit.theme for hit in cues.find("It was late, not really on time")]
        ['waiting', 'waiting']
        >>> cues.find("It was not late")
        []
    """

    def __init__(
        self,
        language: str,
        phrases: Mapping[str, Iterable[str]],
        negations: Iterable[str] = (),
        stops: Iterable[str] = (),
    ) -> None:
        self.language = language
        self.phrase_counts = {name: len(list(some)) for name, some in phrases.items()}
        self._negations = frozenset(self._plain(negations))
        self._stops = frozenset(self._plain(stops)) | CLAUSE_ENDS
        self._known: set[_Phrase] = set()
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_stem: dict[str, list[_Phrase]] = {}
        for theme, some in phrases.items():
            for phrase in some:
                self._add(theme, phrase)
        self._longest = max(map(len, self._by_stem), default=0)
        self._begun: dict[str, tuple[_Phrase, ...]] = {}

    def find(self, text: str) -> list[Hit]:
        """Cues in a text, in order; negated praise becomes blame, negated blame is dropped."""
        tokens = tokens_of(text, self.language)
        found = [
            _Found(phrase.theme, begin, end, phrase.says_no)
            for begin, token in enumerate(tokens)
            for phrase in self._beginning(token.text)
            if (end := _end(phrase.parts, tokens, begin)) is not None
        ]
        if not found:
            return []
        told = [self._turned(one, tokens) for one in _outermost(found)]
        return [Hit(one.theme, tokens[one.begin].start) for one in told if one.theme]

    def _plain(self, words: Iterable[str]) -> Iterator[str]:
        return (
            token.text for word in words for token in tokens_of(word, self.language)
        )

    def _add(self, theme: str, text: str) -> None:
        parts = tuple(chain.from_iterable(map(self._parts, text.split())))
        if not parts or parts[0].is_gap or parts[-1].is_gap:
            return
        says_no = any(self._negations & part.words for part in parts)
        phrase = _Phrase(theme, parts, says_no)
        if phrase in self._known:  # accents are no difference
            return
        self._known.add(phrase)
        for word in parts[0].words:
            self._by_word.setdefault(word, []).append(phrase)
        for stem in parts[0].stems:
            self._by_stem.setdefault(stem, []).append(phrase)

    def _parts(self, text: str) -> Iterator[_Part]:
        """Parts of one word of a phrase; several where an apostrophe splits it."""
        if text == GAP:
            yield _Part(is_gap=True)
            return
        words: set[str] = set()
        stems: list[str] = []
        for choice in text.split("|"):
            plain = list(self._plain([choice.rstrip("*")]))
            for before in plain[:-1]:
                yield _Part(frozenset({before}))
            if plain and choice.endswith("*") and len(plain[-1]) >= SHORTEST_STEM:
                stems.append(plain[-1])
            elif plain:
                words.add(plain[-1])
        if words or stems:
            yield _Part(frozenset(words), tuple(stems))

    def _beginning(self, word: str) -> tuple[_Phrase, ...]:
        """Phrases that may begin with a word; each word is looked up once."""
        known = self._begun.get(word)
        if known is None:
            by_stem = (
                self._by_stem.get(word[:length], ())
                for length in range(SHORTEST_STEM, min(len(word), self._longest) + 1)
            )
            known = (*self._by_word.get(word, ()), *chain.from_iterable(by_stem))
            self._begun[word] = known
        return known

    def _turned(self, one: _Found, tokens: Sequence[Token]) -> _Found:
        """The same, with its theme turned where a negation stands within it, or before it in its clause."""
        if one.says_no:
            return one
        within = {token.text for token in tokens[one.begin + 1 : one.end - 1]}
        if within & self._negations:  # "staff was not friendly"
            return _Found(_OPPOSITES.get(one.theme, ""), one.begin, one.end)
        for place in range(one.begin - 1, max(one.begin - 1 - NEGATED_WITHIN, -1), -1):
            word = tokens[place].text
            if word in self._negations:
                return _Found(_OPPOSITES.get(one.theme, ""), one.begin, one.end)
            if word in self._stops:
                break
        return one


def _end(parts: Sequence[_Part], tokens: Sequence[Token], begin: int) -> int | None:
    """Place after the last word of a phrase that begins at a word, None where it is not there."""
    place, slack = begin + 1, 0  # the first word is known to fit
    for part in parts[1:]:
        if part.is_gap:
            slack = MOST_BETWEEN
            continue
        while place < len(tokens) and not part.fits(tokens[place].text):
            if not slack or tokens[place].text in CLAUSE_ENDS:
                return None
            place, slack = place + 1, slack - 1
        if place == len(tokens):
            return None
        place, slack = place + 1, 0
    return place


def _outermost(found: Sequence[_Found]) -> list[_Found]:
    """Without what lies within a longer phrase of the other side: "no problem" is no problem."""
    longest = sorted(found, key=lambda one: (one.begin - one.end, one.begin))
    kept: list[_Found] = []
    for one in longest:
        inside = any(
            wide.begin <= one.begin
            and one.end <= wide.end
            and wide.end - wide.begin > one.end - one.begin
            and _SIDES.get(wide.theme, "") != _SIDES.get(one.theme, "")
            for wide in kept
        )
        if not inside:
            kept.append(one)
    return sorted(kept, key=lambda one: (one.begin, one.end))


def side_of(theme: str) -> Side:
    """``bad``, ``good``, or "" for a theme of the project.

    Examples:
        >>> side_of("waiting"), side_of("quick"), side_of("parking")
        ('bad', 'good', '')
    """
    return _SIDES.get(theme, "")


def is_general(theme: str) -> bool:
    """True for mere praise and blame.

    Examples:
        >>> is_general("pleased"), is_general("waiting")
        (True, False)
    """
    return any(one.name == theme and one.is_general for one in THEMES)


@cache
def _raw(
    language: str,
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...], tuple[str, ...]]:
    """Phrases, negations and stops of a list that comes with desirepath."""
    folder = files("desirepath.events.feedback") / "cue_lists"
    data = tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
    phrases = {name: _listed(text) for name, text in data["themes"].items()}
    return phrases, _listed(data["negations"]), _listed(data["stops"])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(
        one.strip() for one in text.replace("\n", " ").split(",") if one.strip()
    )


def cue_list(
    language: str, own: Mapping[str, Sequence[str]] | None = None
) -> CueList | None:
    """The cue list of a language, with the project's own themes; None for a language without one.

    Args:
        language: ISO 639 code.
        own: Phrases of themes of the project; a known name adds to that theme.

    Examples:
        >>> [hit.theme for hit in cue_list("en").find("Still waiting. Not helpful at all!")]
        ['waiting', 'unfriendly']
        >>> cue_list("xx") is None
        True
    """
    if not own:
        return _own_list(language) if language in LANGUAGES else None
    if language not in LANGUAGES:
        return CueList(language, own)
    phrases, negations, stops = _raw(language)
    merged: dict[str, Sequence[str]] = dict(phrases)
    for name, some in own.items():
        merged[name] = (*merged.get(name, ()), *some)
    return CueList(language, merged, negations, stops)


@cache
def _own_list(language: str) -> CueList:
    """The list that comes with desirepath, made once."""
    return CueList(language, *_raw(language))
