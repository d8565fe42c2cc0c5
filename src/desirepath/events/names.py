"""Rules that give activities other names, in order, the first that fits wins. Suggests none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from desirepath.events import kernels
from desirepath.events.loaded import IdsTaken
from desirepath.events.patterns import pattern_regex
from desirepath.events.plain_names import plain_name
from desirepath.events.schema import NameRule, NameUse, fail
from desirepath.events.sequences import (
    BoolArray,
    CodeArray,
    IntArray,
    Sequences,
    code_type,
)
from desirepath.events.told import Told, told_of

NO_RULE = -1
LISTED = 5


GivenRules: TypeAlias = Iterable[NameRule | tuple[str, str]]


def name_rules(given: GivenRules) -> tuple[NameRule, ...]:
    """Rules from pairs of pattern and name.

    Raises:
        EventsError: E245 if a pattern or a name is empty, or an entry is no pair.

    Examples:
        >>> name_rules([("A_*", "application")])
        (NameRule(pattern='A_*', name='application'),)
    """
    return tuple(_rule(one) for one in given)


def first_rules(activities: Sequence[str], rules: Sequence[NameRule]) -> IntArray:
    """int64[n_activities], number of the first rule that fits each activity, -1 where none does.

    Examples:
        >>> first_rules(["A_1", "B"], name_rules([("A_*", "a"), ("*1", "one")])).tolist()
        [0, -1]
    """
    if not rules:
        return np.full(len(activities), NO_RULE, dtype=np.int64)
    # one expression for all rules: alternatives are tried in order, and its group tells which fitted
    every = re.compile(
        "|".join(f"({pattern_regex(rule.pattern).pattern})" for rule in rules),
        re.DOTALL,
    )
    found = (every.fullmatch(activity) for activity in activities)
    return np.array(
        [NO_RULE if hit is None else (hit.lastindex or 0) - 1 for hit in found],
        dtype=np.int64,
    )


def rename_activities(sequences: Sequences, rules: Sequence[NameRule]) -> Sequences:
    """Sequences in which activities have the names that rules give them; channels stay.

    Examples:
        >>> from desirepath.events.sequences import Sequences
        >>> one = np.array([1])
        >>> log = Sequences(("Buy", "buy"), ("", ""), np.array([0, 2]), np.array([1, 0], np.uint16), np.array([0, 1]), one, one)
        >>> renamed = rename_activities(log, [NameRule("Buy", "buy")])
        >>> renamed.activities, renamed.codes.tolist()
        (('buy',), [0, 0])
    """
    if not rules:
        return sequences
    _, names = renamed_codes(sequences, rules)
    return _called(sequences, names)


def take_ids(sequences: Sequences) -> tuple[Sequences, IdsTaken]:
    """Sequences whose activities have their plain names, and what that changed.

    Examples:
        >>> one = np.array([1])
        >>> log = Sequences(("/p/123", "/p/456"), ("", ""), np.array([0, 2]), np.array([1, 0], np.uint16), np.array([0, 1]), one, one)
        >>> plain, taken = take_ids(log)
        >>> plain.activities, taken.names_before, taken.event_count
        (('/p/*',), 2, 2)
    """
    names = [plain_name(name) for name in sequences.activities]
    pairs = zip(names, sequences.activities, strict=True)
    is_changed = np.array([new != old for new, old in pairs], dtype=np.bool_)
    hit = is_changed[sequences.codes]
    taken = IdsTaken(
        len(set(sequences.activities)),
        len(set(names)),
        int(hit.sum()),
        int(kernels.any_in_case(hit, sequences.offsets).sum()),
    )
    return _called(sequences, names), taken


def _called(sequences: Sequences, names: Sequence[str]) -> Sequences:
    """Sequences with other names of their activities."""
    pairs = list(zip(names, sequences.channels, strict=True))
    known = sorted(set(pairs))
    code_of = {pair: code for code, pair in enumerate(known)}
    codes: CodeArray = np.array(
        [code_of[pair] for pair in pairs],
        dtype=code_type(len(known)),
    )
    return replace(
        sequences,
        activities=tuple(activity for activity, _ in known),
        channels=tuple(channel for _, channel in known),
        codes=codes[sequences.codes] if len(codes) else sequences.codes,
    )


def rename_told(
    told: Told, rules: Sequence[NameRule], *, without_ids: bool = False
) -> Told:
    """What a column tells, of the activities as rules name them."""
    names = [one.activity for one in told.activities]
    if without_ids:
        names = [plain_name(name) for name in names]
    first = first_rules(names, rules).tolist()
    return told_of(
        told.rule,
        (
            (
                name if number == NO_RULE else rules[number].name,
                one.row_count,
                one.hit_count,
            )
            for one, name, number in zip(told.activities, names, first, strict=True)
        ),
    )


def renamed_codes(
    sequences: Sequences, rules: Sequence[NameRule]
) -> tuple[BoolArray, list[str]]:
    """bool[n_codes], codes whose activity has another name now, and the name of each."""
    first = first_rules(sequences.activities, rules).tolist()
    names = [
        activity if number == NO_RULE else rules[number].name
        for activity, number in zip(sequences.activities, first, strict=True)
    ]
    pairs = zip(names, sequences.activities, strict=True)
    return np.array([new != old for new, old in pairs], dtype=np.bool_), names


def count_uses(
    sequences: Sequences, rules: Sequence[NameRule], offsets: IntArray
) -> tuple[NameUse, ...]:
    """What each rule changes, in the order of the rules.

    Args:
        sequences: Before renaming.
        rules: In order.
        offsets: int64[n_cases + 1] of the cases to count, which may be cut finer than in `sequences`.
    """
    if not rules:
        return ()
    first = first_rules(sequences.activities, rules)
    changes, _ = renamed_codes(sequences, rules)
    rule_of = np.where(changes, first, NO_RULE)
    activities = {
        (activity, number)
        for activity, number in zip(sequences.activities, rule_of.tolist(), strict=True)
        if number != NO_RULE
    }
    names = np.bincount([number for _, number in activities], minlength=len(rules))
    of_event = rule_of[sequences.codes] if len(rule_of) else np.zeros(0, np.int64)
    hit = of_event != NO_RULE
    cases = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))[hit]
    events = np.bincount(of_event[hit], minlength=len(rules))
    in_cases = kernels.case_counts(of_event[hit], cases, len(rules))
    return tuple(
        NameUse(
            rule.pattern, rule.name, int(names[i]), int(events[i]), int(in_cases[i])
        )
        for i, rule in enumerate(rules)
    )


def describe_uses(uses: Sequence[NameUse]) -> str:
    """The rules that changed most, for the reader; "" where none changed anything.

    Examples:
        >>> describe_uses([NameUse("A_*", "application", 3, 1200, 400)])
        'A_* → application (1,200 events in 400 cases)'
    """
    used = sorted(
        (use for use in uses if use.event_count), key=lambda u: -u.event_count
    )
    texts = [
        f"{use.pattern} → {use.name} ({use.event_count:,} events in {use.case_count:,} cases)"
        for use in used[:LISTED]
    ]
    more = len(used) - LISTED
    return "; ".join(texts) + (f"; and {more} more rules" if more > 0 else "")


def _rule(one: Any) -> NameRule:
    """A rule from what was given."""
    if isinstance(one, NameRule):
        rule = one
    elif isinstance(one, tuple | list) and len(one) == 2:  # noqa: PLR2004 - a pair
        rule = NameRule(*one)
    else:
        raise _no_rule(one)
    texts: tuple[object, ...] = (rule.pattern, rule.name)
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise _no_rule(one)
    return rule


def _no_rule(one: Any) -> Exception:
    return fail(
        "E245",
        f"{one!r} is no rule for names",
        hint='Give a pattern and a name, such as ("A_*", "application").',
    )
