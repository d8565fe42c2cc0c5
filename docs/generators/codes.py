"""The page on error codes, from the places where they are raised."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import desirepath
from generators.docstring import cell

SOURCE = Path(desirepath.__file__).parent
CODE = re.compile(r"^E\d{3}$")
AREAS = {
    "1": "Maps",
    "2": "Events",
    "3": "Evidence",
    "4": "Check and discover",
    "6": "Render",
    "7": "Web",
    "8": "Commands",
}
INTRO = """# Error codes

Every message about bad input carries a code that never changes its meaning.
A message names the place first, then what was expected and found, then the code; the next line says what to do.

```
shop.yaml:48 stages[0].steps[3].touchpoints[0]: no touchpoint is called "emial" [E112]
  Did you mean "email"? Known names: email, phone, store.
```

Commands end with exit code 3 when they print one.
In the table, `…` stands for what differs from case to case.
"""


@dataclass(frozen=True, slots=True)
class Raised:
    """A place in the source that raises a code, with its message and hint as far as they are fixed."""

    code: str
    what: str
    hint: str


def page() -> str:
    """Markdown of all codes by area."""
    by_code: dict[str, list[Raised]] = defaultdict(list)
    for one in raised():
        by_code[one.code].append(one)
    meanings, promised = declared_meanings(), promised_meanings()
    lines = [INTRO]
    for digit, area in AREAS.items():
        codes = sorted(code for code in {*by_code, *meanings} if code[1] == digit)
        if codes:
            lines += [
                f"\n## {area}\n",
                "| code | says | what to do |",
                "| --- | --- | --- |",
            ]
        for code in codes:
            says = _join(one.what for one in by_code[code])
            says = meanings.get(code) or says or promised.get(code, "")
            hints = _join(one.hint for one in by_code[code])
            lines.append(f"| `{code}` | {cell(says)} | {cell(hints)} |")
    return "\n".join(lines) + "\n"


def declared_meanings() -> dict[str, str]:
    """Meanings from the `codes` modules, where a package keeps one."""
    found: dict[str, str] = {}
    for file in sorted(SOURCE.glob("*/codes.py")):
        module = import_module(f"desirepath.{file.parent.name}.codes")
        found |= module.CODES
    return found


def promised_meanings() -> dict[str, str]:
    """Meanings from docstrings: ``E410 if no activity matches``; for messages made at run time."""
    found: dict[str, str] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        text = " ".join(file.read_text(encoding="utf-8").split())
        for code, meaning in re.findall(
            r"(E\d{3}) if (.+?)(?=[.,;] |, E\d|\.? \"\"\")", text
        ):
            found.setdefault(code, meaning)
    return found


def raised() -> Iterator[Raised]:
    """Every call in the source that is given a code, in order of files."""
    for file in sorted(SOURCE.rglob("*.py")):
        if file.name == "codes.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        messages = _messages_of_functions(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                yield from _of_call(call, messages)


def _messages_of_functions(tree: ast.Module) -> dict[str, str]:
    """Messages of local functions that are given a code: `_nothing(finder, "E220", "case", hint)`."""
    found: dict[str, str] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            is_made = call.func.id in ("Problem", "fail") and len(call.args) > 1
            if is_made and isinstance(call.args[0], ast.Name):
                found[function.name] = _template(call.args[1])
    return found


def _of_call(call: ast.Call, messages: dict[str, str]) -> Iterator[Raised]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    for index, argument in enumerate(call.args):
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            continue
        if CODE.match(argument.value):
            texts = [_template(one) for one in call.args[index + 1 :]]
            named = {one.arg: _template(one.value) for one in call.keywords if one.arg}
            hint = named.get("hint") or (texts[2] if len(texts) > 2 else "")  # noqa: PLR2004 - what, place, hint
            what = texts[0] if texts else ""
            if messages.get(name) and " " not in what:
                what = messages[name].replace("…", what, 1)
            yield Raised(argument.value, what, hint)


def _template(node: ast.expr) -> str:
    """Fixed text of a string expression, … for what is filled in; "" for other expressions."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(one) or "…" for one in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (_template(node.left) or "…") + (_template(node.right) or "…")
    return ""


def _join(texts: Iterator[str]) -> str:
    return " · ".join(dict.fromkeys(text for text in texts if text and text != "…"))
