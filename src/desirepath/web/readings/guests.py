"""What a check found as guests may hear it: no number about fewer than ten people."""

from __future__ import annotations

from dataclasses import replace

from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Evidence
from desirepath.web.publishing.groups import is_large_verdict, large_groups


def report_for_guests(report: CheckReport) -> CheckReport:
    """Verdicts as they are, without the numbers of small groups and without what people say against them."""
    return replace(
        report,
        verdicts=tuple(map(_verdict, report.verdicts)),
        personas=tuple(map(_verdict, report.personas)),
        disagreements=(),
    )


def evidence_for_guests(evidence: Evidence) -> Evidence:
    """Facts about groups that are large enough, and no real cases."""
    facts = tuple(large_groups(evidence.facts, evidence))
    return replace(evidence, facts=facts, examples=())


def _verdict(one: Verdict) -> Verdict:
    plain = replace(one, against=())
    if is_large_verdict(one):
        return plain
    # the reason of a verdict on few people says how few they are
    return replace(
        plain,
        value=None,
        n=0,
        low=None,
        high=None,
        further_cases=None,
        reason="",
        staleness=None,
    )
