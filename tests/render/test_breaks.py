from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_units

from desirepath.render.breaks import break_units, clusters

TEXT = st.text("ab é\u0301-/ שלום 顧客は、「配」ー। 👍🏽👨\u200d👩\u200d👧🇩🇪。", max_size=25)  # fmt: skip


@settings(max_examples=50)
@given(TEXT)
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(break_units(text)) == text
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Compares prices while waiting in a well-known queue",
        "Größenänderung und Rückgabe – überraschend einfach",
        "顧客は配送料が最後のページで初めて表示されることに驚きます。",
        "日当たりが悪くても育つだろうか？「はい」",  # noqa: RUF001
        "رسوم التوصيل تظهر في الصفحة الأخيرة فقط (11 دقيقة).",
        "Khách hàng so sánh giá",
        "Support answers 😀 quickly 👍🏽",
        "54\u00a0% of 7,904",
    ],
)
def test_lines_break_only_where_unicode_lets_them(text: str) -> None:
    def ends(units: list[str]) -> set[int]:
        return {
            sum(len(unit) for unit in units[: number + 1])
            for number in range(len(units))
        }

    assert ends(list(break_units(text))) <= ends(list(line_break_units(text)))


@pytest.mark.parametrize(
    "text", ["e\u0301a", "👍🏽👨\u200d👩\u200d👧", "🇩🇪🇫🇷x", "हिन्दी"[:4]]
)
def test_letters_are_whole_as_unicode_sees_them(text: str) -> None:
    assert clusters(text) == list(grapheme_clusters(text))
