"""Turned: steps that a kind of journey does the other way round than most customers, said as a claim that holds."""

from __future__ import annotations

from itertools import pairwise

from desirepath.discover.found import Statements, surely_at_least
from desirepath.discover.simplify import Simplified
from desirepath.discover.way import Way
from desirepath.events import kernels
from desirepath.events.sequences import Sequences
from desirepath.maps.claims import Claim, OrderClaim
from desirepath.maps.model import JourneyMap, Source, Statement
from desirepath.stats.clusters import number_clusters

LANE = "metrics"
MOSTLY = 0.5


def turned(
    draft: JourneyMap,
    way: Way,
    simple: Simplified,
    sequences: Sequences,
    source: Source,
) -> Statements:
    """For each step that most customers do before the one drawn in front of it: how many do it as drawn.

    Without these words the shape of the map would claim an order that most customers do not keep.

    Args:
        draft: The map.
        way: Its way.
        simple: How the cases were simplified.
        sequences: All cases, of all kinds.
        source: Where the statements come from.
    """
    numbers = simple.numbers[sequences.codes]
    first = [
        kernels.first_in_case(numbers == code, sequences.offsets) for code in way.codes
    ]
    customers = number_clusters(sequences.customers)
    found: Statements = {}
    for (before, after), (one, other) in zip(
        pairwise(draft.steps()), pairwise(first), strict=True
    ):
        both = (one >= 0) & (other >= 0)
        as_drawn = (other > one)[both]
        share = float(as_drawn.mean()) if len(as_drawn) else 1.0
        if share >= MOSTLY:
            continue
        least = surely_at_least(as_drawn, customers[both])
        found[after.id] = (
            Statement(
                id=f"{after.id}-order",
                lane=LANE,
                text=(
                    f"{share * 100:.0f} % of all journeys with both come here after "
                    f"“{before.name}”; this kind mostly does"
                ),
                status="supported",
                source=source,
                claim=Claim(order=OrderClaim(after=before.id, at_least=f"{least}%")),
            ),
        )
    return found
