"""What a check found that people should hear of: statements that are refuted or stale now and were not before."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desirepath.check.report import CheckReport, Verdict
from desirepath.check.wording import verdict_word
from desirepath.sentences.numerals import Numerals
from desirepath.sentences.phrase import Part, Phrase, day, listed, say

WORTH_IT = ("refuted", "stale")
MOST_LETTERS = 120  # of a title in a subject


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
        language: Of the letter: that of the map.
    """

    map_id: str
    title: str
    window_to: str
    turned: tuple[Turned, ...]
    address: str = ""
    language: str = "en"

    @property
    def subject(self) -> str:
        """Subject of a letter, one line without control characters."""
        words = [one.now for one in self.turned]
        counts = [
            Phrase("digest.count", count=words.count(word), word=verdict_word(word))
            for word in WORTH_IT
            if word in words
        ]
        title = "".join(letter if letter.isprintable() else " " for letter in self.title)  # fmt: skip
        return self._say(
            "digest.subject", title=title[:MOST_LETTERS], counts=listed(counts)
        )

    @property
    def text(self) -> str:
        """The letter as plain text."""
        lines = [self._say("digest.head", title=self.title, day=self._day()), ""]
        for one in self.turned:
            lines += [
                f"- {self._word(one, is_loud=True)}: {one.text}",
                f"  {one.reason}",
                "",
            ]
        if self.address:
            lines += [self.address, ""]
        return "\n".join(lines)

    @property
    def html(self) -> str:
        """The letter as HTML; nothing in it is taken for markup or loads from elsewhere."""
        rows = "".join(
            f"<li><p><strong>{_safe(self._word(one))}</strong>: {_safe(one.text)}<br>{_safe(one.reason)}</p></li>"
            for one in self.turned
        )
        link = f'<p><a href="{_safe(self.address)}">{_safe(self.address)}</a></p>' if self.address else ""  # fmt: skip
        until = self._say("digest.until", day=self._day())
        head = f"<h1>{_safe(self.title)}</h1><p>{_safe(until)}</p>"
        speech = Numerals(self.language)
        way = ' dir="rtl"' if speech.is_rtl else ""
        return f'<!doctype html><html lang="{speech.language}"{way}><meta charset="utf-8"><body>{head}<ul>{rows}</ul>{link}</body></html>'

    def _say(self, key: str, **parts: Part) -> str:
        return str(say(Phrase(key, **parts), self.language))

    def _day(self) -> Part:
        return day(self.window_to) if self.window_to else Phrase("digest.unknown_day")

    def _word(self, one: Turned, *, is_loud: bool = False) -> str:
        """What a verdict is now, and what it was before."""
        now = str(say(verdict_word(one.now), self.language))
        now = now.upper() if is_loud else now
        if not one.before:
            return now
        return self._say("digest.was", now=now, before=verdict_word(one.before))

    def body(self) -> bytes:
        """What a webhook gets."""
        told: dict[str, Any] = {"format": "desirepath/digest/1", **asdict(self)}
        return json.dumps(told, ensure_ascii=False).encode()


def digest_of(
    before: CheckReport | None,
    now: CheckReport,
    address: str = "",
    language: str = "en",
) -> Digest | None:
    """What turned from one check to the next, None where nothing did.

    The first check of a map turns nothing: nobody knew a verdict before.

    Args:
        before: The check before.
        now: The newest check.
        address: Of the map in browsers.
        language: Of the map.
    """
    if before is None:
        return None
    known = {_key(one): one.verdict for one in before.verdicts}
    turned = [
        Turned(
            one.subject,
            one.text or str(say(one.claim, language)),
            known.get(_key(one), ""),
            one.verdict,
            str(say(one.reason, language)),
        )
        for one in now.verdicts
        if one.verdict in WORTH_IT and known.get(_key(one), "") != one.verdict
    ]
    if not turned:
        return None
    letters = tuple(_worst(turned))
    return Digest(now.map_id, now.title, now.window_to, letters, address, language)


def _worst(turned: Sequence[Turned]) -> list[Turned]:
    return sorted(turned, key=lambda one: WORTH_IT.index(one.now))


def _key(one: Verdict) -> tuple[str, str, str]:
    return one.subject, one.kind, one.claim


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
