"""What a discovery says, as an analyst would put it in a terminal. Discovers nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desirepath.cli.output import duration, percent, print_table

if TYPE_CHECKING:
    from desirepath.discover.by import DiscoveredBy
    from desirepath.discover.discovery import Discovery
    from desirepath.discover.ledger import Ledger
    from desirepath.discover.looks import Look
    from desirepath.events.treatment import Treatment
    from desirepath.maps.model import JourneyMap

LEAVING_SHOWN = 3
LEFT_OUT_SHOWN = 8
LEDGER_SHOWN = 5
DIFFERENCES_SHOWN = 12
# Below, no journey is typical: maps then show how far people get rather than what one of them does.
FEW_NEAR_SHARE = 0.25


def print_discovery(
    found: Discovery, written: Sequence[Path], *, with_ledger: bool = False
) -> None:
    """Print what was read and cut, the kinds of journeys, what to look at first, what is left out."""
    for line in (*read_lines(found), "", *kinds_lines(found)):
        print(line)
    _print_kinds(found)
    _print_leaving(found)
    _print_looks(found)
    _print_left_out(found.best)
    if with_ledger:
        print_ledger(found.ledger)
    for note in found.notes:
        print(f"Note: {note}")
    print(f"Written: {', '.join(str(path) for path in written)}")


def print_by(
    parts: DiscoveredBy, written: Sequence[Path], *, with_ledger: bool = False
) -> None:
    """Print the ways of each value beside each other, and where its customers differ."""
    for line in reading_lines(parts.drafts[0].ledger):
        print(line)
    rows = [
        [value, f"{draft.all_cases:,}", f"{way.cases:,}", _row(one)]
        for value, draft in zip(parts.values, parts.drafts, strict=True)
        for one, way in zip(draft.maps, draft.ways, strict=True)
    ]
    headers = [parts.segment, "cases", "cases of the map", "steps"]
    print_table(f"Journeys by {parts.segment}", headers, rows)
    rows = [
        [
            one.activity,
            *(
                percent(share) + (" *" if flag else "")
                for share, flag in zip(one.shares, one.stands_out, strict=True)
            ),
        ]
        for one in parts.differences[:DIFFERENCES_SHOWN]
    ]
    print_table(
        "What differs most (share of cases; * differs from the others)",
        ["activity", *parts.values],
        rows,
    )
    if not rows and len(parts.values) > 1:
        print(
            f"No activity is shown to differ by five points between values of {parts.segment}."
        )
    if parts.too_few:
        listed = ", ".join(f"{value} ({cases:,})" for value, cases in parts.too_few)
        print(f"Too few cases for a map of their own: {listed}.")
    if with_ledger:
        for value, draft in zip(parts.values, parts.drafts, strict=True):
            print(f"\n{parts.segment} {value}")
            print_ledger(draft.ledger)
    for note in dict.fromkeys(note for draft in parts.drafts for note in draft.notes):
        print(f"Note: {note}")
    print(f"Written: {', '.join(str(path) for path in written)}")


def read_lines(found: Discovery) -> list[str]:
    """What was read, and what was cut before journeys were compared."""
    ledger, seen = found.ledger, found.evidence
    span = f", {seen.window_from} to {seen.window_to}" if seen.window_from else ""
    looked = (
        f"looked at {found.all_cases:,} cases of {found.customers:,} customers{span}"
    )
    lines = [f"Read: {ledger.cases:,} cases, {ledger.events:,} events; {looked}."]
    lines += reading_lines(ledger)
    cut = []
    for what, words in (
        ("window", "{cases:,} cases outside the days asked for"),
        ("goal", "{cases:,} cases that never reach the goal (they count for drop-off)"),
        ("after", "{events:,} events after the goal"),
    ):
        cut += [
            words.format(cases=line.cases, events=line.events)
            for line in ledger.lines
            if line.what == what
        ]
    for what, words in (
        ("backstage", "{events:,} events of {count} activities behind the scenes"),
        ("rare", "{events:,} events of {count} rare activities"),
        ("repeat", "{events:,} repeats"),
        ("return", "{events:,} returns"),
    ):
        some = [line for line in ledger.lines if line.what == what]
        if some:
            events = sum(line.events for line in some)
            cut.append(words.format(events=events, count=len(some)))
    if cut:
        lines.append(f"Set aside or folded: {'; '.join(cut)}.")
    return lines


def reading_lines(ledger: Ledger) -> list[str]:
    """What reading did before, in one line; none where it did nothing."""
    # the rules for names are told together
    done = [treatment_words(one) for one in ledger.reading if one.what != "name"]
    return [f"While reading: {'; '.join(done)}."] if done else []


def treatment_words(one: Treatment) -> str:
    """One thing that reading did, in words.

    Examples:
        >>> from desirepath.events.treatment import Treatment
        >>> treatment_words(Treatment("left out", "exact duplicates", 30, 18))
        '30 events left out in 18 cases (exact duplicates)'
        >>> treatment_words(Treatment("gap", "30m", 0, None, "cases", 600, 3605))
        '600 cases became 3,605 by silence (30m)'
    """
    if one.what == "left out":
        where = "" if one.cases is None else f" in {one.cases:,} cases"
        return f"{one.events:,} events left out{where} ({one.name})"
    how = {
        "joined": f"by shared keys ({one.name})",
        "names": "by rules for names",
        "gap": f"by silence ({one.name})",
        "ends with": f"by what ends a case ({one.name})",
    }
    return f"{one.describe()} {how[one.what]}"


def kinds_lines(found: Discovery) -> list[str]:
    """How many journeys stand for how many people."""
    near = found.near_cases / found.cases
    ways = "One way tells" if len(found.maps) == 1 else f"{len(found.maps)} ways tell"
    line = (
        f"{ways} {found.cases:,} journeys; {found.near_cases:,} of them ({percent(near)}) "
        "go such a way to within a quarter of its steps."
    )
    unlike = (
        "These journeys are very unlike each other: read the map as how far people get, "
        "not as what each of them does."
    )
    return [line, unlike] if near < FEW_NEAR_SHARE else [line]


def _print_kinds(found: Discovery) -> None:
    rows = []
    for number, (one, way, near) in enumerate(
        zip(found.maps, found.ways, found.near, strict=True), start=1
    ):
        nearest = f"{way.cases:,} ({percent(way.cases / found.cases)})"
        rows.append(
            [str(number), nearest, percent(near.near_cases / found.cases), _row(one)]
        )
    headers = ["map", "cases most like it", "near to it", "steps"]
    print_table("Ways", headers, rows)


def _row(one: JourneyMap) -> str:
    return " > ".join(step.name for step in one.steps())


def _print_leaving(found: Discovery) -> None:
    """Steps at which most people leave; what journeys end with where no goal is known."""
    if not found.best.goal:
        listed = ", ".join(
            f"{name} ({percent(cases / found.cases)})" for name, cases in found.ends
        )
        print(
            f"Journeys end with: {listed}. Which end is a loss only a goal can tell (--goal).\n"
        )
        return
    names = {f"step:{step.id}": step.name for step in found.best.steps()}
    facts = [
        fact
        for fact in found.evidence.facts
        if fact.measure == "drop_off" and fact.subject in names and fact.hits
    ]
    facts.sort(key=lambda fact: -fact.hits)
    rows = [
        [
            names[fact.subject],
            f"{fact.hits:,} of {fact.cases:,}",
            _share(fact.value, fact.low, fact.high),
        ]
        for fact in facts[:LEAVING_SHOWN]
    ]
    print_table("Where most people leave (first map)", ["step", "cases", "share"], rows)


def _print_looks(found: Discovery) -> None:
    if not found.looks:
        return
    print("Look first at")
    names = {step.id: step.name for step in found.best.steps()}
    for number, look in enumerate(found.looks, start=1):
        print(f"  {number}. {look_words(look, names)}")
    print()


def look_words(look: Look, names: dict[str, str]) -> str:
    """One thing to look at, in a sentence.

    Examples:
        >>> from desirepath.discover.looks import Look
        >>> look_words(Look("return", "cart", "", 50, 0.25, 0.2, 0.3, 200), {"cart": "Cart"})
        '“Cart”: 50 cases come back to it, 25 % of those who come here (20 to 30 %).'
    """
    at = f"“{names.get(look.at, look.at)}”"
    share = _share(look.value, look.low, look.high)
    if look.kind == "slow":
        low, high = duration(look.low), duration(look.high)
        return (
            f"{at} to “{names.get(look.to, look.to)}” is the slowest move: "
            f"{duration(look.value)} for half of {look.cases:,} cases ({low} to {high})."
        )
    if look.kind == "costs":
        points = f"{-look.value * 100:.0f} points"
        return (
            f"{at}: the {look.cases:,} cases that show it reach the goal {points} less often "
            "than others; not on the map, and not known to be the cause."
        )
    head, _, interval = share.partition(" (")
    share = f"{head} {{}} ({interval}"
    words = {
        "leave": f"{look.cases:,} cases leave here without the goal, {share.format('of those who come here')}.",
        "return": f"{look.cases:,} cases come back to it, {share.format('of those who come here')}.",
        "detour": f"{look.cases:,} cases do it beside the way, {share.format('of all')}.",
    }
    return f"{at}: {words[look.kind]}"


def _share(value: float | None, low: float | None, high: float | None) -> str:
    ends = [percent(end).removesuffix(" %") for end in (low, high)]
    return f"{percent(value)} ({ends[0]} to {ends[1]} %)"


def _print_left_out(one: JourneyMap) -> None:
    part = one.discovered
    if part is None or not part.left_out:
        return
    listed = [f"{left.name} ({left.share})" for left in part.left_out]
    more = len(listed) - LEFT_OUT_SHOWN
    print(
        f"Left out of the first map: {', '.join(listed[:LEFT_OUT_SHOWN])}"
        + (f" and {more} more." if more > 0 else ".")
    )


def print_ledger(ledger: Ledger) -> None:
    """Print what reading did, where every event went, and what was joined."""
    from desirepath.discover.ledger import WORDS
    from desirepath.events.treatment import WORDS as READING_WORDS

    rows = [
        [
            READING_WORDS[one.what],
            "; ".join(filter(None, (one.name, one.describe()))),
            "" if one.cases is None else f"{one.cases:,}",
            f"{one.events:,}" if one.events else "",
        ]
        for one in ledger.reading
    ]
    print_table("Ledger: what reading did", ["what", "name", "cases", "events"], rows)
    rows = [
        ["events given", "", f"{ledger.cases:,}", f"{ledger.events:,}"],
        ["on the maps", "", f"{ledger.shown_cases:,}", f"{ledger.shown_events:,}"],
    ]
    for what, words in WORDS.items():
        some = [one for one in (*ledger.lines, *ledger.merges) if one.what == what]
        rows += [
            ["" if at else words, line.name, f"{line.cases:,}", f"{line.events:,}"]
            for at, line in enumerate(some[:LEDGER_SHOWN])
        ]
        rest = some[LEDGER_SHOWN:]
        if rest:
            events = sum(line.events for line in rest)
            rows.append(["", f"{len(rest)} more", "", f"{events:,}"])
    print_table(
        "Ledger: where every event went", ["what", "name", "cases", "events"], rows
    )
    for note in ledger.notes:
        print(f"  {note}")
