"""Cards that say where customers go from a step, as measured or as the map states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desirepath.maps.model import JourneyMap, Step
from desirepath.render.views.card import Card
from desirepath.render.views.known import Known


class MoveCards:
    """Moves from each step of a map.

    Args:
        journey: The map.
        known: Facts about moves.
        numbers: Number of each step, as "3. ", where several share a column; else "".
    """

    def __init__(
        self, journey: JourneyMap, known: Known, numbers: Mapping[str, str]
    ) -> None:
        self._known = known
        self._words = known.words
        self._numbers = numbers
        self._names = {step.id: step.name for step in journey.steps()}
        self._order = {step: number for number, step in enumerate(self._names)}

    def of(self, step: Step) -> Iterator[Card]:
        """Cards of a step: the measured moves and who leaves, else what the map states."""
        if not self._known.moves(step.id):
            yield from self._stated(step)
            return
        yield from self._measured(step)
        left = self._known.fact(f"step:{step.id}", "drop_off")
        if left is not None and left.value:
            number, share = self._numbers[step.id], self._words.share(left.value)
            text = f"{number}{self._words.say('leave')} {share}"
            yield Card(f"step:{step.id}", text, look="leave", importance=1)

    def _measured(self, step: Step) -> Iterator[Card]:
        for move in self._known.moves(step.id):
            name = self._target(step.id, move.step)
            note = f"n\u00a0{self._words.number(move.n)}"
            if move.typical_s is not None:
                time = self._words.duration(move.typical_s)
                note = f"{self._words.say('typical', time=time)} · {note}"
            yield Card(
                f"transition:{step.id}>{move.step}",
                f"{name} {self._words.share(move.share)}",
                note=note,
                look="loop" if self._is_back(step.id, move.step) else "move",
                importance=2,
            )

    def _stated(self, step: Step) -> Iterator[Card]:
        for way in step.next:
            share = self._words.stated(way.share) if way.share else ""
            parts = (self._target(step.id, way.step), share, way.text)
            is_back = way.loop or way.step == step.id
            yield Card(
                f"transition:{step.id}>{way.step}",
                " ".join(part for part in parts if part),
                look="loop" if is_back else "move",
                importance=2,
            )

    def _is_back(self, start: str, end: str) -> bool:
        """Whether a move leads to the same or an earlier step."""
        return self._order.get(end, len(self._order)) <= self._order[start]

    def _target(self, start: str, end: str) -> str:
        """Where a move leads; with the numbers of both steps where several share a column."""
        name, number = self._names.get(end, end), self._numbers[start].strip(". ")
        return f"{number} → {self._numbers.get(end, '')}{name}" if number else name
