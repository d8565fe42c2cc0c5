"""Private data in what customers write: mail addresses, phones, cards and the like. Knows no names of people."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from desirepath.events.feedback.answers import Feedback
from desirepath.events.schema import fail

Kind = Literal["email", "phone", "ip", "card", "iban", "handle", "link"]
How = Literal["remove", "hash", "keep"]
KEY_VARIABLE = "DESIREPATH_PRIVATE_KEY"
MIN_KEY_BYTES = 16
PHONE_DIGITS = (9, 15)  # with the area; shorter numbers may be anything
LOCAL_DIGITS = (7, 8)  # only after a word such as "call"
CARD_DIGITS = (13, 14, 15, 16, 19)
SHOWN_DIGITS = 8
BEFORE = 40  # letters before a number that may say what it is
MAYBE = re.compile(r"@|://|www\.|\d.*\d.*\d.*\d.*\d.*\d|:.*:")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@\w{2,30}")
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)")
_IPV6 = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}(?!\w)")
_DIGITS = re.compile(
    r"(?<![\w.,/#$€£-])(?:\+|00)?\(?\d{1,5}\)?(?:[ .\-/()]{0,2}\d{2,5}){1,5}(?![\w]|[.,]\d|\s?[€$£%])"
)
_CARD = re.compile(r"(?<![\w.,-])\d{4}(?:[ -]?\d{2,6}){2,4}(?![\w.,-]?\d)")
_DATE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?:\s|$|\D)|\d{4} ?- ?\d{4}$"
)
# times as machines write them; their fractions of a second are no phones
_CLOCK = re.compile(
    r"(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d[.,]\d{1,9}(?:Z|[+-]\d\d:?\d\d)?(?!\d)"
)
# words that make a number an order, not a phone
_NOT_A_PHONE = re.compile(
    r"(?:order|pedido|bestell\w*|commande|invoice|rechnung|fatura|factura|facture|ticket|flight|flug|voo|vuelo|"
    r"tracking|rastre\w*|rastreio|sendung\w*|suivi|ref\w*|number|nummer|n[uú]mero|nota|protocolo?|case|item|"
    r"artikel|article|artigo|sku|code|c[oó]d\w*|id|no|nr|confirmation|reservation|booking|conf|nfe?|"
    r"serial|imei|isbn|ean)\.?\s*(?:is|was|e|é|es|ist|est|number|no|nr|n[oº°]|id)?\s*[:.#nº°]*\s*$",
    re.IGNORECASE,
)
_PHONE_WORD = re.compile(
    r"(?:phone|call|tel\w*|mobile|cell|whats\w*|zap|fone|celular|ligar|liguem|ligue|m[oó]vil|llam\w*|handy|"
    r"anruf\w*|ruf\w*|appel\w*|portable|sms|text me|reach me|number|at)\W{0,3}(?:\w+\W{1,2}){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Private:
    """Something private in a text.

    Attributes:
        kind: email, phone, ip, card, iban, handle (of a social network) or link.
        start: Place of its first letter.
        end: Place after its last letter.
    """

    kind: Kind
    start: int
    end: int


def find_private(text: str) -> list[Private]:
    """Mail addresses, phones, IP addresses, cards, IBANs, handles and links, in order.

    Cards and IBANs must pass their checksums. Numbers are phones only with 9 to 15 digits in groups or
    after + or 0, or after a word such as "call"; order numbers, prices and dates are none.

    Examples:
        >>> [one.kind for one in find_private("Mail ann@shop.example or call +49 170 1234567")]
        ['email', 'phone']
        >>> find_private("Order 123456789 of 2024-05-01 cost 1.299,00")
        []
    """
    if not MAYBE.search(text):
        return []
    found: list[Private] = []
    for one in _candidates(text):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _candidates(text: str) -> Iterator[Private]:
    """What may be private, the surest first."""
    for kind, pattern, is_one in _KINDS:
        for match in pattern.finditer(text):
            if is_one(match[0]):
                yield Private(kind, match.start(), match.end())
    plain = _CLOCK.sub(lambda clock: ":" * len(clock[0]), text)
    for match in _DIGITS.finditer(plain):
        if _is_phone(match[0], text[max(0, match.start() - BEFORE) : match.start()]):
            yield Private("phone", match.start(), match.end())


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_iban(text: str) -> bool:
    """True for an account number whose check digits are right.

    Examples:
        >>> is_iban("GB82 WEST 1234 5698 7654 32"), is_iban("GB82 WEST 1234 5698 7654 33")
        (True, False)

    References:
        ISO 13616; ISO 7064 MOD 97-10.
    """
    plain = re.sub(r"[ -]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return False
    number = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
    return int(number) % 97 == 1


def is_card(text: str) -> bool:
    """True for 13 to 16 or 19 digits that begin as cards do and pass Luhn's check.

    Examples:
        >>> is_card("4111 1111 1111 1111"), is_card("4111 1111 1111 1112"), is_card("9111111111111111")
        (True, False, False)

    References:
        ISO/IEC 7812-1, annex B.
    """
    digits = [int(one) for one in text if one.isdigit()]
    if len(digits) not in CARD_DIGITS or digits[0] not in (2, 3, 4, 5, 6):
        return False
    doubled = [
        digit if place % 2 == 0 else sum(divmod(2 * digit, 10))
        for place, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


_KINDS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("link", _LINK, bool),
    ("email", _EMAIL, bool),
    ("handle", _HANDLE, bool),
    ("ip", _IPV4, _is_ip),
    ("ip", _IPV6, _is_ip),
    ("iban", _IBAN, is_iban),
    ("card", _CARD, is_card),
)


def _is_phone(number: str, before: str) -> bool:
    digits = sum(map(str.isdigit, number))
    if _DATE.match(number):
        return False
    if not number.startswith("+") and _NOT_A_PHONE.search(before):
        return False
    is_called = bool(_PHONE_WORD.search(before))
    if LOCAL_DIGITS[0] <= digits <= LOCAL_DIGITS[1]:
        return is_called
    if not PHONE_DIGITS[0] <= digits <= PHONE_DIGITS[1]:
        return False
    is_written_so = number.startswith(("+", "00", "(", "0")) or bool(
        re.search(r"\d[ .\-/()]+\d", number)
    )
    return is_called or is_written_so


def without_private(text: str) -> str:
    """The text with each private part replaced by its kind.

    Examples:
        >>> without_private("@shop write to ann@shop.example")
        '[handle] write to [email]'
    """
    return _replaced(text, lambda one: f"[{one.kind}]")


def with_hashes(text: str, key: bytes) -> str:
    """The text with each private part replaced by its kind and a keyed hash: the same part, the same hash.

    Examples:
        >>> with_hashes("ann@shop.example", b"0123456789abcdef")
        '[email 0c36c2f9]'

    References:
        HMAC-SHA256, RFC 2104.
    """

    def named(one: Private) -> str:
        part = text[one.start : one.end].casefold().encode()
        digest = hmac.new(key, part, hashlib.sha256).hexdigest()[:SHOWN_DIGITS]
        return f"[{one.kind} {digest}]"

    return _replaced(text, named)


def _replaced(text: str, name: Callable[[Private], str]) -> str:
    parts: list[str] = []
    end = 0
    for one in find_private(text):
        parts += [text[end : one.start], name(one)]
        end = one.end
    return "".join([*parts, text[end:]])


def private_counts(texts: Iterable[object]) -> dict[str, int]:
    """Texts that hold something private, by kind, most frequent first.

    Examples:
        >>> private_counts(["ann@shop.example", "fine", "bob@shop.example and ann@shop.example"])
        {'email': 2}
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({one.kind for one in find_private(str(text))})
    return dict(counts.most_common())


