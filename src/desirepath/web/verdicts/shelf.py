"""The newest check of each map, read once and kept at hand, so that choosing a group is a look-up."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeVar

from desirepath.check.report import CheckReport
from desirepath.check.saved import report_from
from desirepath.errors import Problem, WebError
from desirepath.evidence.facts import evidence_from
from desirepath.evidence.quotes import Quote, quotes_from, tone_of
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_of
from desirepath.sentences.kept import spoken
from desirepath.sentences.numerals import Numerals
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.results import Results, Snapshot
from desirepath.web.verdicts.groups import (
    EVERYBODY,
    CheckedGroup,
    Facts,
    chosen,
    groups_in,
)
from desirepath.web.verdicts.said import (
    CheckedGroupSaid,
    CheckedSourceSaid,
    CheckSaid,
    QuotedSaid,
    VerdictsSaid,
)
from desirepath.web.verdicts.since import Since, Touched, since_check, touched_by
from desirepath.web.verdicts.told import FEWEST, Told

MOST_CHECKS = 8  # maps whose newest check is kept at hand
MOST_REPORTS = 24  # groups of each
MOST_ANSWERS = 64

Value = TypeVar("Value")


class Kept(OrderedDict[Hashable, Value]):
    """The values asked for last; the others go.

    Args:
        most: How many stay.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def asked(self, key: Hashable) -> Value | None:
        """A value that is asked for, and so stays; None where it is not kept."""
        if key in self:
            self.move_to_end(key)
        return self.get(key)

    def put(self, key: Hashable, value: Value) -> Value:
        """Keep a value; gives it."""
        self[key] = value
        self.move_to_end(key)
        while len(self) > self._most:
            self.popitem(last=False)
        return value


@dataclass(slots=True)
class Check:
    """One check, its parts read as they are asked for."""

    snapshot: Snapshot
    groups: tuple[CheckedGroup, ...]
    quotes: tuple[Quote, ...]
    reports: Kept[CheckReport] = field(default_factory=lambda: Kept(MOST_REPORTS))
    facts: Kept[Facts] = field(default_factory=lambda: Kept(MOST_REPORTS))
    # Edits were looked through up to this number.
    upto: int = 0
    touched: Touched = field(default_factory=Touched)
    since: tuple[tuple[str, int], Since] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A map as it stands.

    Attributes:
        epoch: Another one means another past.
        seq: Number of its last edit.
        board: The map after it.
    """

    epoch: str
    seq: int
    board: Board


def state_in(log: EditLog, map_id: str) -> State:
    """A map as the log has it.

    Raises:
        WebError: E702 no such map, E703 its log is damaged.
    """
    stored = log.load(map_id)
    return State(stored.epoch, stored.seq, stored.board)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as text, and the tag by which a browser knows that it has it."""

    tag: str
    text: str


