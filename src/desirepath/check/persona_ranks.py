"""Which persona first: personas ranked by how many they are, what they bring and where it hurts. Measures nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona

By = Literal["popularity", "value", "pain", "feeling"]
RANKED: tuple[tuple[By, str, bool], ...] = (
    ("popularity", "persona_share", True),
    ("value", "persona_value", True),
    ("pain", "persona_pain", True),
    ("feeling", "score", False),
)


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """One persona and what is known of the cases it stands for.

    Attributes:
        id: Id of the persona.
        name: Its name.
        rule: Its rule in words, "" where it has none.
        share: Of all cases, those it stands for; None where the data cannot tell.
        customers: Of all customers, those with such a case.
        goal: Of its cases, those that reach the goal.
        value: Of all cases that reach the goal, its own.
        pain: Of all cases, its own that miss the goal.
        feeling: Mean score of its cases on the emotion scale.
        time: Median time of its cases to the goal.
        overlaps: (other persona, share of all cases that both stand for).
        why_not: Why the data cannot tell, "" where they can.
    """

    id: str
    name: str
    rule: str
    share: Fact | None
    customers: Fact | None
    goal: Fact | None
    value: Fact | None
    pain: Fact | None
    feeling: Fact | None
    time: Fact | None
    overlaps: tuple[tuple[str, Fact], ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class Rank:
    """Personas in order by one yardstick, the one that comes first on top.

    Attributes:
        by: popularity (share of cases), value (share of the goals reached), pain (share of cases
            that miss the goal), feeling (lowest score first).
        order: Ids with their facts.
        ties: Ids whose intervals overlap that of the first; the data do not say which comes first.
    """

    by: By
    order: tuple[tuple[str, Fact], ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonaReport:
    """Personas of a map held against cases.

    Attributes:
        title: Of the map.
        rows: Personas in the order of the map.
        ranks: By each yardstick that was measured.
        first: Persona that leads without a tie by most yardsticks, "" where none does by two.
        first_by: The yardsticks by which it leads.
        nobody: Of all cases, those that no persona stands for.
        cases: Cases measured.
        customers: Customers behind them.
    """

    title: str
    rows: tuple[PersonaRow, ...]
    ranks: tuple[Rank, ...]
    first: str
    first_by: tuple[By, ...]
    nobody: Fact | None
    cases: int
    customers: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order."""
        return {"format": "desirepath/personas/1", **asdict(self)}


def rank_personas(journey_map: JourneyMap, evidence: Evidence) -> PersonaReport:
    """Personas of a map with their shares and how they fare, and which one to look at first.

    Two personas tie where their intervals overlap; then nobody should say that one comes before the
    other.

    Args:
        journey_map: The map, with described personas.
        evidence: From `measure_map` with this map.
    """
    personas = [one for one in journey_map.personas if isinstance(one, Persona)]
    rows = tuple(_row(one, evidence) for one in personas)
    ranks = tuple(rank for rank in _ranks(rows) if rank.order)
    led: Counter[str] = Counter(
        rank.order[0][0] for rank in ranks if not rank.ties and len(rank.order) > 1
    )
    best = led.most_common(1)[0] if led else ("", 0)
    # one yardstick alone is a matter of taste; two agree
    leads = best[1] > 1 and list(led.values()).count(best[1]) == 1
    first = best[0] if leads else ""
    return PersonaReport(
        journey_map.title,
        rows,
        ranks,
        first,
        tuple(
            rank.by
            for rank in ranks
            if first and not rank.ties and rank.order[0][0] == first
        ),
        evidence.find("map", "persona_nobody"),
        evidence.cases,
        evidence.customers,
    )


def _row(persona: Persona, evidence: Evidence) -> PersonaRow:
    ref, segment = f"persona:{persona.id}", f"persona={persona.id}"
    facts = {
        name: evidence.find(ref, f"persona_{name}")
        for name in ("share", "customers", "goal", "value", "pain")
    }
    overlaps = [
        (fact.target, fact) for fact in evidence.select(ref, "persona_overlap")
    ] + [
        (fact.subject.partition(":")[2], fact)
        for fact in evidence.select(measure="persona_overlap", target=persona.id)
    ]
    why = evidence.sources.get(f"persona {persona.id}", "")
    return PersonaRow(
        id=persona.id,
        name=persona.name,
        rule=persona.segment.words() if persona.segment else "",
        **facts,
        feeling=evidence.find("map", "score", target="emotion", segment=segment),
        time=evidence.find("map", "time", segment=segment),
        overlaps=tuple(overlaps),
        why_not=why.removeprefix("cannot be told: "),
    )


def _ranks(rows: Sequence[PersonaRow]) -> list[Rank]:
    return [_rank(rows, by, is_high_first=high) for by, _, high in RANKED]


def _rank(rows: Sequence[PersonaRow], by: By, *, is_high_first: bool) -> Rank:
    field = "share" if by == "popularity" else by
    known = [(row.id, getattr(row, field)) for row in rows]
    told = [
        (name, fact)
        for name, fact in known
        if fact is not None and fact.value is not None
    ]
    told.sort(key=lambda one: -one[1].value if is_high_first else one[1].value)
    ties = [name for name, fact in told[1:] if _is_tied(told[0][1], fact)]
    return Rank(by, tuple(told), tuple(ties))


def _is_tied(first: Fact, other: Fact) -> bool:
    """True where two intervals overlap, or one of them is not known."""
    ends = (first.low, first.high, other.low, other.high)
    if any(end is None for end in ends):
        return True
    low, high, other_low, other_high = (float(end or 0.0) for end in ends)
    return low <= other_high and other_low <= high
