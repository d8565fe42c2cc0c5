"""JSON with a checksum, so that a file somebody changed by hand is noticed. Reads and writes no file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEAL = "sha256"


def sealed_text(body: Mapping[str, Any]) -> str:
    """The body as JSON text with its checksum.

    Raises:
        ValueError: a number in it is not finite.
    """
    sealed = {**body, SEAL: _digest(body)}
    return json.dumps(sealed, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def break_seal(data: dict[str, Any]) -> bool:
    """Take the checksum out; True where it is that of the rest.

    Examples:
        >>> whole = json.loads(sealed_text({"a": 1}))
        >>> break_seal({**whole, "a": 2}), break_seal(whole), whole
        (False, True, {'a': 1})
    """
    return bool(data.pop(SEAL, None) == _digest(data))


def _digest(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
