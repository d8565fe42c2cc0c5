"""A check: verdicts on every statement, for all cases and for each group of them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from desirepath.check.report import CheckReport
from desirepath.check.verdicts import check_map
from desirepath.errors import EvidenceError
from desirepath.evidence.apart import GroupsApart, measure_groups
from desirepath.evidence.facts import Evidence
from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_files import flows_data
from desirepath.evidence.measure import measure_map
from desirepath.evidence.measure_flow import MIN_SHARE, measure_levels
from desirepath.evidence.newest import measure_after
from desirepath.evidence.quotes import Quotes, choose_quotes
from desirepath.steps import step
from desirepath.web.jobs.told import sum_of
from desirepath.web.jobs.work import Parts, Work

FALSE_DISCOVERY_RATE = 0.05


def check(work: Work) -> Parts:
    """Report, evidence, quotes, flow and groups; nothing where only changed sources were wanted and none changed."""
    if work.given.get("if_changed") and not is_due(work):
        return
    sequences, feedback = work.sequences, work.feedback
    evidence = measure_map(
        work.journey_map,
        sequences,
        feedback=feedback,
        library=work.library,
        readings=False,
    )
    newest = measure_after(
        work.journey_map,
        sequences,
        work.earlier.window_to if work.earlier else "",
        feedback=feedback,
    )
    yield "report", _report(work, evidence, newest).to_dict()
    yield "evidence", evidence.to_dict()
    yield "quotes", quotes_of(work).to_dict()
    with step("measuring how customers move"):
        yield "flow", flows_data(measure_levels(sequences, steps=work.journey_map))
        yield "activity_flow", flows_data(_of_activities(work))
    apart = measure_groups(work.journey_map, sequences, feedback=feedback)
    yield "groups", _listed(apart)
    with step("judging groups"):
        for number, group in enumerate(apart.groups):
            report = check_map(
                work.journey_map,
                group.evidence,
                false_discovery_rate=_rate(work),
                today=work.day,
            )
            yield f"report:{number}", report.to_dict()
            yield f"evidence:{number}", group.evidence.to_dict()
            own = apart.sequences.take(group.cases)
            flows = measure_levels(own, steps=work.journey_map, levels=(MIN_SHARE,))
            yield f"flow:{number}", flows_data(flows)
    yield "trail", trail_of(work) | {"left_out": [list(one) for one in apart.left_out], "windows": apart.span}  # fmt: skip


def is_due(work: Work) -> bool:
    """Whether anything would be judged anew: other sources, another map, or verdicts that became too old."""
    earlier = work.earlier
    if earlier is None or work.given.get("map_changed"):
        return True
    if work.sources != work.sources_before or not all(one.sha256 for one in work.sources):  # fmt: skip
        return True
    if work.told_before != sum_of(work.library):
        return True
    if not earlier.due or work.day is None:
        return False
    due = date.fromisoformat(earlier.due)
    last = date.fromisoformat(earlier.today) if earlier.today else date.min
    return last <= due < work.day


def quotes_of(work: Work) -> Quotes:
    """Words of customers without private data, none where nobody wrote any."""
    if work.feedback is None:
        return Quotes(work.journey_map.id, (), ())
    with step("choosing quotes"):
        return choose_quotes(work.journey_map, work.sequences, work.feedback)


def trail_of(work: Work) -> dict[str, Any]:
    """What was read and what was done to it, for the reader."""
    sequences, reading = work.sequences, work.reading
    return {
        "sources": [asdict(one) for one in work.sources],
        "tables": [
            {"name": one.label, "rows": one.row_count, "looks_like": one.looks_like}
            for one in reading.loaded.tables
        ],
        "rules": dict(sequences.source),
        "account": [asdict(one) for one in sequences.account],
        "warnings": list(reading.warnings()),
        "told": sum_of(work.library),
        "feedback": dict(work.feedback.source) if work.feedback else None,
        **asdict(work.extent),
    }


def _report(work: Work, evidence: Evidence, newest: Evidence | None) -> CheckReport:
    return check_map(
        work.journey_map,
        evidence,
        false_discovery_rate=_rate(work),
        earlier=work.earlier,
        newest=newest,
        today=work.day,
        smallest=work.project.smallest if work.project else None,
        items=work.library.items,
    )


def _of_activities(work: Work) -> tuple[Flow, ...]:
    """How cases move between all activities, also those that no step is bound to."""
    goal = work.journey_map.goal
    shown = goal.success_patterns if goal else ()
    try:
        return measure_levels(
            work.sequences, goal=shown[0] if len(shown) == 1 else None
        )
    except EvidenceError:  # no activity shows the goal
        return measure_levels(work.sequences)


def _rate(work: Work) -> float:
    return work.project.false_discovery_rate if work.project else FALSE_DISCOVERY_RATE


def _listed(apart: GroupsApart) -> list[dict[str, Any]]:
    return [
        {
            "segment": one.segment,
            "window_from": one.window[0],
            "window_to": one.window[1],
            "cases": one.evidence.cases,
            "customers": one.evidence.customers,
        }
        for one in apart.groups
    ]
