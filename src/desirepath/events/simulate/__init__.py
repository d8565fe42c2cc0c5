"""Customers with a known truth, for proofs, the demo and planning. Reads no data."""

from desirepath.events.simulate.designs import draw_designs, edit_distance
from desirepath.events.simulate.journey import SimulatedJourney, simulate_journey
from desirepath.events.simulate.mixture import (
    Design,
    DesignStep,
    Loop,
    SimulatedLog,
    simulate_mixture,
)
from desirepath.events.simulate.shop import ShopTruth, ShopWorld, simulate_shop
from desirepath.events.simulate.shop_plan import ShopPlan
from desirepath.events.simulate.visits import SimulatedVisits, simulate_visits
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
    "ShopPlan",
    "ShopTruth",
    "ShopWorld",
    "Shown",
    "SimulatedJourney",
    "SimulatedLog",
    "SimulatedVisits",
    "World",
    "draw_designs",
    "edit_distance",
    "null_world",
    "simulate_journey",
    "simulate_mixture",
    "simulate_shop",
    "simulate_visits",
]
