"""Which columns of a file speak of people, and what is proposed for each before the file is kept."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from desirepath.events.feedback.private import (
    MIN_KEY_BYTES,
    find_private,
    private_counts,
)
from desirepath.events.fingerprints import plain_name

# keep it, name each value by a keyed hash, replace what is private in the words, leave the column out
How = Literal["keep", "hash", "mask", "drop"]

SHOWN_DIGITS = 16
MOST_KNOWN = 500_000
# a mail address as it stands in the address of a page
ENCODED = re.compile(
    r"[\w.+-]{1,64}%40[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}", re.IGNORECASE
)
# letters of a value that are looked at before something is proposed for its column
LONGEST_LOOKED_AT = 5_000
MIN_SHARE = 0.3  # of cells of single words, where ids may look like phones or cards
SURE = ("email", "iban")
# pages hold links and handles of everybody; they are no private data of a customer
OF_PAGES = ("link", "handle")
NEEDED = ("case", "activity", "time")
OF_THINGS = ("activity", "channel", "text", "score", "at")
WHOLE_SHARE = 0.8
OF_PEOPLE = re.compile(
    r"^(customer|user|client|contact|kunden?|billing|shipping|delivery|recipient|author|agent|employee)?"
    r"(e?mail(address|adresse)?|(first|last|full|given|family|sur|middle|display|user|login)?name|vorname|nachname|"
    r"phone(number)?|telephone(number)?|telefon(nummer)?|tel|mobile(number|phone)?|handy(nummer)?|cell(phone)?|fax|"
    r"ip|ip(address|adresse|v4|v6)|remote(addr|address|ip)|client(ip|address)|"
    r"street|strasse|straße|hausnummer|address(line)?\d?|anschrift|adresse|"
    r"birth(day|date)|dateofbirth|dob|geburts(tag|datum)|iban|creditcard(number)?|cardnumber|passport(number)?|"
    r"ssn|socialsecuritynumber|tax(id|number)|steuernummer|lat(itude)?|l(on|ng)(gitude)?)$"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a column.

    Attributes:
        how: What is done where nobody says otherwise.
        choices: What may be done.
        found: Cells with something private, by kind, among those looked at.
        is_of_people: Whether its name says that it speaks of somebody.
    """

    how: How
    choices: tuple[How, ...]
    found: Mapping[str, int] = field(default_factory=dict)
    is_of_people: bool = False


def propose(name: str, role: str, cells: Sequence[str], *, is_time: bool) -> Proposal:
    """What should become of a column: the safe thing.

    Args:
        name: Of the column.
        role: Part it plays, "" for none.
        cells: Some of its values, those that are filled.
        is_time: Whether its values are times.

    Examples:
        >>> propose("email", "customer", ["ann@shop.example"], is_time=False).how
        'hash'
        >>> propose("phone", "", ["+49 170 1234567"], is_time=False).how
        'drop'
        >>> propose("comment", "text", ["call me"], is_time=False).how
        'mask'
        >>> propose("event", "activity", ["home"], is_time=False).how
        'keep'
    """
    may_drop: tuple[How, ...] = () if role in NEEDED else ("drop",)
    if is_time:
        return Proposal("keep", ("keep", *may_drop))
    cells = [cell[:LONGEST_LOOKED_AT] for cell in cells]
    found = _found(cells, has_pages=role not in ("text", "score"))
    is_of_people = role not in OF_THINGS and bool(OF_PEOPLE.match(plain_name(name)))
    if role == "text":
        return Proposal("mask", ("keep", "mask", *may_drop), found)
    if is_of_people or (found and _is_whole(cells)):
        # a segment of mail addresses or phones is none
        how: How = "hash" if role not in ("", "segment") else "drop"
        return Proposal(how, ("keep", "hash", *may_drop), found, is_of_people)
    if found:
        return Proposal("mask", ("keep", "mask", *may_drop), found)
    hashed_too: tuple[How, ...] = () if role in OF_THINGS else ("hash",)
    return Proposal("keep", ("keep", *hashed_too, *may_drop))


def _found(cells: Sequence[str], *, has_pages: bool) -> dict[str, int]:
    counts = private_counts([ENCODED.sub("a@b.example", cell) for cell in cells])
    is_words = any(" " in cell.strip() for cell in cells)
    least = 0.0 if is_words else MIN_SHARE * len(cells)
    return {
        kind: count
        for kind, count in counts.items()
        if (kind in SURE or count >= least) and not (has_pages and kind in OF_PAGES)
    }


def _is_whole(cells: Sequence[str]) -> bool:
    """Whether most values with something private hold nothing else."""
    lengths = [(cell, find_private(cell)) for cell in cells]
    some = [(len(cell.strip()), found) for cell, found in lengths if found]
    whole = sum(
        max(one.end - one.start for one in found) >= WHOLE_SHARE * size
        for size, found in some
    )
    return 2 * whole > len(some)


def treatment(
    how: How, key: bytes, *, is_watched: bool
) -> Callable[[Sequence[str]], Sequence[str]]:
    """What is done to the values of a column; the same value always becomes the same.

    Args:
        how: Anything but ``drop``.
        key: Secret of the hashes, at least 16 bytes.
        is_watched: Whether mail addresses are replaced even where the column is kept.
    """
    if len(key) < MIN_KEY_BYTES:
        msg = "the key is too short"
        raise ValueError(msg)
    known: dict[str, str] = {"": ""}
    acts: dict[str, Callable[[str], str]] = {
        "hash": lambda text: hashed(text, key),
        "mask": masked,
        "keep": watched,
    }
    act = acts[how]

    def treated(text: str) -> str:
        found = known.get(text)
        if found is None:
            found = act(text)
            if len(known) < MOST_KNOWN:
                known[text] = found
        return found

    def column(cells: Sequence[str]) -> Sequence[str]:
        # one look at all of them, since most columns hold no address at all
        if how == "keep" and not (is_watched and _may_hold_mail("".join(cells))):
            return cells
        return [treated(cell) for cell in cells]

    return column


def hashed(text: str, key: bytes) -> str:
    """A name for a value that nobody can lead back to it without the key.

    Examples:
        >>> hashed("Ann@Shop.example", b"0123456789abcdef") == hashed("ann@shop.example ", b"0123456789abcdef")
        True

    References:
        HMAC-SHA256, RFC 2104.
    """
    plain = text.strip()
    if not plain:
        return ""
    plain = plain.casefold() if "@" in plain else plain
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()[:SHOWN_DIGITS]


def masked(text: str) -> str:
    """The text with what is private in it replaced by its kind; links without an address stay.

    Examples:
        >>> masked("Mail ann@shop.example about https://shop.example/faq")
        'Mail [email] about https://shop.example/faq'
    """
    return _without(text, lambda kind, part: kind != "link" or "@" in part)


def watched(text: str) -> str:
    """The text without mail addresses.

    Examples:
        >>> watched("open @home"), watched("/mail?to=ann%40shop.example&x=1")
        ('open @home', '/mail?to=[email]&x=1')
    """
    if not _may_hold_mail(text):
        return text
    return _without(text, lambda kind, part: kind in ("email", "link") and "@" in part)


def _may_hold_mail(text: str) -> bool:
    return "@" in text or "%40" in text


def _without(text: str, is_private: Callable[[str, str], bool]) -> str:
    plain = ENCODED.sub("[email]", text)
    parts: list[str] = []
    end = 0
    for one in find_private(plain):
        if is_private(one.kind, plain[one.start : one.end]):
            parts += [plain[end : one.start], f"[{one.kind}]"]
            end = one.end
    return "".join([*parts, plain[end:]])
