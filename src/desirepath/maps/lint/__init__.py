"""Rules a map should keep, one per file; the docstring of a rule is its page."""

from __future__ import annotations

from desirepath.maps.lint.claim_nowhere import ClaimNowhere
from desirepath.maps.lint.empty_stage import EmptyStage
from desirepath.maps.lint.future_without_promise import FutureWithoutPromise
from desirepath.maps.lint.inside_out import InsideOut
from desirepath.maps.lint.lane_not_listed import LaneNotListed
from desirepath.maps.lint.next_nowhere import NextNowhere
from desirepath.maps.lint.no_customer_voice import NoCustomerVoice
from desirepath.maps.lint.no_goal import NoGoal
from desirepath.maps.lint.no_owner import NoOwner
from desirepath.maps.lint.no_success_event import NoSuccessEvent
from desirepath.maps.lint.no_trigger import NoTrigger
from desirepath.maps.lint.rule import LintFinding, Rule, Severity
from desirepath.maps.lint.same_events import SameEvents
from desirepath.maps.lint.step_name import StepName
from desirepath.maps.lint.too_large import TooLarge
from desirepath.maps.lint.unbound_step import UnboundStep
from desirepath.maps.lint.unknown_persona import UnknownPersona
from desirepath.maps.lint.unknown_touchpoint import UnknownTouchpoint
from desirepath.maps.lint.untestable_statement import UntestableStatement
from desirepath.maps.lint.unused_touchpoint import UnusedTouchpoint
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids

__all__ = ["RULES", "LintFinding", "Rule", "Severity", "lint_map"]

RULES: tuple[Rule, ...] = (
    UnboundStep(),
    UnknownTouchpoint(),
    NoGoal(),
    NoOwner(),
    NoTrigger(),
    TooLarge(),
    InsideOut(),
    LaneNotListed(),
    NextNowhere(),
    NoSuccessEvent(),
    UntestableStatement(),
    EmptyStage(),
    NoCustomerVoice(),
    StepName(),
    UnusedTouchpoint(),
    SameEvents(),
    FutureWithoutPromise(),
    ClaimNowhere(),
    UnknownPersona(),
)


def lint_map(journey: JourneyMap) -> tuple[LintFinding, ...]:
    """What to mend in a map, in the order of the rules.

    Examples:
        >>> shop = JourneyMap(id="shop", title="I order a plant", owner="head-of-web")
        >>> [finding.code for finding in lint_map(shop)]
        ['L03', 'L05']
    """
    named = with_statement_ids(journey)
    return tuple(finding for rule in RULES for finding in rule.check(named))