def treat_private(feedback: Feedback, how: How, key: bytes | None = None) -> Feedback:
    """Feedback whose words are treated as told: private parts removed, hashed, or kept.

    Args:
        feedback: Answers.
        how: ``remove``, ``hash`` or ``keep``.
        key: Secret of the hashes, at least 16 bytes.

    Raises:
        EventsError: E264 if hashes are asked for without a key.
    """
    if how == "keep":
        return feedback
    if how == "hash" and (key is None or len(key) < MIN_KEY_BYTES):
        raise fail(
            "E264",
            f"hashes of private data need a key of at least {MIN_KEY_BYTES} bytes",
            hint=f'Set {KEY_VARIABLE}, or write in desirepath.toml: private_key = "secret.key"',
        )
    treated = feedback.texts.copy()
    for place in np.flatnonzero(feedback.texts != "").tolist():
        text = str(feedback.texts[place])
        treated[place] = (
            with_hashes(text, key) if how == "hash" and key else without_private(text)
        )
    return replace(feedback, texts=treated)


def private_key(file: Path | None) -> bytes | None:
    """Secret of the hashes: of the environment variable, else of the file; None without either.

    Raises:
        EventsError: E265 if the file cannot be read; what is in it is never shown.
    """
    said = os.environ.get(KEY_VARIABLE)
    if said:
        return said.encode()
    if file is None:
        return None
    try:
        return file.read_bytes().strip()
    except OSError as error:
        raise fail(
            "E265",
            f"the file of the key cannot be read: {error.strerror}",
            str(file),
            "Write a secret of at least 16 bytes into it, and keep it out of the repository.",
        ) from error
