"""A Comparison in words: rows for the terminal, Markdown for a file. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from desirepath.cli.output import duration, percent, signed
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements, part_label, with_statement_ids
from desirepath.sentences.markdown import in_markdown
from desirepath.sentences.rounding import kept_limits
from desirepath.track.report import Comparison, FactChange, Mix, Number, Side

SIGNS = {"better": "▲ better", "worse": "▼ worse", "changed": "◆ changed"}
ORDER = ("worse", "better", "changed")
POINTS = 100
EDGE = 1e-9
WORDS = {
    "answered": "answer a survey",
    "drop_off": "leave here",
    "expectation": "expect, -2 to +2",
    "follows": "follow the map from start to goal",
    "goal": "reach the goal",
    "promise_kept": "get what was promised",
    "reach": "come here",
    "repeat": "come back here",
}
TARGETED = {
    "channel": "come through {}",
    "channel_elsewhere": "use {}, which no step has",
    "elsewhere": "do “{}”, which no step has",
    "mentions": "speak of {}",
    "next": "go on to “{}”",
    "order": "come after “{}”",
    "share": "show {}",
    "time": "time to “{}”",
    "time_p90": "time to “{}” for nine in ten",
    "time_within": "get to “{}” in time",
}


class Names:
    """Names of the elements of one or two maps; ids where there is none."""

    def __init__(self, *maps: JourneyMap | None) -> None:
        self._known: dict[str, str] = {}
        for journey in maps:
            for element in elements(with_statement_ids(journey)) if journey else ():
                label = part_label(element.part)
                said = f"“{label}”" if isinstance(element.part, Statement) else label
                self._known[element.ref] = (
                    "whole journey" if element.ref == "map" else said
                )

    def of(self, ref: str) -> str:
        """Name of an element."""
        kind, _, name = ref.partition(":")
        if kind == "transition":
            before, _, after = name.partition(">")
            return f"{self.step(before)} > {self.step(after)}"
        return self._known.get(ref, "whole journey" if ref == "map" else name)

    def step(self, name: str) -> str:
        """Name of a step by its id; the text itself where no step has that id."""
        return self._known.get(f"step:{name}", name)


def asked(change: FactChange, names: Names) -> str:
    """What is measured, in words.

    Examples:
        >>> none = Number(None, None, None, 0)
        >>> one = FactChange("step:pay", "time", "done", "s", none, none, None, None, None, True, None, None,
        ...     "no sign", "down", "", None, None, False)
        >>> asked(one, Names())
        'time to “done”'
    """
    if change.measure == "score":
        scale = {"emotion": "feeling, -2 to +2", "nps": "NPS"}.get(change.target)
        return scale or f"score ({change.target})"
    if change.measure in TARGETED:
        return TARGETED[change.measure].format(names.step(change.target))
    return WORDS.get(change.measure, change.measure.replace("_", " "))


def value(number: Number, unit: str) -> str:
    """A value in its unit, without interval.

    Examples:
        >>> value(Number(0.1234, 0.1, 0.2, 9), "share"), value(Number(7200, 1, 2, 9), "s")
        ('12.3 %', '2 h')
    """
    if number.value is None:
        return "–"
    if unit == "share":
        return percent(number.value, 1)
    if unit == "s":
        return duration(number.value)
    return f"{number.value:+.2f}" if unit == "emotion" else f"{number.value:.1f}"


def difference(
    found: float | None, low: float | None, high: float | None, change: FactChange
) -> str:
    """A change with its interval: points, percent of a time, or the unit of a score."""
    if found is None:
        return "–"
    size, *ends = (_size(number, change) for number in (found, low, high))
    digits = 0 if change.is_ratio else 1 if change.unit in ("share", "nps") else 2
    one = signed(size or 0.0, digits, kept_limits(ends[0], ends[1]))
    two, three = ("?" if x is None else signed(x, digits, [0]) for x in ends)
    unit = " %" if change.is_ratio else ""
    word = " points" if change.unit in ("share", "nps") else ""
    return f"{one}{unit}{word} ({two} to {three}{unit})"


def _size(number: float | None, change: FactChange) -> float | None:
    """A change in the unit it is told in: percent of a time, points, or the unit of a score."""
    if number is None:
        return None
    if change.is_ratio:
        return (number - 1) * POINTS
    return number * POINTS if change.unit == "share" else number


def shown(comparison: Comparison, *, is_small: bool) -> list[FactChange]:
    """Findings, what got worse first, the largest effects of each kind first."""
    found = [
        one for one in comparison.changes if one.is_shown and one.is_small == is_small
    ]
    cases = max(comparison.before.cases + comparison.after.cases, 1)
    return sorted(
        found, key=lambda one: (ORDER.index(one.verdict), -_weight(one, cases))
    )


def _weight(change: FactChange, cases: int) -> float:
    """Size of a finding times the share of the cases that it is about."""
    size = change.effect
    if size is None:
        found = change.change or 1.0
        size = log(max(found, EDGE)) / 2 if change.is_ratio else found
    return abs(size) * min((change.before.n + change.after.n) / cases, 1.0)


def header(side: Side) -> str:
    """A side in one line.

    Examples:
        >>> header(Side("before", 1200, 1000, "2024-01-01", "2024-02-29"))
        'before: 1,200 cases of 1,000 customers, 2024-01-01 to 2024-02-29'
    """
    span = f", {side.window_from} to {side.window_to}" if side.window_from else ""
    return f"{side.name}: {side.cases:,} cases of {side.customers:,} customers{span}"


def row(change: FactChange, names: Names, *, has_control: bool) -> list[str]:
    """A finding as cells: verdict, where, what, before, after, change, change beyond the control."""
    beyond = []
    if has_control:
        control = change.control
        told = control and difference(control.beyond, control.low, control.high, change)
        beyond = [told or "–"]
    return [
        SIGNS[change.verdict],
        names.of(change.subject),
        asked(change, names),
        value(change.before, change.unit),
        value(change.after, change.unit),
        difference(change.change, change.low, change.high, change),
        *beyond,
    ]


def columns(comparison: Comparison) -> list[str]:
    """Headers for `row`."""
    beyond = ["beyond the control"] if has_control(comparison) else []
    names = [comparison.before.name, comparison.after.name]
    return ["verdict", "where", "what", *names, "change (95 %)", *beyond]


def has_control(comparison: Comparison) -> bool:
    """True where a control group was measured."""
    return any(one.control for one in comparison.changes)


def remarks(comparison: Comparison, names: Names) -> Iterator[str]:
    """What stands beside findings: other kinds of customers, and what was changed before."""
    explained: dict[str, list[str]] = {}
    logged: dict[str, list[str]] = {}
    for one in shown(comparison, is_small=False):
        what = f"{names.of(one.subject)}: {asked(one, names)}"
        mix = next((part for part in one.mixes if part.is_explained), None)
        if mix is not None:
            explained.setdefault(mix.segment, []).append(f"{what} ({_mix(mix, one)})")
        for text in one.log:
            logged.setdefault(text, []).append(what)
    for segment, facts in explained.items():
        yield (
            f"Other customers rather than other behavior: the two sides have other shares of {segment}, "
            f"and within its values nothing is shown to have changed. {_listed(facts)}"
        )
    for text, facts in logged.items():
        yield (
            f"Logged: “{text}”. Findings about its steps: {_listed(facts)} "
            "That it came before does not show that it is the cause."
        )


def lead(comparison: Comparison, names: Names) -> str:
    """Where to look first: how far along the map the change of the goal shows; "" where none is shown.

    A step that loses customers makes the goal rarer from every step before it, so the last step at
    which it shows is nearest to the reason.
    """
    whole = comparison.of("map", "goal")
    if whole is None or whole.verdict not in ("better", "worse"):
        return ""
    along = [
        one
        for one in comparison.changes
        if one.measure == "goal"
        and one.subject.startswith("step:")
        and one.verdict == whole.verdict
    ]
    word = "less" if whole.verdict == "worse" else "more"
    sides = f"{value(whole.before, 'share')} and {value(whole.after, 'share')}"
    told = f"The goal is reached {word} often: {sides} of the cases."
    if not along:
        return told
    last = along[-1]
    here = f"{value(last.before, 'share')} and {value(last.after, 'share')}"
    return (
        f"{told} The last step from which this shows is “{names.of(last.subject)}” ({here}): look there "
        "first; what stands before it may only follow from it."
    )


def _mix(mix: Mix, change: FactChange) -> str:
    within = f"{mix.within * POINTS:+.1f}, {mix.low * POINTS:+.1f} to {mix.high * POINTS:+.1f}"
    total = (change.change or 0.0) * POINTS
    return f"{mix.mix * POINTS:+.1f} of {total:+.1f} points by mix; within: {within}"


def _listed(facts: Sequence[str], most: int = 6) -> str:
    rest = len(facts) - most
    more = f"; and {rest} more" if rest > 0 else ""
    return "; ".join(facts[:most]) + more + "."


def silence(comparison: Comparison) -> Iterator[str]:
    """Where nothing is shown, and how small a change would have been seen."""
    silent = [one for one in comparison.changes if one.verdict == "no sign"]
    if not silent:
        return
    yield f"No sign of a change in {len(silent)} of {len(comparison.changes)} facts."
    smallest = comparison.smallest
    kinds = (
        ("shares", "share", smallest.share),
        ("times", "s", smallest.time),
        ("feelings", "emotion", smallest.score),
        ("NPS", "nps", smallest.nps),
    )
    for name, unit, matters in kinds:
        sizes = sorted(
            one.seen_from
            for one in silent
            if one.unit == unit and one.seen_from and not _is_constant(one)
        )
        if sizes:
            middle = sizes[len(sizes) // 2]
            blind = sum(size > matters for size in sizes)
            yield (
                f"- {len(sizes)} {name}: a change of {_size_words(middle, unit)} would have been seen in four of "
                f"five cases (middle of {_size_words(sizes[0], unit)} to {_size_words(sizes[-1], unit)}); "
                + (
                    f"{blind} could have missed one of {_size_words(matters, unit)}."
                    if blind
                    else f"none could easily have missed one of {_size_words(matters, unit)}."
                )
            )


def _is_constant(change: FactChange) -> bool:
    """True for what everybody does on both sides, or nobody."""
    values = {change.before.value, change.after.value}
    return change.unit == "share" and values in ({0.0}, {1.0})


def _size_words(size: float, unit: str) -> str:
    if unit == "share":
        return f"{size * POINTS:.1f} points"
    if unit == "s":
        return f"{size * POINTS:.0f} %"
    return f"{size:.0f} points" if unit == "nps" else f"{size:.2f}"


def small(comparison: Comparison, names: Names) -> str:
    """Findings below what matters, in one sentence; "" where there are none."""
    found = shown(comparison, is_small=True)
    if not found:
        return ""
    facts = [
        f"{names.of(one.subject)}: {asked(one, names)} "
        f"{difference(one.change, one.low, one.high, one)}"
        for one in found
    ]
    return f"Shown, but smaller than what matters: {_listed(facts)}"


def one_sided(comparison: Comparison, names: Names) -> Iterator[str]:
    """Steps and stages that only one side has."""
    sides = (
        (comparison.before, comparison.only_before),
        (comparison.after, comparison.only_after),
    )
    for side, refs in sides:
        if refs:
            yield f"Only in {side.name}: {', '.join(names.of(ref) for ref in refs)}."


def markdown(
    comparison: Comparison, names: Names, map_changes: Sequence[str] = ()
) -> str:
    """The whole comparison as Markdown."""
    return "\n".join(_lines(comparison, names, map_changes)) + "\n"


def _lines(
    comparison: Comparison, names: Names, map_changes: Sequence[str]
) -> Iterator[str]:
    against = f"{comparison.after.name} against {comparison.before.name}"
    yield f"# {in_markdown(against)}"
    yield ""
    yield f"- {in_markdown(header(comparison.before))}"
    yield f"- {in_markdown(header(comparison.after))}"
    yield ""
    yield f"{counts(comparison)}"
    if lead(comparison, names):
        yield from ("", in_markdown(lead(comparison, names)))
    if map_changes:
        yield from ("", "## What changed on the map", "")
        yield from (f"- {in_markdown(text)}" for text in map_changes)
    found = shown(comparison, is_small=False)
    if found:
        control = has_control(comparison)
        head = columns(comparison)
        yield from ("", "## What is shown to differ", "")
        yield f"| {' | '.join(map(in_markdown, head))} |"
        yield "| " + " | ".join("---" for _ in head) + " |"
        for one in found:
            cells = row(one, names, has_control=control)
            yield f"| {' | '.join(map(in_markdown, cells))} |"
    told = [*remarks(comparison, names), small(comparison, names)]
    for text in filter(None, told):
        yield from ("", in_markdown(text))
    yield from ("", *silence(comparison))
    yield from ("", *map(in_markdown, one_sided(comparison, names)))
    if comparison.notes:
        yield from ("", "## Notes", "")
        yield from (f"- {in_markdown(note)}" for note in comparison.notes)


def counts(comparison: Comparison) -> str:
    """Verdicts counted, and the rate at which findings may be wrong."""
    parts = [
        f"{comparison.count(word)} {word}"
        for word in ("worse", "better", "changed", "no sign", "not tested")
        if comparison.count(word)
    ]
    little = sum(one.is_small for one in comparison.changes)
    if little:
        parts.append(f"{little} of these smaller than what matters")
    rate = percent(comparison.false_discovery_rate)
    looks = " however often one looks" if comparison.is_watched else ""
    return f"{', '.join(parts)}; at most {rate} of the findings are expected to be wrong{looks}."
