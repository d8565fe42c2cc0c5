"""Heights in columns: each seat is drawn to what it is tied to, and none overlaps another. Plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

Tie = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of seats.

    Attributes:
        sizes: Height of each seat of each column.
        gaps: Space below each seat.
        ties: Column and place of a seat, column and place of the next, weight.
    """

    sizes: list[list[float]]
    gaps: list[list[float]]
    ties: list[Tie]


def settled_tops(block: Block, rounds: int) -> list[list[float]]:
    """Top of each seat; the highest is 0.

    Columns are swept forward and back. In each, seats want the mean middle of what they are tied to;
    where they would overlap, neighbors are pooled and share a mean. Both means are weighted by the
    square of the cases, so that the main way stays straight.

    Examples:
        >>> one = Block([[2.0], [2.0, 2.0]], [[1.0], [1.0, 1.0]], [(0, 0, 1, 1, 9)])
        >>> settled_tops(one, 9)
        [[3.0], [0.0, 3.0]]
    """
    neighbors = _neighbors(block)
    tops = [
        _stack(sizes, gaps) for sizes, gaps in zip(block.sizes, block.gaps, strict=True)
    ]
    for number in range(rounds):
        columns = range(len(tops)) if number % 2 == 0 else reversed(range(len(tops)))
        for column in columns:
            tops[column] = _pooled(block, column, tops, neighbors)
    highest = min((top for column in tops for top in column), default=0.0)
    return [[top - highest for top in column] for column in tops]


Neighbors = dict[tuple[int, int], list[tuple[int, int, int]]]


def _neighbors(block: Block) -> Neighbors:
    found: Neighbors = {}
    for column, place, column2, place2, weight in block.ties:
        found.setdefault((column, place), []).append((column2, place2, weight))
        found.setdefault((column2, place2), []).append((column, place, weight))
    return found


def _stack(sizes: list[float], gaps: list[float]) -> list[float]:
    """Seats below each other around the middle of the row."""
    total = sum(sizes) + sum(gaps[:-1])
    top, found = -total / 2, []
    for size, gap in zip(sizes, gaps, strict=True):
        found.append(top)
        top += size + gap
    return found


def _pooled(
    block: Block, column: int, tops: list[list[float]], neighbors: Neighbors
) -> list[float]:
    sizes, gaps = block.sizes[column], block.gaps[column]
    pools: list[tuple[list[int], float, float, float]] = []  # places, top, height, pull
    for place, size in enumerate(sizes):
        tied = neighbors.get((column, place), [])
        # one weight for wish and pool: with two, tied columns would drift apart from the others
        total = sum(weight * weight for _, _, weight in tied)
        pull = total + 1e-6
        wanted = tops[column][place]
        if tied:
            middle = sum(
                (tops[c][p] + block.sizes[c][p] / 2) * weight * weight
                for c, p, weight in tied
            )
            wanted = middle / total - size / 2
        pools.append(([place], wanted, size + gaps[place], pull))
        while len(pools) > 1 and pools[-2][1] + pools[-2][2] > pools[-1][1]:
            places2, top2, height2, pull2 = pools.pop()
            places1, top1, height1, pull1 = pools.pop()
            top = (top1 * pull1 + (top2 - height1) * pull2) / (pull1 + pull2)
            pools.append((places1 + places2, top, height1 + height2, pull1 + pull2))
    found = []
    for places, top, _, _ in pools:
        at = top
        for place in places:
            found.append(at)
            at += sizes[place] + gaps[place]
    return found
