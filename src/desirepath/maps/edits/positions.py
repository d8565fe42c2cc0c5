"""Places in a row as text: between any two there is always room for one more."""

from __future__ import annotations

import re

from desirepath.errors import MapError, Problem

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST = "a0"
SMALLEST_WHOLE = "A" + "0" * 26
POSITION = re.compile(r"[A-Za-z][0-9A-Za-z]*")


def position_between(before: str, after: str) -> str:
    """A position that sorts after one and before another; both compare as plain text.

    A position is a whole number whose first letter tells its length, and a fraction. So a thousand
    appended items have three or four letters each, and two can always be parted.

    Args:
        before: The one to the left, "" for none.
        after: The one to the right, "" for none.

    Raises:
        MapError: E129 if one is not a position, or they are not in order.

    Examples:
        >>> position_between("", ""), position_between("a0", ""), position_between("a0", "a1")
        ('a0', 'a1', 'a0V')

    References:
        Greenspan 2020, "Implementing fractional indexing".
    """
    for one in (before, after):
        if one:
            check_position(one)
    if before and after and before >= after:
        what = f'the position "{before}" does not come before "{after}"'
        raise MapError(Problem("E129", what, hint="Give the left neighbor first."))
    if not before:
        return _before(after) if after else FIRST
    if not after:
        return _after(before)
    return _between(before, after)


def positions(count: int) -> list[str]:
    """Positions of a whole row.

    Examples:
        >>> positions(3)
        ['a0', 'a1', 'a2']
    """
    found: list[str] = []
    for _ in range(count):
        found.append(position_between(found[-1] if found else "", ""))
    return found


def check_position(text: str) -> None:
    """Nothing where a text is a position.

    Raises:
        MapError: E129 if it is not.
    """
    is_whole = POSITION.fullmatch(text) and len(text) >= _whole_length(text[0])
    is_ended_by_nought = is_whole and _fraction(text).endswith("0")
    if not is_whole or is_ended_by_nought or text == SMALLEST_WHOLE:
        what = f'"{text}" is not a position in a row'
        hint = "Take the one an edit gave, or one between two of its neighbors."
        raise MapError(Problem("E129", what, hint=hint))


def _whole_length(letter: str) -> int:
    """Characters of the whole number: b2 … z27 upwards, Z2 … A27 downwards."""
    if letter >= "a":
        return ord(letter) - ord("a") + 2
    return ord("Z") - ord(letter) + 2


def _whole(position: str) -> str:
    return position[: _whole_length(position[0])]


def _fraction(position: str) -> str:
    return position[_whole_length(position[0]) :]


def _before(after: str) -> str:
    whole = _whole(after)
    if whole == SMALLEST_WHOLE:
        return whole + _middle("", _fraction(after))
    return whole if whole < after else _counted(whole, -1)


def _after(before: str) -> str:
    whole = _whole(before)
    larger = _counted(whole, 1)
    return larger or whole + _middle(_fraction(before), "")


def _between(before: str, after: str) -> str:
    whole = _whole(before)
    if whole == _whole(after):
        return whole + _middle(_fraction(before), _fraction(after))
    larger = _counted(whole, 1)
    if larger and larger < after:
        return larger
    return whole + _middle(_fraction(before), "")


def _middle(low: str, high: str) -> str:
    """Shortest fraction between two; "" as the upper one stands for 1."""
    shared = 0
    while (
        high
        and shared < len(high)
        and (low[shared : shared + 1] or "0") == high[shared]
    ):
        shared += 1
    if shared:
        return high[:shared] + _middle(low[shared:], high[shared:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else len(DIGITS)
    if last - first > 1:
        return DIGITS[(first + last + 1) // 2]
    if len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], "")


def _counted(whole: str, by: int) -> str:
    """The whole number one larger or smaller; "" beyond the largest."""
    letter, digits = whole[0], list(whole[1:])
    edge, fresh = (DIGITS[-1], DIGITS[0]) if by > 0 else (DIGITS[0], DIGITS[-1])
    place = len(digits) - 1
    while place >= 0 and digits[place] == edge:
        digits[place] = fresh
        place -= 1
    if place >= 0:
        digits[place] = DIGITS[DIGITS.index(digits[place]) + by]
        return letter + "".join(digits)
    return _other_length(letter, by)


def _other_length(letter: str, by: int) -> str:
    if (letter, by) == ("z", 1):
        return ""
    step = {("Z", 1): "a", ("a", -1): "Z"}.get((letter, by)) or chr(ord(letter) + by)
    fresh = DIGITS[0] if by > 0 else DIGITS[-1]
    return step + fresh * (_whole_length(step) - 1)
