"""Public names with their signatures, as text. Run it to accept a change: it writes public_names.txt."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import desirepath

SNAPSHOT = Path(__file__).with_name("public_names.txt")


def lines() -> Iterator[str]:
    """One line for each public name, and one for each public member of a type."""
    for name in desirepath.__all__:
        of = getattr(desirepath, name)
        yield f"{name}{_signature(of)}"
        if inspect.isclass(of):
            yield from (f"{name}.{member}" for member in _members(of))


def _members(of: Any) -> Iterator[str]:
    """Methods and properties that the type itself defines."""
    for label, member in sorted(vars(of).items()):
        if label.startswith("_"):
            continue
        if isinstance(member, classmethod | staticmethod):
            yield f"{label}{_signature(member.__func__)}"
        elif isinstance(member, property):
            yield label
        elif inspect.isfunction(member):
            yield f"{label}{_signature(member)}"


def _signature(of: Any) -> str:
    """Signature without addresses of objects and without module names; of a model its keys."""
    if hasattr(of, "model_fields"):
        return f"({', '.join(of.model_fields)})"
    text = re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(of)))
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)  # annotations are text
    return re.sub(r"(?:[a-z_]+\.)+([A-Z])", r"\1", text)


if __name__ == "__main__":
    SNAPSHOT.write_text("\n".join(lines()) + "\n", encoding="utf-8")
