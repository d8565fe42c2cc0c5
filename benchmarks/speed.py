"""How fast desirepath is beside bare reading, SQL and Polars by hand, pm4py and Retentioneering: one run, one file.

    python benchmarks/speed.py                       # 1 and 10 million events, three repeats
    python benchmarks/speed.py --events 200000 --repeats 1 --peers

Peers live in environments of their own below the cache folder; nothing of theirs is installed here.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import venv
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb  # noqa: TID251 - only to choose the steps

HERE = Path(__file__).resolve().parent
PEERS = {
    "polars": ("polars",),
    "pm4py": ("pm4py", "pyarrow"),
    "retentioneering": ("retentioneering",),
}
QUESTIONS = {
    "all five": ("sequences", "transitions", "times", "variants", "funnel"),
    "transitions": ("sequences", "transitions"),
    "transitions, times": ("sequences", "transitions", "times"),
    "transitions, variants": ("sequences", "transitions", "variants"),
    "in memory: transitions": ("transitions",),
    "in memory: transitions, times": ("transitions", "times"),
    "in memory: transitions, variants": ("transitions", "variants"),
}
WHOLE = ("sequences", "transitions", "times", "variants", "funnel")
AIMS = {
    "load": 2.0,
    "pm4py": 50.0,
    "retentioneering": 10.0,
    "duckdb": 1.0,
    "polars": 1.0,
}
EXACT = ("duckdb", "polars")  # they take the nearest rank for the median, as we do
MOST_APART = 0.01
MIN_MOVES = 1_000
STEP_COUNT = 3
TIMEOUT_S = 1_800


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio beside its aim.

    Attributes:
        events: Events of the file.
        question: What was asked.
        against: What ours is held against.
        ours_s: Seconds of ours, best of the repeats.
        theirs_s: Seconds of theirs.
        times: For a peer, how many times faster ours is; for bare reading, how many times slower.
        aim: What was aimed at.
        is_met: True where it was reached.
    """

    events: int
    question: str
    against: str
    ours_s: float
    theirs_s: float
    times: float
    aim: float
    is_met: bool


def environment(peer: str, cache: Path) -> Path:
    """Python of a peer's environment, made where it does not exist."""
    folder = cache / peer
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *PEERS[peer]], check=True
        )
    return python


def steps_of(path: Path) -> list[str]:
    """The most frequent activities, the steps of the funnel."""
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT event FROM read_parquet(?) GROUP BY event ORDER BY COUNT(*) DESC, event LIMIT {STEP_COUNT}",
            [str(path)],
        ).fetchall()
    return [row[0] for row in found]


