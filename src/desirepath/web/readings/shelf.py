"""The newest results of each map as the library knows them, read once and kept at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desirepath.analyze.finding import AnalysisReport
from desirepath.analyze.saved import analysis_from
from desirepath.check.report import CheckReport
from desirepath.check.saved import report_from
from desirepath.evidence.facts import Evidence, evidence_from
from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_files import flows_from
from desirepath.evidence.quotes import Quote, quotes_from
from desirepath.web.collab.log import EditLog, Stored
from desirepath.web.jobs.results import Kind, Results, Snapshot

MOST_PARTS = 48
READERS: dict[str, Callable[[Any], Any]] = {
    "findings": analysis_from,
    "report": report_from,
    "evidence": evidence_from,
    "quotes": lambda data: quotes_from(data).quotes,
    "flow": flows_from,
    "activity_flow": flows_from,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A check as far as it was made.

    Attributes:
        snapshot: What it rests on.
        report: Its verdicts.
        evidence: Its facts; None where none were kept.
        quotes: Words of customers.
        flows: How cases move between steps, one for each level; none where it was not measured.
        activities: The same between activities, bound to a step or not.
    """

    snapshot: Snapshot
    report: CheckReport
    evidence: Evidence | None
    quotes: tuple[Quote, ...]
    flows: tuple[Flow, ...]
    activities: tuple[Flow, ...] = ()


class Shelf:
    """Results of maps. Every method may take a while: call it in a thread.

    Args:
        log: Maps and their edits.
    """

    def __init__(self, log: EditLog) -> None:
        self.log = log
        self.results = Results(log.engine)
        # snapshots never change, so what was read of them stays true
        self._part = lru_cache(MOST_PARTS)(self._read)

    def analysis(
        self, map_id: str, language: str = ""
    ) -> tuple[Snapshot, AnalysisReport] | None:
        """The newest analysis of a map; None where there is none.

        Args:
            map_id: The map.
            language: Language its sentences are wanted in; that of the map where they are not there.

        Raises:
            WebError: E761 it is damaged.
            CheckError: E407 it is no analysis.
        """
        snapshot = self.results.newest(map_id, "analyze")
        if snapshot is None:
            return None
        said = self._if_there(snapshot, f"findings:{language}") if language else None
        return snapshot, said or self._part(snapshot.id, "findings")

    def findings(self, snapshot: Snapshot) -> AnalysisReport:
        """An analysis, whichever it is, in the language of its map."""
        report: AnalysisReport = self._part(snapshot.id, "findings")
        return report

    def checked(self, map_id: str) -> Checked | None:
        """The newest check of a map; None where there is none."""
        found = self.results.newest(map_id, "check")
        return None if found is None else self._checked(found)

    def checks(self, map_id: str, most: int) -> tuple[tuple[Snapshot, CheckReport], ...]:  # fmt: skip
        """The last checks of a map, the newest first."""
        found = self.results.all(map_id, "check", most)
        return tuple((one, self._part(one.id, "report")) for one in found)

    def newest(self, map_id: str, kind: Kind) -> Snapshot | None:
        """The newest snapshot of a kind."""
        return self.results.newest(map_id, kind)

    def flows(self, snapshot: Snapshot) -> tuple[Flow, ...]:
        """How cases move, one for each level; none where it was not measured."""
        return self._if_there(snapshot, "flow") or ()

    def stored(self, map_id: str) -> Stored:
        """The map as it stands.

        Raises:
            WebError: E702 no such map, E703 its log is damaged.
        """
        return self.log.load(map_id)

    def _checked(self, snapshot: Snapshot) -> Checked:
        return Checked(
            snapshot,
            self._part(snapshot.id, "report"),
            self._if_there(snapshot, "evidence"),
            self._if_there(snapshot, "quotes") or (),
            self.flows(snapshot),
            self._if_there(snapshot, "activity_flow") or (),
        )

    def _if_there(self, snapshot: Snapshot, name: str) -> Any:
        is_there = name in self.results.names(snapshot.id)
        return self._part(snapshot.id, name) if is_there else None

    def _read(self, snapshot_id: str, name: str) -> Any:
        return READERS[name.partition(":")[0]](self.results.part(snapshot_id, name))
