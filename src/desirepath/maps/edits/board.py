"""A map as loose cards: what each says and where it stands are told apart, so that edits do not collide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.maps.base import Part
from desirepath.maps.blueprint import Organization, Touchpoint
from desirepath.maps.edits.positions import positions
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona
from desirepath.maps.plain import plain
from desirepath.maps.refs import elements, id_problems, with_statement_ids
from desirepath.maps.validation import validate

MODELS: Mapping[str, type[Part]] = {
    "persona": Persona,
    "organization": Organization,
    "statement": Statement,
    "stage": Stage,
    "step": Step,
    "touchpoint": Touchpoint,
}
# Where a card of each kind may stand, and the key of the list it stands in there.
HOMES: Mapping[str, tuple[str, ...]] = {
    "stage": ("map",),
    "step": ("stage",),
    "statement": ("map", "stage", "step"),
    "touchpoint": ("map",),
    "persona": ("map",),
    "organization": ("map",),
    "lane": ("map",),
}
LISTS: Mapping[str, str] = {kind: f"{kind}s" for kind in HOMES}
# Not fields of a card: its name, what stands in it, and what says where it stands.
APART: Mapping[str, frozenset[str]] = {
    kind: frozenset(
        {"id", "format", *(["lane"] if kind == "statement" else [])}
        | {LISTS[one] for one, homes in HOMES.items() if kind in homes}
    )
    for kind in ("map", "lane", *MODELS)
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card stands: one value, set as a whole.

    Attributes:
        at: Ref of what it stands in: ``map``, ``stage:ID`` or ``step:ID``; "" for the map itself.
        pos: Position among its like there, as text.
        lane: Lane of a statement, "" for anything else.
    """

    at: str
    pos: str
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One element of a map, loose.

    Attributes:
        ref: Such as ``step:search``.
        fields: What it says, as in a file, without id, place and what stands in it.
        spot: Where it stands.
        gone: Taken off the map; it can come back.
    """

    ref: str
    fields: Mapping[str, Any]
    spot: Spot
    gone: bool = False

    @property
    def kind(self) -> str:
        """Kind of element: the part of the ref before the colon."""
        return self.ref.partition(":")[0]

    @property
    def id(self) -> str:
        """Its id, "" for the map."""
        return self.ref.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Board:
    """A map while it is edited: all cards by their refs, those taken off included.

    Examples:
        >>> shop = JourneyMap(id="shop", title="I order", stages=(Stage(id="find", name="Find"),))
        >>> board = board_of(shop)
        >>> board.cards["stage:find"].fields["name"], board.journey() == shop
        ('Find', True)
    """

    map_id: str
    cards: Mapping[str, Card] = field(default_factory=lambda: MappingProxyType({}))

    def card(self, ref: str) -> Card:
        """The card of a ref, also one taken off.

        Raises:
            MapError: E112 if there is none.
        """
        if ref in self.cards:
            return self.cards[ref]
        kind, _, name = ref.partition(":")
        known = [one.id for one in self.cards.values() if one.kind == kind]
        what = f'no {kind or "element"} is called "{name}"'
        raise MapError(Problem("E112", what, hint=did_you_mean(name, known)))

    def with_card(self, card: Card) -> Board:
        """The board with a card put in or replaced."""
        return replace(self, cards=MappingProxyType({**self.cards, card.ref: card}))

    def is_shown(self, ref: str) -> bool:
        """Whether a card and everything it stands in is on the map."""
        while ref:
            card = self.cards.get(ref)
            if card is None or card.gone:
                return False
            ref = card.spot.at
        return True

    def row(self, at: str, kind: str, lane: str | None = None) -> list[Card]:
        """Cards of a kind that stand in an element, in order; of one lane where it is named."""
        found = [
            card
            for card in self.cards.values()
            if card.spot.at == at
            and card.kind == kind
            and not card.gone
            and lane in (None, card.spot.lane)
        ]
        return sorted(found, key=lambda card: (card.spot.pos, card.ref))

    def without_place(self) -> list[Card]:
        """Cards nobody took off whose stage or step was: kept for whoever wants to place them."""
        return [
            card
            for ref, card in sorted(self.cards.items())
            if not card.gone and not self.is_shown(ref)
        ]

    def journey(self) -> JourneyMap:
        """The map as it stands now.

        Raises:
            MapError: E113 to E121 if a card does not fit the model; edits let none in.
        """
        top = self.cards["map"]
        data = {"format": "desirepath/map/1", "id": self.map_id, **top.fields}
        rows = self._rows()
        data |= _lists(rows, "map", HOMES)
        return validate(JourneyMap, data, lambda path: (0, ".".join(map(str, path))))

    def _rows(self) -> dict[tuple[str, str], list[Card]]:
        rows: dict[tuple[str, str], list[Card]] = {}
        for card in self.cards.values():
            if not card.gone:
                rows.setdefault((card.spot.at, card.kind), []).append(card)
        for row in rows.values():
            row.sort(key=lambda card: (card.spot.pos, card.ref))
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, cards sorted by ref."""
        return {
            "format": "desirepath/board/1",
            "map": self.map_id,
            "cards": [
                {
                    "ref": card.ref,
                    "at": card.spot.at,
                    "pos": card.spot.pos,
                    "lane": card.spot.lane,
                    "gone": card.gone,
                    "fields": dict(card.fields),
                }
                for _, card in sorted(self.cards.items())
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Board:
        """The board that `to_dict` wrote."""
        cards = {
            one["ref"]: Card(
                one["ref"],
                one["fields"],
                Spot(one["at"], one["pos"], one["lane"]),
                one["gone"],
            )
            for one in data["cards"]
        }
        return cls(data["map"], MappingProxyType(cards))


def _lists(
    rows: Mapping[tuple[str, str], list[Card]], at: str, kinds: Mapping[str, Any]
) -> dict[str, Any]:
    """The lists of what stands in an element, as in a file."""
    return {
        LISTS[kind]: [_data(card, rows) for card in rows[at, kind]]
        for kind in kinds
        if (at, kind) in rows
    }


def _data(card: Card, rows: Mapping[tuple[str, str], list[Card]]) -> Any:
    if card.kind == "lane" or (card.kind == "persona" and not card.fields):
        return card.id
    data = card_data(card)
    return data | _lists(rows, card.ref, HOMES)


def card_data(card: Card) -> dict[str, Any]:
    """What a card is in a file, without what stands in it."""
    lane = {"lane": card.spot.lane} if card.kind == "statement" else {}
    return {"id": card.id, **lane, **card.fields}


def board_of(journey: JourneyMap) -> Board:
    """A map as loose cards; statements without an id get one.

    Raises:
        MapError: E120 or E121 for ids.
    """
    problems = id_problems(journey)
    if problems:
        raise MapError(*(problem for _, problem in problems))
    named = with_statement_ids(journey)
    ids = frozenset(one.id for one in named.all_statements() if one.id)
    cards = {card.ref: card for card in _cards(named, ids)}
    return Board(journey.id, MappingProxyType(cards))


def _cards(journey: JourneyMap, ids: frozenset[str]) -> Iterator[Card]:
    counts: dict[tuple[str, str], int] = {}
    longest = max((len(one) for one in _rows_of(journey)), default=0)
    row = positions(longest)

    def spot(at: str, kind: str, lane: str = "") -> Spot:
        number = counts.get((at, kind), 0)
        counts[at, kind] = number + 1
        return Spot(at, row[number], lane)

    for lane in dict.fromkeys(one for one in journey.lanes if one):
        yield Card(f"lane:{lane}", {}, spot("map", "lane"))
    described = {one.id for one in journey.personas if not isinstance(one, str)}
    for persona in journey.personas:
        if not isinstance(persona, str):
            fields = said("persona", persona, ids)
            yield Card(f"persona:{persona.id}", fields, spot("map", "persona"))
        elif persona not in described:
            yield Card(f"persona:{persona}", {}, spot("map", "persona"))
    for element in elements(journey):
        if element.kind == "map":
            yield Card("map", said("map", journey, ids), Spot("", ""))
        elif element.kind != "persona":
            lane = element.part.lane if isinstance(element.part, Statement) else ""
            fields = said(element.kind, element.part, ids)
            yield Card(element.ref, fields, spot(element.parent, element.kind, lane))


def said(kind: str, part: Part, ids: frozenset[str]) -> dict[str, Any]:
    """What a part says, as in a file, without id, place and what stands in it."""
    data: dict[str, Any] = plain(part, ids)
    return {name: value for name, value in data.items() if name not in APART[kind]}


def _rows_of(journey: JourneyMap) -> Iterator[tuple[object, ...]]:
    yield from (journey.lanes, journey.personas, journey.organizations)
    yield from (journey.statements, journey.stages, journey.touchpoints)
    for stage in journey.stages:
        yield from (stage.statements, stage.steps)
    for step in journey.steps():
        yield step.statements
