"""What the first file of a source taught about its columns, so that later files are read the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from desirepath.events.schema import Asked, Choice, Columns, Constant, fail
from desirepath.events.table import TableRead

CONSTANT = "constant"
EPOCHS = {
    "seconds since 1970": "epoch-s",
    "milliseconds since 1970": "epoch-ms",
    "microseconds since 1970": "epoch-us",
    "nanoseconds since 1970": "epoch-ns",
}


def learn(read: TableRead) -> Mapping[str, Any]:
    """What a table taught, as plain data."""
    roles = read.roles

    def named(columns: tuple[int, ...] | Constant | None) -> Choice:
        if isinstance(columns, tuple):
            return "+".join(read.columns[index] for index in columns) or None
        return columns

    columns = Columns(
        case=named(roles.case),
        customer=named(roles.customer),
        activity=named(roles.activity),
        time=None if roles.time is None else read.columns[roles.time],
        channel=named(roles.channel),
        sequence=None if roles.sequence is None else read.columns[roles.sequence],
        segments=tuple(read.columns[index] for index in roles.segments),
    )
    return {
        "columns": columns_to_data(columns),
        "time_format": _formats(read),
        "reading": asdict(read.reading(dict.fromkeys(read.segments))),  # type: ignore[arg-type]
    }


def asked_again(asked: Asked, taught: Mapping[str, Any]) -> Asked:
    """What to ask of a later file: what the user said, and what an earlier file taught."""
    known = columns_from_data(taught["columns"])
    columns = Columns(
        **{
            name: getattr(known, name) if said is None else said
            for name, said in (
                (one, getattr(asked.columns, one)) for one in asdict(asked.columns)
            )
        }
    )
    formats = asked.time_format or tuple(taught["time_format"])
    return replace(asked, columns=columns, time_format=formats)


def check_same(read: TableRead, taught: Mapping[str, Any]) -> None:
    """Nothing, if the columns play the roles they played in the first file.

    Raises:
        EventsError: E298 if one plays another role.
    """
    known, now = taught["columns"], learn(read)["columns"]
    for role in ("case", "customer", "activity", "time", "channel", "sequence"):
        if known[role] != now[role]:
            raise fail(
                "E298",
                f"the {role} was {_told(known[role])} in earlier files and is {_told(now[role])} here",
                read.part.table.place,
                "Name the columns (--case, --customer, --activity, --time, --channel) and make the store --anew.",
            )


def columns_to_data(columns: Columns) -> dict[str, Any]:
    """Columns as plain data.

    Examples:
        >>> columns_from_data(columns_to_data(Columns(case="order", channel=Constant("web")))).channel
        Constant(value='web')
    """
    return {
        name: {CONSTANT: value.value}
        if isinstance(value, Constant)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in (
            (one, getattr(columns, one)) for one in Columns.__dataclass_fields__
        )
    }


def columns_from_data(data: Mapping[str, Any]) -> Columns:
    """Columns of what `columns_to_data` gave."""
    read: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            read[name] = Constant(value[CONSTANT])
        else:
            read[name] = tuple(value) if isinstance(value, list) else value
    return Columns(**read)


def _formats(read: TableRead) -> list[str]:
    """Formats of times to ask for; [] where they say themselves how they are read."""
    formats = list(dict.fromkeys(time.format for time in read.times))
    if len(formats) != 1:
        return []
    if formats[0] in EPOCHS:
        return [EPOCHS[formats[0]]]
    return formats[0].split(" or ") if "%" in formats[0] else []


def _told(value: Any) -> str:
    """A role's column, for a person."""
    if value is None:
        return "nothing"
    return str(value.get(CONSTANT)) if isinstance(value, dict) else f'"{value}"'
