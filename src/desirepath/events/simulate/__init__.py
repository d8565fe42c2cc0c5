"""Customers with a known truth, for proofs, the demo and planning. Reads no data."""

from desirepath.events.simulate.journey import SimulatedJourney, simulate_journey
from desirepath.events.simulate.mixture import (
    Design,
    DesignStep,
    Loop,
    SimulatedLog,
    simulate_mixture,
)
from desirepath.events.simulate.world import (
    Planted,
    PlantedStep,
    Shown,
    World,
    null_world,
)

__all__ = [
    "Design",
    "DesignStep",
    "Loop",
    "Planted",
    "PlantedStep",
    "Shown",
    "SimulatedJourney",
    "SimulatedLog",
    "World",
    "null_world",
    "simulate_journey",
    "simulate_mixture",
]
