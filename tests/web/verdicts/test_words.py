"""Verdicts are called on the board what posters and reports call them."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from tests.web.client_pages import FRONTEND

from desirepath.check.parts import VerdictWord
from desirepath.render.catalog import CATALOGS

WORDS = FRONTEND / "src/ui/words"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_board_has_the_words_of_posters(language: str) -> None:
    text = (WORDS / language / "evidence.ts").read_text(encoding="utf-8")
    board = dict(re.findall(r'^  (\w+):\s*"(.*)",$', text, re.MULTILINE))
    poster = CATALOGS[language]
    for word in get_args(VerdictWord):
        assert board[f"verdict_{word}"] == poster[f"verdict.{word}"]
        assert board[f"legend_{word}"] == poster[f"legend.{word}"]
    for kind in ("reach", "order", "next", "goal"):
        assert board[f"kind_{kind}"] == poster[f"kind.{kind}"]
    for unit in ("s", "min", "h", "d", "points"):
        assert board[f"unit_{unit}"] == poster[f"unit.{unit}"]
    assert board["curve_measured"] == poster["curve.measured"]
