"""Which properties of cases are segments. Knows counts only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def chosen_segments(
    values: Mapping[str, int],
    mixed: Mapping[str, int],
    case_count: int,
    given: frozenset[str],
    limits: tuple[float, int],
) -> Iterator[str]:
    """Properties that hold one value per case, and those that were asked for.

    Args:
        values: Number of values of each property, in order.
        mixed: Cases that count and have several values of it.
        case_count: Cases that count.
        given: Properties that were asked for.
        limits: Most cases with several values, as a share; most properties that nobody asked for.

    Examples:
        >>> list(chosen_segments({"a": 2, "b": 2, "c": 0}, {"a": 0, "b": 5}, 10, frozenset(), (0.01, 8)))
        ['a']
    """
    count = 0
    for name, value_count in values.items():
        is_given = name in given
        is_mixed = mixed.get(name, 0) > limits[0] * case_count
        few = is_given or count < limits[1]
        if value_count and few and (is_given or not is_mixed):
            count += 1
            yield name
