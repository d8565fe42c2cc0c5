"""What commands print is what was written, and nothing else."""

from __future__ import annotations

import pytest

from desirepath.cli.output import print_table


def test_words_of_a_table_are_no_marks_and_no_orders(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table("Of [/b]", ["what", "before [/x]"], [["[red]1[/red]", "\x1b[31mred"]])
    told = capsys.readouterr().out
    assert all(one in told for one in ("Of [/b]", "before [/x]", "[red]1[/red]"))
    assert "\x1b" not in told
