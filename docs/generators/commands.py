"""The page on the command line, from the commands themselves."""

from __future__ import annotations

import inspect
from pathlib import PurePath
from typing import Any

import typer

from desirepath.cli.app import build_app
from generators.docstring import cell

INTRO = """# Command line

`desirepath COMMAND --help` prints what this page lists.
`--debug` before the command shows the traceback of an error.

| exit code | means |
| --- | --- |
| 0 | fine; nothing is refuted, the maps are the same, there are no findings |
| 1 | `lint` has findings, `diff` finds differences |
| 2 | wrong usage: an unknown option or a missing argument |
| 3 | bad input: the message names place, code and what to do |
| 4 | `check` refutes at least one statement |
"""


def page() -> str:
    """Markdown of every command in the order of the loop."""
    app = typer.main.get_command(build_app())
    return INTRO + "".join(_sections(app, "desirepath"))


def _sections(command: Any, path: str) -> list[str]:
    """Sections of a command or, for a group, of its commands."""
    if hasattr(command, "commands"):
        return [
            section
            for name, one in command.commands.items()
            for section in _sections(one, f"{path} {name}")
        ]
    parts = (_text(command), _usage(command, path), _table(command))
    return [f"\n## {path}\n\n" + "\n".join(part for part in parts if part)]


def _text(command: Any) -> str:
    text = inspect.cleandoc(command.help or "").split("\f")[0]
    return text.replace("``", "`").strip() + "\n"


def _usage(command: Any, path: str) -> str:
    pieces = []
    for one in command.params:
        if one.param_type_name == "argument":
            name = (
                (one.metavar or one.name or "").upper().strip("[]").removesuffix("...")
            )
            name += "…" if one.nargs == -1 else ""
            pieces.append(name if one.required else f"[{name}]")
    return f"```\n{' '.join([path, '[OPTIONS]', *pieces])}\n```\n"


def _table(command: Any) -> str:
    rows = []
    for one in command.params:
        if one.param_type_name == "option" and not one.hidden:
            names = ", ".join(f"`{name}`" for name in [*one.opts, *one.secondary_opts])
            rows.append(f"| {names} | {cell(one.help or '')} | {_default(one)} |")
    if not rows:
        return ""
    head = ["", "| option | does | default |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows]) + "\n"


def _default(option: Any) -> str:
    value = option.default
    if value in (None, False, (), [], "") or callable(value) or option.required:
        return "**required**" if option.required else ""
    return f"`{value}`" if isinstance(value, str | int | float | PurePath) else ""
