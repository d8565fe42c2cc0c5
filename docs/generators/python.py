"""The page on the Python functions and types, from signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import Any

import desirepath
from generators.docstring import markdown

INTRO = """# Python

What `desirepath` lists here is public: names and signatures change only with a release that warns first.
Deeper modules carry no promise.

```python
import desirepath

shop = desirepath.read_map("shop.yaml")
events = desirepath.read_events("events.csv")
report = desirepath.check_map(shop, desirepath.measure_map(shop, events))
desirepath.draw_map(shop, "shop.pdf", report=report)
```

Functions are verb and object; results are frozen; nothing is printed.
"""


def page() -> str:
    """Markdown of every public name in alphabetical order, functions first."""
    names = [name for name in desirepath.__all__ if is_there(name)]
    functions = [
        name for name in names if inspect.isfunction(getattr(desirepath, name))
    ]
    types = [name for name in names if name not in functions]
    blocks = [INTRO, "## Functions\n", *(_function(name) for name in functions)]
    return "\n".join([*blocks, "## Types\n", *(_type(name) for name in types)])


def is_there(name: str) -> bool:
    """Whether the public name can be imported."""
    try:
        getattr(desirepath, name)
    except ModuleNotFoundError:
        return False
    return True


def signature(of: Any) -> str:
    """Signature with short type names, one argument per line when it is long."""
    text = str(inspect.signature(of))
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)  # annotations are text
    text = re.sub(r"(?:[a-z_]+\.)+([A-Z][A-Za-z_]*)", r"\1", text).replace("'", '"')
    if len(of.__name__ + text) <= 88:  # noqa: PLR2004 - the line length of the code
        return of.__name__ + text
    arguments, _, result = text.rpartition(" -> ")
    return f"{of.__name__}(\n    {_one_per_line(arguments[1:-1])},\n) -> {result}"


def _one_per_line(text: str) -> str:
    """Arguments split at commas that stand in no bracket."""
    depth, out = 0, ""
    for letter in text:
        depth += (letter in "[(") - (letter in "])")
        out += ",\n    " if letter == "," and depth == 0 else letter
    return out.replace(",\n     ", ",\n    ")


def _function(name: str) -> str:
    of = getattr(desirepath, name)
    return f"### {name}\n\n```python\n{signature(of)}\n```\n\n{markdown(of.__doc__)}\n"


def _type(name: str) -> str:
    of = getattr(desirepath, name)
    module = import_module(of.__module__)
    blocks = [f"### {name}\n", markdown(of.__doc__), ""]
    if _is_model(of):
        return "\n".join([*blocks[:1], _without_fields(of), ""])
    for label, member in vars(of).items():
        if label.startswith("_") or not member.__doc__:
            continue
        if isinstance(member, property):
            blocks.append(f"`{name}.{label}`\n\n: {_short(member.__doc__)}\n")
        elif inspect.isfunction(member) and member.__module__ == module.__name__:
            blocks.append(
                f"`{name}.{signature(member)}`\n\n: {_short(member.__doc__)}\n"
            )
    return "\n".join(blocks)


def _short(docstring: str) -> str:
    return " ".join(inspect.cleandoc(docstring).split("\n\n")[0].split()).replace(
        "``", "`"
    )


def _is_model(of: Any) -> bool:
    return hasattr(of, "model_fields")


def _without_fields(of: Any) -> str:
    return (
        markdown(of.__doc__)
        + "\n\nIts fields are those of the [map format](map-format.md)."
    )
