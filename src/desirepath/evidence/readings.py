"""Everything the readings of a map ask of its cases, in one place. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from desirepath.evidence.consistency import channel_questions
from desirepath.evidence.content import content_contrasts, twice_questions
from desirepath.evidence.heard import Heard
from desirepath.evidence.leaving import leaving_questions
from desirepath.evidence.loops import loop_contrasts
from desirepath.evidence.moments import moment_questions
from desirepath.evidence.places import Places
from desirepath.evidence.promises import broken_promises
from desirepath.evidence.question import Question
from desirepath.evidence.switches import switch_questions
from desirepath.evidence.waits import wait_questions
from desirepath.evidence.ways import way_questions


def whole_questions(places: Places, heard: Heard | None) -> Iterator[Question]:
    """Questions asked of all cases together only."""
    for contrast in chain(
        loop_contrasts(places), content_contrasts(places), broken_promises(places)
    ):
        yield from contrast.questions(places, heard)
    yield from twice_questions(places)
    yield from wait_questions(places, heard)
    yield from switch_questions(places, heard)
    yield from channel_questions(places, heard)
    yield from way_questions(places, heard)
    yield from leaving_questions(places)


def segment_questions(places: Places) -> Iterator[Question]:
    """Questions asked of each segment as well."""
    yield from moment_questions(places)
