"""A YAML file of ours, read with its lines: no anchors, no aliases, of modest size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import AliasToken, AnchorToken

from desirepath.events.schema import fail

MAX_BYTES = 1024**2


def load_yaml(path: Path) -> Any:
    """Plain YAML without anchors."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise fail(
                "E240",
                "the recipe is larger than 1 MiB",
                str(path),
                "Give the recipe, not the events.",
            )
        text = path.read_text(encoding="utf-8")
        yaml = YAML(typ="rt")
        if any(
            isinstance(t, AliasToken | AnchorToken) for t in YAML(typ="rt").scan(text)
        ):
            raise fail(
                "E240",
                "anchors and aliases are not allowed",
                str(path),
                "Write the value out where it is needed.",
            )
        return yaml.load(text)
    except FileNotFoundError:
        raise fail(
            "E201",
            "there is no such file or folder",
            str(path),
            "Check the spelling and the folder you are in.",
        ) from None
    except PermissionError:
        raise fail(
            "E208",
            "the file may not be opened",
            str(path),
            "Allow reading it, or copy it to a folder of yours.",
        ) from None
    except UnicodeDecodeError:
        raise fail(
            "E205", "the recipe is not UTF-8", str(path), "Save the file as UTF-8."
        ) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise fail(
            "E240",
            f"not YAML: {error.problem}",
            f"{path}:{line}",
            "Check indentation, colons and quotes near this line.",
        ) from None
    except (YAMLError, RecursionError):
        raise fail(
            "E240",
            "not YAML that can be read",
            str(path),
            "Check indentation, colons and quotes.",
        ) from None
