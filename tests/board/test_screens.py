"""That every screen and dialog of the app is known to the tests that visit all of them."""

from __future__ import annotations

import re

from tests.board.screens import SCREENS, known_addresses, known_dialogs


def test_every_address_of_the_app_is_visited() -> None:
    visited = [one.path.removeprefix("#").partition("?")[0] for one in SCREENS]
    shown = [re.sub(r"\{\w+\}", "x", one) for one in visited]
    missed = set()
    for address in known_addresses():
        pattern = re.escape(address).replace(re.escape("/*?"), "(?:/.*)?")
        pattern = re.sub(r":\w+", "[^/]+", pattern.replace("\\:", ":"))
        if not any(re.fullmatch(pattern, one) for one in shown):
            missed.add(address)
    assert len(known_addresses()) >= 28
    assert missed == set()


def test_every_dialog_of_the_app_is_opened() -> None:
    assert known_dialogs() == {one.dialog for one in SCREENS if one.dialog}


def test_screens_have_names_of_their_own() -> None:
    names = [one.name for one in SCREENS]
    assert len(set(names)) == len(names)
