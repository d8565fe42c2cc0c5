"""How often each reading of `analyze` tells what is planted and is silent where nothing differs.

python benchmarks/analyses_truth.py                   # 100 worlds a row, half an hour of one core
python benchmarks/analyses_truth.py --worlds 20 --only planted

The worlds are those of tests/truth; the tables stand in docs/explanation/truth.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.truth.analysis_rates import drop_off_held, helped, loud, told
from tests.truth.analysis_things import CASES, SCENES
from tests.truth.analysis_worlds import Plant

SEED = 20_261_122
NULLS: dict[str, dict[str, object]] = {
    "nothing differs": {},
    "errors and returns that mean nothing": {
        "plants": {"look": Plant(praise=1e-12), "basket": Plant(back=0.2), "pay": Plant(error=0.1)}
    },
    "three cases of each customer": {"each": 3, "alike": 0.4},
    "week by week": {"every": "week"},
}  # fmt: skip
SIZES = (2_000, 3_000, 4_000, 5_000, 6_000, 8_000)


def row(*cells: object) -> None:
    """One line of a Markdown table."""
    print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)


def head(*cells: str) -> None:
    """The first two lines of a Markdown table."""
    print()
    row(*cells)
    row(*("---" for _ in cells))


def share(hits: int, of: int) -> str:
    """A share in percent."""
    return f"{100 * hits / max(of, 1):.1f} %"


def planted(worlds: int, rng: np.random.Generator) -> None:
    """What is planted, and how often it is told at the right place."""
    head("reading", "planted", "kind", "cases", "worlds", "told")
    for scene in SCENES:
        found = told(scene, worlds, rng)
        for one in scene.things:
            codes = ", ".join(one.codes)
            what = one.section.replace("_", " ")
            row(what, one.what, codes, f"{scene.cases:,}", worlds, share(found[one], worlds))  # fmt: skip
    for code, ends in drop_off_held(worlds, rng).items():
        row("drop off", "interval holds the share that leaves", code, f"{CASES:,}", worlds, share(ends.held, ends.asked))  # fmt: skip


def silent(worlds: int, rng: np.random.Generator) -> None:
    """In how many worlds without any difference each reading tells one."""
    found = {name: loud(worlds, rng, **more) for name, more in NULLS.items()}  # type: ignore[arg-type]
    head("reading", *(f"{name} ({worlds} worlds)" for name in NULLS))
    for reading in next(iter(found.values())):
        row(reading.replace("_", " "), *(share(worlds - one[reading], worlds) for one in found.values()))  # fmt: skip


def touchpoints(worlds: int, rng: np.random.Generator) -> None:
    """How many cases it takes to tell a step that helps, and one that may be unnecessary."""
    head("cases", "worlds", "5 points: helps", "nothing: unnecessary", "nothing: helps or harms", "5 points: unnecessary")  # fmt: skip
    for cases in SIZES:
        five, none = (
            Counter(code for _ in range(worlds) for code in helped(effect, cases, rng))
            for effect in (0.05, 0.0)
        )
        wrong = none["A801"] + none["A802"]
        row(f"{cases:,}", worlds, *(share(one, worlds) for one in (five["A801"], none["A201"], wrong, five["A201"])))  # fmt: skip


PARTS: dict[str, Callable[[int, np.random.Generator], None]] = {
    "planted": planted,
    "silent": silent,
    "touchpoints": touchpoints,
}


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--only", choices=[*PARTS], default=None)
    given = parser.parse_args()
    for name, part in PARTS.items():
        if given.only in (None, name):
            part(given.worlds, np.random.default_rng(SEED))
    print(f"{time.process_time():.0f} s of processor time", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
