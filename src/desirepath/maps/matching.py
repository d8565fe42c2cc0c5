"""Which item of a new list is which item of an old one."""

from __future__ import annotations

from collections.abc import Sequence

from desirepath.maps.base import Part
from desirepath.maps.model import Statement


def match(old: Sequence[object], new: Sequence[object]) -> list[int | None]:
    """Position in the old list of each item of the new one; None for items that are new.

    Items with an id are the same when their ids are. Others are the same when they are equal; what
    is left is paired in order, because a changed item mostly keeps its place. An item with another
    id is another item, unless nothing else changed.

    Examples:
        >>> match(["phone", "email"], ["email", "store", "phone"])
        [1, None, 0]
    """
    free = dict.fromkeys(range(len(old)))
    pairs = [_take(free, old, item) for item in new]
    is_same_length = len(old) == len(new)
    for number, item in enumerate(new):
        if pairs[number] is None:
            pairs[number] = _left_over(
                free, old, item, number if is_same_length else None
            )
    return pairs


def _take(free: dict[int, None], old: Sequence[object], item: object) -> int | None:
    found = next((number for number in free if _is_same(old[number], item)), None)
    if found is not None:
        del free[found]
    return found


def _is_same(old: object, new: object) -> bool:
    name = getattr(new, "id", None)
    if isinstance(new, Part) and name is not None:
        return type(old) is type(new) and getattr(old, "id", None) == name
    return type(old) is type(new) and old == new


def _left_over(
    free: dict[int, None], old: Sequence[object], item: object, place: int | None
) -> int | None:
    """What was changed, if its kind and its place say so, or got another id and nothing else."""
    found = next((one for one in free if _is_changed(old[one], item)), None)
    if not isinstance(item, (Part, dict)):
        found = place if place in free and type(old[place]) is type(item) else None
    if found is not None:
        del free[found]
    return found


def _is_changed(old: object, new: object) -> bool:
    if type(old) is not type(new):
        return False
    if isinstance(old, Part) and isinstance(new, Part) and hasattr(new, "id"):
        return old.model_copy(update={"id": None}) == new.model_copy(
            update={"id": None}
        )
    return True


def statement_ids(value: object) -> set[str]:
    """Ids of all statements in a part or a tuple of parts."""
    if isinstance(value, Statement):
        return {value.id} if value.id else set()
    if isinstance(value, tuple):
        return {name for item in value for name in statement_ids(item)}
    if isinstance(value, Part):
        inside = (
            getattr(value, name)
            for name in ("statements", "steps", "stages")
            if hasattr(value, name)
        )
        return {name for one in inside for name in statement_ids(one)}
    return set()
