"""The documentation is complete, fresh, and says nothing that is not there."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import desirepath
from desirepath.cli.app import build_app, run
from desirepath.cli.commands import COMMANDS, load

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")
BANNED_STYLE = re.compile(r"\b(simply|just|obviously|easily)\b", re.IGNORECASE)
TOP_PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")


def pages(root: Path) -> list[Path]:
    found = [root / name for name in TOP_PAGES]
    found += sorted(
        file for file in (root / "docs").rglob("*.md") if "_build" not in file.parts
    )
    assert len(found) > 30
    return found


def words_of_commands(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Every `desirepath …` line in the pages, as words."""
    for page in pages(root):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                for words in commands_in(line.split("#")[0]):
                    if words[:1] == ["desirepath"]:
                        yield page.name, words[1:]


def commands_in(line: str) -> list[list[str]]:
    """Words of each command of a line; signs within quotes part nothing."""
    found: list[list[str]] = [[]]
    reader = shlex.shlex(line, posix=True, punctuation_chars="|&;")
    reader.whitespace_split = True
    for word in reader:
        if set(word) <= set("|&;"):
            found.append([])
        else:
            found[-1].append(word)
    return found


def _is_generated(page: Path) -> bool:
    return page.read_text(encoding="utf-8").startswith("<!-- Generated")


def find(words: list[str]) -> tuple[Any, list[str]]:
    """The command that a line calls, and the words after it."""
    command: Any = typer.main.get_command(build_app())
    own = {name for option in command.params for name in option.opts}
    while words and words[0] in own:  # options of the program stand before the command
        words = words[1:]
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"no command is called {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


def test_generated_pages_are_fresh() -> None:
    from generate import stale_pages, texts  # type: ignore[import-not-found]  # noqa: PLC0415

    assert stale_pages(texts()) == [], "write them anew: python docs/generate.py"


def test_every_error_code_in_the_source_is_documented(root: Path) -> None:
    page = (root / "docs" / "reference" / "codes.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(E\d{3})` \| (?! \|)", page, re.MULTILINE))
    used = set()
    for file in (root / "src").rglob("*.py"):
        for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                used |= set(re.findall(r"^E\d{3}$", part.value))
    assert len(used) > 50
    missing = used - documented
    assert missing == set()


def test_every_public_name_is_documented(root: Path) -> None:
    page = (root / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    for name in desirepath.__all__:
        assert f"### {name}\n" in page, name
        assert (getattr(desirepath, name).__doc__ or "").strip(), name


def test_every_command_is_documented_and_in_the_readme(root: Path) -> None:
    page = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## desirepath {name}" in page, name
        assert f"| `{name}" in readme, name


def test_the_help_of_the_program_begins_as_the_help_of_each_command() -> None:
    width = 80 - len("  ") - max(map(len, COMMANDS)) - len("  ")
    for name, line in COMMANDS.items():
        told = " ".join((load(name).help or "").split())
        assert told.startswith(line.rstrip(".")), name
        assert len(line) < width, name


def test_every_option_has_a_help_text() -> None:
    def walk(command: Any, path: str) -> Iterator[str]:
        for name, one in getattr(command, "commands", {}).items():
            yield from walk(one, f"{path} {name}")
        for option in command.params:
            if option.param_type_name == "option" and not (option.help or "").strip():
                yield f"{path} {option.opts[0]}"

    assert list(walk(typer.main.get_command(build_app()), "desirepath")) == []


def test_every_lint_rule_is_documented(root: Path) -> None:
    from desirepath.maps.lint import RULES  # noqa: PLC0415

    page = (root / "docs" / "reference" / "lint-rules.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"## {rule.code}" in page


def test_commands_in_the_pages_exist_with_these_options(root: Path) -> None:
    seen = 0
    for page, words in words_of_commands(root):
        command, rest = find(words)
        known = {name for option in command.params for name in option.opts}
        for word in rest:
            if word.startswith("-") and word != "-":
                assert word.split("=")[0] in known, f"{page}: {shlex.join(words)}"
        seen += 1
    assert seen > 15


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    seen = 0
    for page in pages(root):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
                seen += 1
    assert seen > 50


def test_pages_avoid_words_that_belittle_the_reader(root: Path) -> None:
    written = [page for page in pages(root) if not _is_generated(page)]
    assert len(written) > 25
    for page in written:
        prose = re.sub(
            r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        found = BANNED_STYLE.search(prose)
        assert found is None, f"{page.name}: {found}"


def test_every_decision_is_listed_in_order(root: Path) -> None:
    folder = root / "docs" / "decisions"
    listed = re.findall(
        r"^\d{4}-.*$", (folder / "index.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    there = sorted(file.stem for file in folder.glob("[0-9]*.md"))
    assert listed == there
    assert [int(name[:4]) for name in there] == list(range(1, len(there) + 1))


def test_change_fragments_have_a_kind_and_are_short(root: Path) -> None:
    for file in (root / "changes").glob("*.md"):
        if file.name == "README.md":
            continue
        assert re.fullmatch(
            r"[a-z0-9-]+\.(added|changed|fixed|removed|deprecated)\.md", file.name
        )
        assert len(file.read_text(encoding="utf-8")) < 400, file.name


@pytest.mark.parametrize("name", ["first-map", "first-evidence"])
def test_tutorials_run_as_written(
    name: str,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = (root / "docs" / "tutorials" / f"{name}.md").read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    assert len(lines) >= 3
    monkeypatch.chdir(tmp_path)
    for line in lines:
        words = shlex.split(line.split(" #")[0])
        assert words[0] == "desirepath"
        allowed = {"lint": {0, 1}, "check": {4}}.get(words[1], {0})
        code = run(words[1:])
        assert code in allowed, f"{line}: {capsys.readouterr()}"
