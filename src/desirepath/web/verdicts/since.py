"""What has changed on a map since it was checked: which verdicts no longer speak of what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desirepath.check.claims import Claimed, claims_of
from desirepath.check.report import CheckReport, Verdict
from desirepath.errors import DesirepathError
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Change, Edit, Together
from desirepath.sentences.phrase import Phrase
from desirepath.web.verdicts.groups import Facts

GOAL_KINDS = ("goal", "effect")
NAMES = ("step", "to")  # parts of a claim that name another step


@dataclass(frozen=True, slots=True)
class Touched:
    """What edits changed beside statements: what counts as a step, as the goal, as a persona.

    Attributes:
        steps: Ids of steps whose events are others.
        personas: Ids of personas of whom somebody is one by another rule.
        has_goal: Whether other events mean that the goal is reached.
    """

    steps: frozenset[str] = frozenset()
    personas: frozenset[str] = frozenset()
    has_goal: bool = False

    def __or__(self, other: Touched) -> Touched:
        return Touched(
            self.steps | other.steps,
            self.personas | other.personas,
            self.has_goal or other.has_goal,
        )


@dataclass(frozen=True, slots=True)
class Since:
    """How a map differs from what was checked.

    Attributes:
        changed: (subject, kind of claim) of verdicts about what no longer stands there in these words.
        unchecked: Refs of statements no verdict is about, because they are newer.
    """

    changed: frozenset[tuple[str, str]]
    unchecked: tuple[str, ...]


def touched_by(edits: Iterable[Edit]) -> Touched:
    """What edits changed beside the statements themselves."""
    found = Touched()
    for change in _changes(edits):
        kind, _, name = change.ref.partition(":")
        field = change.field.partition(".")
        if kind == "step" and field[0] == "events":
            found |= Touched(steps=frozenset({name}))
        elif kind == "persona" and field[0] == "segment":
            found |= Touched(personas=frozenset({name}))
        elif kind == "map" and field[0] == "goal" and field[2] != "text":
            found |= Touched(has_goal=True)
    return found


def _changes(edits: Iterable[Edit]) -> Iterator[Change]:
    for edit in edits:
        if isinstance(edit, Together):
            yield from _changes(edit.edits)
        elif isinstance(edit, Change):
            yield edit


def since_check(
    report: CheckReport, board: Board, touched: Touched, facts: Facts
) -> Since:
    """How a map differs from the state a report judged.

    A verdict speaks of what was claimed: other words, another number, another step or persona make
    it one about the past, and so does another meaning of its step, of the goal or of its persona.

    Args:
        report: Verdicts on an earlier state of the map.
        board: The map as it stands.
        touched: What edits changed since beside statements.
        facts: What was measured for it: which step a claim was about, whatever it is called by now.
    """
    try:
        claims = list(claims_of(board.journey()))
    except DesirepathError:  # no file could be made of it, so nothing can be compared
        return Since(frozenset(), ())
    now = {(one.subject, one.kind): one for one in claims}
    changed = {
        (one.subject, one.kind)
        for one in report.verdicts
        if _is_other(one, now.get((one.subject, one.kind)), touched, facts)
    }
    known = {one.subject for one in report.verdicts}
    unchecked = dict.fromkeys(
        one.subject
        for one in claims
        if one.subject.startswith("statement:") and one.subject not in known
    )
    return Since(frozenset(changed), tuple(unchecked))


def _is_other(
    verdict: Verdict, claim: Claimed | None, touched: Touched, facts: Facts
) -> bool:
    if claim is None:
        return True
    if verdict.step in touched.steps or verdict.persona in touched.personas:
        return True
    if touched.has_goal and verdict.kind in GOAL_KINDS:
        return True
    if (
        verdict.is_implied
    ):  # its words name other steps, which may have other names by now
        return False
    was = (verdict.text, verdict.step, verdict.persona)
    if was != (claim.text, claim.step, claim.persona):
        return True
    return verdict.claim != claim.words and not _is_renamed(verdict, claim, facts)


def _is_renamed(verdict: Verdict, claim: Claimed, facts: Facts) -> bool:
    """Whether a claim about another step differs in nothing but what that step is called."""
    was, now = verdict.claim, claim.words
    if not isinstance(was, Phrase) or not isinstance(now, Phrase) or was.key != now.key:
        return False
    is_same = _unnamed(was) == _unnamed(now)
    return is_same and claim.fact is not None and facts.get(*claim.fact) is not None


def _unnamed(words: Phrase) -> dict[str, object]:
    return {name: part for name, part in words.parts.items() if name not in NAMES}
