"""How often desirepath is right, in simulated worlds whose truth is known: the table of docs/explanation/truth.md.

python benchmarks/truth.py                  # 1 000 worlds a row, about an hour of one core
python benchmarks/truth.py --worlds 100 --only effect
"""

from __future__ import annotations

import argparse
import importlib
import runpy
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "truth"
HEAD = ("what", "worlds", "found rightly", "found wrongly", "silent where nothing is", "intervals that hold the truth")  # fmt: skip
NO_RATE = "–"
SEED = 20_261_122


@dataclass(frozen=True, slots=True)
class Row:
    """Rates of one kind of claim or analysis; None where they have no meaning.

    Attributes:
        what: Kind of claim, or analysis.
        worlds: Worlds drawn for it.
        right: Share of the planted things that are found.
        wrong: Share of them said to be the other way round.
        silent: Share of the claims left open, or of the reports that show nothing, where there is nothing.
        coverage: Share of the 95 % intervals that hold the truth.
    """

    what: str
    worlds: int
    right: float | None = None
    wrong: float | None = None
    silent: float | None = None
    coverage: float | None = None


def worlds_of(name: str) -> SimpleNamespace:
    """The worlds that a test of the same name draws, so that both speak of the same."""
    return SimpleNamespace(**runpy.run_path(str(TESTS / f"test_planted{name}.py")))


def claims(worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Claims 5 points or 20 % beside the truth, and claims exactly on it."""
    truth = worlds_of("")
    for kinds in (truth.WITHOUT_GOAL, ("goal",)):
        options = {"worlds": worlds, "kinds": kinds}
        settled = truth.tally(truth.reports(rng, sides=truth.ALL_SIDES, **options))
        border = truth.tally(
            truth.reports(rng, points=0, factor=1, sides=("low true",), **options)
        )
        for kind in kinds:
            counts = [
                (truth.told(settled, kind, side, word), is_right)
                for side, word, is_right in (
                    ("true", "confirmed", True),
                    ("false", "refuted", True),
                    ("true", "refuted", False),
                    ("false", "confirmed", False),
                )
            ]
            right, wrong = (
                sum(one[0] for one, is_right in counts if is_right == wanted)
                / sum(one[1] for one, is_right in counts if is_right == wanted)
                for wanted in (True, False)
            )
            hits, open_asked = truth.told(border, kind, "true", "unknown")
            yield Row(f"claim: {kind}", worlds, right, wrong, hits / open_asked)


def intervals(worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Every kind of interval, in worlds of which no two have the same cases and the same truth."""
    kinds = importlib.import_module("tests.truth.interval_worlds").KINDS
    for draw in kinds.values():
        held: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        for _ in range(worlds):
            for one in draw(rng):
                asked[one.what] += 1
                held[one.what] += one.is_held
        for what, count in asked.items():
            yield Row(what, count, coverage=held[what] / count)


def effects(worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Effects of a step that one segment meets more often, and customers who roam at random."""
    truth = worlds_of("_effects")
    for effect, each, what in (
        (0.1, 1, "effect of 10 points"),
        (0.0, 1, "effect of nothing"),
        (0.1, 4, "effect of 10 points, four cases a customer"),
    ):
        facts = [
            truth.facts_of(truth.plan(), truth.world(effect, 1_500, rng, each))
            for _ in range(worlds)
        ]
        here = [one["step:helper", "effect"] for one in facts]
        right = np.mean([one.low > 0 for one in here])
        wrong = np.mean([one.high < 0 for one in here])
        held = float(np.mean([truth.holds(one, effect) for one in here]))
        yield Row(
            what,
            worlds,
            float(right) if effect else None,
            float(wrong) if effect else None,
            None if effect else 1 - float(right + wrong),
            held,
        )
    loud = [bool(truth.found_in(*truth.roaming(2_000, rng))) for _ in range(worlds)]
    few = max(worlds // 10, 1)
    seen = [
        ("map", "free two") in truth.found_in(*truth.roaming(2_000, rng, harm=0.6))
        for _ in range(few)
    ]
    yield Row(
        "reports on what customers do",
        worlds,
        right=float(np.mean(seen)),
        silent=1 - float(np.mean(loud)),
    )


def changes(worlds: int, rng: np.random.Generator) -> Iterator[Row]:
    """Changes between two periods: planted ones, and two halves of one period."""
    truth = worlds_of("_changes")
    count = max(worlds // 4, 2)
    before = [truth.measured(truth.null_world(), rng) for _ in range(count)]
    world = truth.null_world(cases_per_customer=1.5, correlation=0.5, is_censored=True)
    silent = truth.silence(*truth.halves(world, rng, count))
    for what, place, fields, key, word in (
        ("change of 5 points", 1, {"go_on": 0.75}, ("step:sees-ad", "drop_off"), "worse"),
        ("change of 10 points", 2, {"go_on": 0.7}, ("step:puts-in-basket", "reach"), "better"),
        ("wait 20 % longer", 1, {"typical_s": 4320.0}, ("transition:sees-ad>searches", "time"), "worse"),
    ):  # fmt: skip
        found = truth.reports(before, truth.changed(truth.null_world(), place, **fields), rng)  # fmt: skip
        said = truth.words(found, *key)
        other = "better" if word == "worse" else "worse"
        yield Row(what, count, said[word] / count, said[other] / count)
    yield Row("two halves of one period", count, silent=silent)


PARTS: dict[str, Callable[[int, np.random.Generator], Iterator[Row]]] = {
    "claim": claims,
    "interval": intervals,
    "effect": effects,
    "change": changes,
}


def line_of(row: Row) -> str:
    """One line of a Markdown table."""
    rates = (row.right, row.wrong, row.silent, row.coverage)
    told = [NO_RATE if one is None else f"{100 * one:.1f} %" for one in rates]
    return f"| {' | '.join((row.what, f'{row.worlds:,}', *told))} |"


def main() -> int:
    """Print the table."""
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=1_000)
    parser.add_argument("--only", choices=[*PARTS], default=None)
    given = parser.parse_args()
    print(f"| {' | '.join(HEAD)} |\n| {' | '.join('---' for _ in HEAD)} |")
    for name, part in PARTS.items():
        if given.only in (None, name):
            for row in part(given.worlds, np.random.default_rng(SEED)):
                print(line_of(row), flush=True)
    print(f"{time.process_time():.0f} s of processor time", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
