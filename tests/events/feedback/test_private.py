"""Private data is found, and numbers that are none are left alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desirepath.errors import EventsError
from desirepath.events.feedback.answers import nobody
from desirepath.events.feedback.private import (
    find_private,
    is_card,
    is_iban,
    private_key,
    treat_private,
    with_hashes,
    without_private,
)

KEY = b"0123456789abcdef"


def kinds(text: str) -> list[str]:
    return [one.kind for one in find_private(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to ann.lee+x@mail.example.org please", ["email"]),
        ("my number is +44 20 7946 0958", ["phone"]),
        ("(11) 98765-4321 is my WhatsApp", ["phone"]),
        ("call me on 555-0199", ["phone"]),
        ("ruf an: 0170/1234567", ["phone"]),
        ("from 192.168.0.17", ["ip"]),
        ("from 2001:db8::8a2e:370:7334", ["ip"]),
        ("card 4111 1111 1111 1111", ["card"]),
        ("IBAN DE89 3704 0044 0532 0130 00", ["iban"]),
        ("@shop see https://t.example/abc", ["handle", "link"]),
        ("version 1.2.3.4567", []),
        ("order 123456789012", []),
        ("Bestellung Nr. 0123456789", []),
        ("pedido 02-123456789", []),
        ("on 2024-05-01 at 10:30:00", []),
        ("28/11 até 20/12/2017", []),
        ("it cost 1.299.000,00 euros", []),
        ("2 x 1200mg, 220v", []),
    ],
)
def test_private_data_is_told_from_other_numbers(text: str, found: list[str]) -> None:
    assert kinds(text) == found


@given(number=st.integers(0, 10**12))
def test_order_ids_are_no_phones(number: int) -> None:
    assert "phone" not in kinds(f"My order {number:012d} is late")
    assert "phone" not in kinds(f"pedido nº {number}")


@given(number=st.integers(10**4, 10**11))
def test_bare_numbers_are_no_phones(number: int) -> None:
    assert "phone" not in kinds(f"I counted {number} of them")


@given(whole=st.integers(0, 10**7), cents=st.integers(0, 99))
def test_prices_are_no_phones(whole: int, cents: int) -> None:
    for text in (
        f"paid {whole:,}.{cents:02d} for it",
        f"custou R$ {whole},{cents:02d}",
        f"kostet {whole:,}".replace(",", ".") + f",{cents:02d} €",
    ):
        assert kinds(text) == []


@given(moment=st.datetimes(datetime(1900, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001
def test_dates_and_times_are_no_phones(moment: object) -> None:
    for form in (
        "{:%Y-%m-%d %H:%M:%S}",
        "{:%d.%m.%Y}",
        "{:%m/%d/%Y %H:%M}",
        "{:%d-%m-%Y}",
    ):
        text = form.format(moment)
        assume(len(text) > 7)
        assert kinds(f"on {text} it came") == []


def test_fractions_of_a_second_are_no_phones() -> None:
    assert kinds("2024-05-24T07:04:39.824016900+00:00") == []
    assert kinds("done 07:04:39.824016900") == []
    # a phone behind a time is one all the same
    assert kinds("2024-05-24T07:04:39.824016900+00:00 +49 170 1234567") == ["phone"]
    assert kinds("at 14:15 555 123 4567") == ["phone"]


@given(digits=st.text("0123456789", min_size=12, max_size=14))
def test_one_changed_digit_is_no_card(digits: str) -> None:
    whole = next(
        text for last in "0123456789" if _luhn(text := "4" + digits + last) % 10 == 0
    )
    assume(len(set(whole)) > 1)
    assert is_card(whole)
    changed = whole[:5] + str((int(whole[5]) + 1) % 10) + whole[6:]
    assert not is_card(changed)


def _luhn(text: str) -> int:
    total = 0
    for place, letter in enumerate(reversed(text)):
        digit = int(letter) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    return total


def test_account_numbers_need_right_check_digits() -> None:
    assert is_iban("FR14 2004 1010 0505 0001 3M02 606")
    assert not is_iban("FR15 2004 1010 0505 0001 3M02 606")


@given(st.text(max_size=120))
def test_what_is_removed_is_not_found_again(text: str) -> None:
    assert find_private(without_private(text)) == []


def test_hashes_are_the_same_for_the_same_and_need_the_key() -> None:
    one, other = with_hashes("A@b.example", KEY), with_hashes("a@B.example", KEY)
    assert one == other
    assert one != with_hashes("a@b.example", b"another-key-1234")
    assert "b.example" not in one
    with pytest.raises(EventsError) as error:
        treat_private(nobody(), "hash")
    assert str(error.value) == (
        "hashes of private data need a key of at least 16 bytes [E264]\n"
        '  Set DESIREPATH_PRIVATE_KEY, or write in desirepath.toml: private_key = "secret.key"'
    )


def test_the_key_comes_from_the_environment_else_from_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret.key"
    file.write_bytes(KEY + b"\n")
    monkeypatch.delenv("DESIREPATH_PRIVATE_KEY", raising=False)
    assert private_key(file) == KEY
    assert private_key(None) is None
    monkeypatch.setenv("DESIREPATH_PRIVATE_KEY", "from-the-environment")
    assert private_key(file) == b"from-the-environment"
    monkeypatch.delenv("DESIREPATH_PRIVATE_KEY")
    with pytest.raises(EventsError) as error:
        private_key(tmp_path / "none.key")
    assert error.value.code == "E265"
