"""What a check found that people should hear of: statements that are refuted or stale now and were not before."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desirepath.check.report import CheckReport, Verdict

WORTH_IT = ("refuted", "stale")


@dataclass(frozen=True, slots=True)
class Turned:
    """A statement whose verdict has turned.

    Attributes:
        subject: Ref of the statement.
        text: The statement, or the claim the map implies.
        before: Its verdict before, "" where there was none.
        now: Its verdict now.
        reason: Why, in one sentence.
    """

    subject: str
    text: str
    before: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class Digest:
    """Statements of one map that have turned.

    Attributes:
        map_id: The map.
        title: Its title.
        window_to: Last day of the evidence.
        turned: The statements.
        address: Of the map in browsers, "" where nobody said.
    """

    map_id: str
    title: str
    window_to: str
    turned: tuple[Turned, ...]
    address: str = ""

    @property
    def subject(self) -> str:
        """Subject of a letter, one line without control characters."""
        counts = [f"{sum(one.now == word for one in self.turned)} {word}" for word in WORTH_IT if any(one.now == word for one in self.turned)]  # fmt: skip
        title = "".join(letter if letter.isprintable() else " " for letter in self.title)  # fmt: skip
        return f"{title[:120]}: {', '.join(counts)}"

    @property
    def text(self) -> str:
        """The letter as plain text."""
        lines = [f"{self.title}, checked with evidence up to {self.window_to or 'an unknown day'}.", ""]  # fmt: skip
        for one in self.turned:
            was = f" (was {one.before})" if one.before else ""
            lines += [f"- {one.now.upper()}{was}: {one.text}", f"  {one.reason}", ""]
        if self.address:
            lines += [self.address, ""]
        return "\n".join(lines)

    @property
    def html(self) -> str:
        """The letter as HTML; nothing in it is taken for markup or loads from elsewhere."""
        rows = "".join(
            f"<li><p><strong>{_safe(one.now)}</strong>{_was(one)}: {_safe(one.text)}<br>{_safe(one.reason)}</p></li>"
            for one in self.turned
        )
        link = f'<p><a href="{_safe(self.address)}">{_safe(self.address)}</a></p>' if self.address else ""  # fmt: skip
        head = f"<h1>{_safe(self.title)}</h1><p>Evidence up to {_safe(self.window_to)}.</p>"  # fmt: skip
        return f'<!doctype html><html lang="en"><meta charset="utf-8"><body>{head}<ul>{rows}</ul>{link}</body></html>'

    def body(self) -> bytes:
        """What a webhook gets."""
        told: dict[str, Any] = {"format": "desirepath/digest/1", **asdict(self)}
        return json.dumps(told, ensure_ascii=False).encode()


def digest_of(
    before: CheckReport | None, now: CheckReport, address: str = ""
) -> Digest | None:
    """What turned from one check to the next, None where nothing did.

    The first check of a map turns nothing: nobody knew a verdict before.

    Args:
        before: The check before.
        now: The newest check.
        address: Of the map in browsers.
    """
    if before is None:
        return None
    known = {_key(one): one.verdict for one in before.verdicts}
    turned = [
        Turned(
            one.subject,
            one.text or one.claim,
            known.get(_key(one), ""),
            one.verdict,
            one.reason,
        )
        for one in now.verdicts
        if one.verdict in WORTH_IT and known.get(_key(one), "") != one.verdict
    ]
    if not turned:
        return None
    return Digest(now.map_id, now.title, now.window_to, tuple(_worst(turned)), address)


def _worst(turned: Sequence[Turned]) -> list[Turned]:
    return sorted(turned, key=lambda one: WORTH_IT.index(one.now))


def _key(one: Verdict) -> tuple[str, str, str]:
    return one.subject, one.kind, one.claim


def _was(one: Turned) -> str:
    return f" (was {_safe(one.before)})" if one.before else ""


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