def run(
    python: Path | str, script: str, path: Path, repeats: int, steps: list[str]
) -> dict[str, Any]:
    """Result of one contestant in a process of its own."""
    done = subprocess.run(
        [python, HERE / "contestants" / script, path, str(repeats), *steps],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{script} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def best(
    result: dict[str, Any], tasks: tuple[str, ...], of: str = "cpu_seconds"
) -> float | None:
    """Seconds of several tasks together, each the best of its repeats; None where one is missing."""
    seconds: dict[str, list[float]] = result[of]
    if not all(task in seconds for task in tasks):
        return None
    return sum(min(seconds[task]) for task in tasks)


def ratios(
    events: int, ours: dict[str, Any], peers: list[dict[str, Any]]
) -> list[Ratio]:
    """Ours against bare reading and against each peer, for every question both answer."""
    found = []
    for question, tasks in QUESTIONS.items():
        mine = best(ours, tasks)
        reading = best(ours, ("load",))
        if mine and reading and question == "all five":
            times = mine / reading
            aim = AIMS["load"]
            found.append(
                Ratio(events, question, "load", mine, reading, times, aim, times <= aim)
            )
        for peer in peers:
            theirs = best(peer, tasks)
            if mine and theirs:
                times = theirs / mine
                aim = AIMS[peer["name"]]
                found.append(
                    Ratio(
                        events,
                        question,
                        peer["name"],
                        mine,
                        theirs,
                        times,
                        aim,
                        times >= aim,
                    )
                )
    return found


def check_same(ours: dict[str, Any], peer: dict[str, Any]) -> None:
    """Nothing, if a peer's answers are ours; no time counts before.

    Raises:
        SystemExit: they differ.
    """
    mine, theirs = ours["answers"], peer["answers"]
    for what in ("cases", "events", "transitions", "variants", "funnel"):
        if what in theirs and theirs[what] != mine[what]:
            raise SystemExit(f"{peer['name']} gives other {what}")
    for name, count in mine["transitions"].items():
        one, other = mine["median_s"][name], theirs["median_s"].get(name)
        most = 0 if peer["name"] in EXACT else MOST_APART * max(one, 1.0)
        is_checked = peer["name"] in EXACT or count >= MIN_MOVES
        if is_checked and (other is None or abs(one - other) > most + 1e-9):
            raise SystemExit(f"{peer['name']} gives another median of {name}: {other}")


def agreement(ours: dict[str, Any], peer: dict[str, Any]) -> list[str]:
    """Where the numbers of a peer agree with ours, and where not."""
    mine, theirs = ours["answers"], peer["answers"]
    lines = []
    for what in ("cases", "events", "variants"):
        if what in theirs:
            same = "equal" if mine[what] == theirs[what] else "DIFFERENT"
            lines.append(f"{what}: {same} ({mine[what]:,} and {theirs[what]:,})")
    moves = mine["transitions"]
    apart = [
        name
        for name in moves.keys() | theirs["transitions"].keys()
        if moves.get(name, 0) != theirs["transitions"].get(name, 0)
    ]
    lines.append(
        f"transition counts: {len(moves) - len(apart):,} of {len(moves):,} equal"
    )
    gaps = [
        abs(mine["median_s"][name] - theirs["median_s"][name])
        / max(mine["median_s"][name], 1.0)
        for name, count in moves.items()
        if count >= MIN_MOVES and name in theirs["median_s"]
    ]
    if gaps:
        lines.append(
            f"median times of moves made {MIN_MOVES:,} times or more: "
            f"apart by at most {max(gaps):.2%} of ours"
        )
    return lines


def show(results: list[dict[str, Any]], events: int) -> None:
    """Print seconds of every task, best of the repeats."""
    print(f"\n{events:,} events; wall (and CPU) seconds, best of the repeats")
    for result in results:
        tasks = "  ".join(
            f"{task} {min(seconds):.2f} ({min(result['cpu_seconds'][task]):.2f})"
            for task, seconds in result["seconds"].items()
        )
        print(
            f"{result['name']:>16} {result['version']:<10} {tasks}  "
            f"(peak {result['peak_mb']:,} MB)"
        )


def table(results: list[dict[str, Any]], events: int) -> None:
    """Print CPU seconds of all as a Markdown table, with ratios to ours."""
    ours = results[0]
    names = [one["name"] for one in results]
    print(f"\n| {events:,} events, CPU s | {' | '.join(names)} |")
    print("| --- " * (len(names) + 1) + "|")
    rows = [(task, (task,)) for task in WHOLE] + [("all five", WHOLE)]
    for label, tasks in rows:
        mine = best(ours, tasks)
        cells = []
        for one in results:
            taken = best(one, tasks)
            times = (
                f" ({taken / mine:.1f}×)" if taken and mine and one is not ours else ""
            )
            cells.append("" if taken is None else f"{taken:.2f}{times}")
        print(f"| {label} | {' | '.join(cells)} |")
    walls = [best(one, WHOLE, "seconds") for one in results]
    print(
        f"| all five, wall s | {' | '.join(f'{w:.2f}' if w else '' for w in walls)} |"
    )
    print(f"| peak memory, MB | {' | '.join(str(one['peak_mb']) for one in results)} |")
    for task in ("scan", "load", "draft of 50k cases", "facts", "verdicts"):
        taken = best(ours, (task,))
        if taken is not None:
            print(f"{task}: {taken:.2f} CPU s")


def main() -> None:
    """Make files and environments, run everybody, print and save."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--events", type=int, nargs="+", default=[1_000_000, 10_000_000]
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--peers", nargs="*", choices=sorted(PEERS), default=list(PEERS)
    )
    parser.add_argument(
        "--cache", type=Path, default=Path.home() / ".cache" / "desirepath-benchmarks"
    )
    parser.add_argument("--out", type=Path, default=None, help="JSON with everything")
    parser.add_argument(
        "--slow-up-to",
        type=int,
        default=1_000_000,
        help="most events that pm4py and Retentioneering are asked about",
    )
    parser.add_argument(
        "--without-draft",
        action="store_true",
        help="leave out the draft map, its facts and verdicts, which no peer has",
    )
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    pythons = {peer: environment(peer, options.cache) for peer in options.peers}
    saved: list[dict[str, Any]] = []
    for events in options.events:
        path = options.cache / f"events-{events}.parquet"
        if not path.exists():
            subprocess.run(
                [sys.executable, HERE / "make_events.py", str(events), path], check=True
            )
        steps = steps_of(path)
        own = [*steps, *(["--without-draft"] if options.without_draft else [])]
        ours = run(sys.executable, "ours.py", path, options.repeats, own)
        others: dict[str, Path | str] = {"duckdb": sys.executable, **pythons}
        peers = [
            run(python, f"{peer}_run.py", path, options.repeats, steps)
            for peer, python in others.items()
            if events <= options.slow_up_to or peer in EXACT
        ]
        for peer in peers:
            check_same(ours, peer)
        show([ours, *peers], events)
        table([ours, *peers], events)
        found = ratios(events, ours, peers)
        for one in found:
            word = "slower than" if one.against == "load" else "faster than"
            aim = "aim met" if one.is_met else f"aim {one.aim:g} missed"
            print(
                f"  {one.question}: {one.times:.1f} times {word} {one.against} ({aim})"
            )
        agreed = {peer["name"]: agreement(ours, peer) for peer in peers}
        for name, lines in agreed.items():
            print(f"  {name}: " + "; ".join(lines))
        saved.append(
            {
                "events": events,
                "machine": platform.platform(),
                "python": platform.python_version(),
                "results": [
                    {key: value for key, value in result.items() if key != "answers"}
                    for result in (ours, *peers)
                ],
                "ratios": [asdict(one) for one in found],
                "agreement": agreed,
            }
        )
    if options.out:
        options.out.write_text(json.dumps(saved, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