class Verdicts:
    """What is said of maps. Every method may take a while: call it in a thread.

    Args:
        log: Maps and their edits.
    """

    def __init__(self, log: EditLog) -> None:
        self._log = log
        self._results = Results(log.engine)
        self._checks: Kept[Check] = Kept(MOST_CHECKS)
        self._answers: Kept[Answer] = Kept(MOST_ANSWERS)
        self._alone = threading.Lock()

    def answer(
        self,
        map_id: str,
        now: State,
        *,
        segment: str = "",
        window: str = "",
        is_guest: bool = False,
        language: str = "",
    ) -> Answer:
        """What the newest check says of a map as it stands.

        Args:
            map_id: The map.
            now: The map as it stands.
            segment: ``name=value`` or ``persona=ID``, "" for everybody.
            window: ``FROM..TO``, "" for the whole window.
            is_guest: Whether it is for somebody who came with a link.
            language: Language of the sentences, "" for that of the map.

        Raises:
            WebError: E719 nobody judged this group, E760 or E761 the check cannot be read.
        """
        snapshot = self._results.newest(map_id)
        with self._alone:
            if snapshot is None:
                said = _nothing(now.seq)
                return Answer(f'"none-{now.seq}"', said.model_dump_json())
            check = self._check(snapshot)
            shown = [one for one in check.groups if not is_guest or one.cases >= FEWEST]
            group = chosen(shown, segment, window)
            if group is None:
                raise _no_such_group(shown)
            words = Numerals(language or _language_of(now.board)).language
            parts = (snapshot.id, now.epoch, str(now.seq), group.key, "g" * is_guest, words)  # fmt: skip
            tag = f'"{"-".join(parts)}"'
            known = self._answers.get(tag)
            if known is not None:
                return known
            said = self._said(
                check, now, group, shown, is_guest=is_guest, language=words
            )
            return self._answers.put(tag, Answer(tag, said.model_dump_json()))

    def read_ahead(self, snapshot: Snapshot) -> None:
        """Read the groups of a new check before somebody chooses one; others are answered in between."""
        if snapshot.kind != "check":
            return
        with self._alone:
            check = self._check(snapshot)
        for group in (EVERYBODY, *check.groups[: MOST_REPORTS - 1]):
            with self._alone:
                self._report(check, group)
                self._facts(check, group)

    def _said(
        self,
        check: Check,
        now: State,
        group: CheckedGroup,
        shown: list[CheckedGroup],
        *,
        is_guest: bool,
        language: str,
    ) -> VerdictsSaid:
        whole = self._report(check, EVERYBODY)
        since = self._since(check, whole, now)
        found = self._report(check, group)
        # what may be put on the map speaks as the map does
        missing = spoken(found.missing, _language_of(now.board))
        report = replace(spoken(found, language), missing=missing)
        told = Told(report, self._facts(check, group), is_guest)
        shown_cards = [one for one in now.board.cards.values() if not one.gone]
        steps = [one.ref for one in shown_cards if one.kind == "step"]
        places = [one.ref for one in shown_cards if one.kind in ("step", "touchpoint")]
        return VerdictsSaid(
            snapshot=_check_said(check.snapshot, whole, is_guest=is_guest),
            seq=now.seq,
            group=None if group == EVERYBODY else _group_said(group),
            groups=[_group_said(one) for one in shown],
            coverage=told.coverage(),
            due=whole.due,
            marks=list(told.marks(since)),
            steps=list(told.steps(steps)),
            held=list(told.held(places)),
            missing=list(told.missing()),
            dead=list(told.dead()),
            quotes=[] if is_guest else [_quoted(one) for one in check.quotes],
            unchecked=list(since.unchecked),
            notes=list(report.notes),
        )

    def _check(self, snapshot: Snapshot) -> Check:
        known = self._checks.get(snapshot.id)
        if known is not None:
            self._checks.move_to_end(snapshot.id)
            return known
        names = set(self._results.names(snapshot.id))
        groups = groups_in(self._part(snapshot, "groups") if "groups" in names else ())
        quotes: tuple[Quote, ...] = ()
        if "quotes" in names:
            quotes = quotes_from(self._part(snapshot, "quotes")).quotes
        check = Check(
            snapshot,
            tuple(one for one in groups if f"report:{one.key}" in names),
            quotes,
            upto=snapshot.seq,
        )
        return self._checks.put(snapshot.id, check)

    def _part(self, snapshot: Snapshot, name: str) -> Any:
        return self._results.part(snapshot.id, name)

    def _report(self, check: Check, group: CheckedGroup) -> CheckReport:
        known = check.reports.asked(group.key)
        if known is not None:
            return known
        name = f"report:{group.key}" if group.key else "report"
        return check.reports.put(
            group.key, report_from(self._part(check.snapshot, name))
        )

    def _facts(self, check: Check, group: CheckedGroup) -> Facts:
        known = check.facts.asked(group.key)
        if known is not None:
            return known
        name = f"evidence:{group.key}" if group.key else "evidence"
        evidence = evidence_from(self._part(check.snapshot, name))
        whole = (one for one in evidence.facts if not one.segment)
        return check.facts.put(group.key, Facts(whole))

    def _since(self, check: Check, report: CheckReport, now: State) -> Since:
        state = (now.epoch, now.seq)
        if check.since is not None and check.since[0] == state:
            return check.since[1]
        if now.epoch == check.snapshot.epoch:
            check.touched |= touched_by(self._edits(check, now))
            check.upto = max(check.upto, now.seq)
        facts = self._facts(check, EVERYBODY)
        since = since_check(report, now.board, check.touched, facts)
        check.since = (state, since)
        return since

    def _edits(self, check: Check, now: State) -> list[Edit]:
        """Edits since those looked through; those of long ago may be gone, what they left is compared."""
        entries = self._log.since(now.board.map_id, check.upto)
        return [edit_of(one.edit) for one in entries if one.seq <= now.seq]


def _language_of(board: Board) -> str:
    """Language of a map."""
    return str(board.cards["map"].fields.get("language") or "en")


def _nothing(seq: int) -> VerdictsSaid:
    """What is answered where nothing was checked yet."""
    return VerdictsSaid(
        snapshot=None,
        seq=seq,
        group=None,
        groups=[],
        coverage=None,
        due="",
        marks=[],
        steps=[],
        held=[],
        missing=[],
        dead=[],
        quotes=[],
        unchecked=[],
        notes=[],
    )


def _check_said(
    snapshot: Snapshot, report: CheckReport, *, is_guest: bool
) -> CheckSaid:
    return CheckSaid(
        id=snapshot.id,
        made_us=snapshot.made_us,
        by="" if is_guest else snapshot.by,
        seq=snapshot.seq,
        cases=report.cases,
        customers=report.customers,
        events=report.events,
        window_from=report.window_from,
        window_to=report.window_to,
        sources=[
            CheckedSourceSaid(name=one.name, rows=one.rows)
            for one in snapshot.known_sources
        ],
    )


@lru_cache(maxsize=1_024)  # every answer names all groups
def _group_said(group: CheckedGroup) -> CheckedGroupSaid:
    return CheckedGroupSaid(
        key=group.key,
        segment=group.segment,
        window_from=group.window_from,
        window_to=group.window_to,
        cases=group.cases,
    )


def _quoted(one: Quote) -> QuotedSaid:
    tone = tone_of(one)
    return QuotedSaid(
        step=f"step:{one.step}" if one.step else "map",
        theme=one.theme,
        text=one.text,
        language=one.language,
        day=one.when,
        channel=one.channel,
        tone="good" if tone > 0 else "bad" if tone < 0 else "",
        by_last=one.by_last,
    )


def _no_such_group(groups: list[CheckedGroup]) -> WebError:
    segments = sorted({one.segment for one in groups if one.segment})
    known = ", ".join(segments[:20]) or "none"
    hint = f"Judged apart were: {known}; each of all days, or of a window that is listed in the answer for all."
    return WebError(Problem("E719", "nobody judged this group apart", hint=hint))
