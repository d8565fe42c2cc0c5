"""Voices: what customers complain about and praise, step by step, in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Kind, Said, Section, section_of
from desirepath.events.feedback.cues import is_general, side_of
from desirepath.evidence.facts import Evidence
from desirepath.evidence.themes import MENTIONS
from desirepath.maps.model import JourneyMap
from desirepath.sentences.catalog import CATALOGS
from desirepath.sentences.phrase import Phrase, share

NAME = "voices"
COMPLAINT = 0.25  # a complaint weighs a quarter of a customer lost: a convention
MIN_SHARE = 0.02
MIN_VOICES = 5  # fewer are anecdotes
CODES: dict[str, tuple[str, Kind, str]] = {
    "bad": ("A1801", "fix", "voice.complain"),
    "good": ("A1802", "keep", "voice.praise"),
    "": ("A1803", "look", "voice.speak"),
}


def voices(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Themes that at least five customers and 2 % of those who write about a step mention."""
    said = tuple(quotes)
    basis = Basis(journey_map, evidence, said)
    findings = tuple(_themes(basis, said))
    is_heard = any(basis.all(MENTIONS))
    return section_of(NAME, findings, () if is_heard else (Phrase("needs.comments"),))


def theme_name(theme: str) -> str:
    """What a theme is called; one of the user's own as it is written.

    Examples:
        >>> theme_name("not_found"), theme_name("our_own")
        ('not found', 'our own')
    """
    key = f"theme.{theme}"
    return Phrase(key) if key in CATALOGS["en"] else theme.replace("_", " ")


def _themes(basis: Basis, said: tuple[Said, ...]) -> Iterator[Finding]:
    facts = list(basis.all(MENTIONS))
    # where nobody says what they write about, it is about the journey
    is_placed = any(fact.subject.startswith("step:") for fact in facts)
    kind_of_place = "step:" if is_placed else "map"
    for fact in facts:
        is_mine = fact.subject.startswith(kind_of_place)
        is_heard = is_mine and fact.hits >= MIN_VOICES
        is_plain = is_heard and not is_general(fact.target)
        if not is_plain or fact.value is None or (fact.low or 0.0) < MIN_SHARE:
            continue
        code, kind, key = CODES[side_of(fact.target)]
        place = basis.name(fact.subject)
        here = basis.some(fact.hits)
        step = fact.subject.removeprefix("step:").removeprefix("map")
        words = tuple(
            one.text for one in said if one.step == step and one.theme == fact.target
        )
        yield Finding(
            analysis=NAME,
            code=code,
            subject=fact.subject,
            place=place,
            words=Phrase(
                key,
                share=share(fact.value),
                place=place,
                theme=theme_name(fact.target),
                count=fact.hits,
            ),
            **affected(here),
            **measured(fact),
            severity=COMPLAINT,
            kind=kind,
            evidence=((fact.subject, MENTIONS, fact.target),),
            quotes=words[:2],
            warning=Phrase("mind.themes"),
            to_know_more=Phrase("more.voices"),
        )
