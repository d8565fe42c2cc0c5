from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.render.fonts import FONTS
from desirepath.render.text import (
    BOX,
    PT_MM,
    clean,
    is_rtl_text,
    line_width_mm,
    missing_characters,
    paragraph,
    runs,
)

WORDS = st.text(
    st.sampled_from(
        "abcäöüß xyz-/Ελένη кот يقارن שלום 顧客は配送 ไทย हिंदी 😀👍🏽→✓ \n"
    ),
    max_size=60,
)


@settings(max_examples=60)
@given(WORDS, st.floats(6, 60), st.floats(6, 14))
def test_no_line_is_wider_than_its_box(
    text: str, width_mm: float, size_pt: float
) -> None:
    for line in paragraph(text, width_mm, size_pt).lines:
        is_one_letter = len(line.rstrip("-")) <= 3
        assert is_one_letter or line_width_mm(line, size_pt) <= width_mm + 0.1


@settings(max_examples=60)
@given(WORDS)
def test_wrapping_loses_no_letter(text: str) -> None:
    joined = "".join(paragraph(text, 30, 10).lines)
    kept = [one for one in joined if one not in " -"]
    assert kept == [one for one in clean(text) if one not in " -"]


@given(st.text(max_size=40))
def test_any_text_can_be_wrapped(text: str) -> None:
    words = paragraph(text, 25, 9)
    assert all(line.strip() for line in words.lines)


def test_german_words_break_where_german_does() -> None:
    words = paragraph("Datenschutzgrundverordnung", 25, 10, language="de")
    assert words.lines == ("Datenschutz-", "grundverord-", "nung")


def test_a_word_without_a_dictionary_breaks_with_a_hyphen() -> None:
    words = paragraph("abcdefghijklmnopqrstuvwxyz", 25, 10, language="xx")
    assert words.lines[0].endswith("-")
    assert "".join(words.lines).replace("-", "") == "abcdefghijklmnopqrstuvwxyz"


def test_japanese_breaks_without_hyphens() -> None:
    lines = paragraph("顧客は配送料が最後のページで表示される", 20, 10).lines
    assert len(lines) > 2
    assert not any("-" in line for line in lines)


def test_a_number_stays_with_its_sign() -> None:
    assert paragraph("and then 54\u00a0%", 15, 10).lines == ("and then", "54\u00a0%")


def test_a_shortened_text_ends_in_an_ellipsis_and_says_so() -> None:
    words = paragraph("one two three four", 15, 10, max_lines=1)
    assert words.is_cut
    assert words.lines == ("one tw…",)


def test_a_character_no_font_has_is_a_box_and_is_named() -> None:
    assert clean("a 한국 b") == f"a {BOX}{BOX} b"
    assert missing_characters("a 한국 b") == ("국", "한")


def test_text_cannot_reorder_its_neighbors() -> None:
    assert clean("safe\u202etxt.exe\u2066") == "safetxt.exe"


def test_controls_become_spaces() -> None:
    assert clean("a\x00b\tc\r\nd") == "a b c d"


@pytest.mark.parametrize(
    ("text", "fallback", "expected"),
    [
        ("مرحبا 12", False, True),
        ("PlantShop مرحبا", True, False),
        ("12 %", True, True),
        ("12 %", False, False),
    ],
)
def test_the_first_letter_gives_the_direction(
    text: str, *, fallback: bool, expected: bool
) -> None:
    assert is_rtl_text(text, fallback=fallback) is expected


def test_every_font_file_is_there_and_draws_its_script() -> None:
    text = "Größe Ελένη кот Việt يقارن שלום हिंदी ไทย 顧客 😀 → ✓ ✗ − ≥"
    used = {FONTS[index].family for index, _ in runs(clean(text))}
    assert BOX not in clean(text)
    assert used == {font.family for font in FONTS}
    assert all(
        font.file(is_bold=is_bold).exists()
        for font in FONTS
        for is_bold in (True, False)
    )


def test_bold_falls_back_to_regular_where_there_is_no_bold() -> None:
    assert line_width_mm("顧客", 10, is_bold=True) == line_width_mm("顧客", 10)
    assert line_width_mm("plant", 10, is_bold=True) > line_width_mm("plant", 10)


def test_a_letter_is_as_wide_as_its_font_says() -> None:
    assert line_width_mm("n", 10) == pytest.approx(0.618 * 10 * PT_MM, abs=0.01)
