"""Broken promises: cases in which one was not kept, against those in which it was. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.expectations import promise_questions
from desirepath.evidence.places import Places

BROKEN = "broken:"


def broken_promises(places: Places) -> Iterator[Contrast]:
    """Contrast of each promise of the map, named by the statement that makes it."""
    for question in promise_questions(places.laid):
        here = np.asarray(question.asked > 0)
        contrast = Contrast(
            question.subject,
            f"{BROKEN}{question.target}",
            here,
            here & ~np.asarray(question.hits > 0),
        )
        if contrast.is_large:
            yield contrast
