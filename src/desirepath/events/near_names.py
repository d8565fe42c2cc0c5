"""Names of activities that are probably one, and rules that would make them one. Changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from desirepath.events.names import NO_RULE, first_rules
from desirepath.events.pages import ANY, id_names, page_names, read_page
from desirepath.events.schema import NameRule

Kind = Literal["page", "id", "spelling", "typing error", "family"]
MOST_COMPARED = 2_000
SHORTEST_COMPARED = 5
LEAST_ALIKE = 0.85
RARE_BESIDE = 0.1
FAMILY_SIZE = 3
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_DIGITS = re.compile(r"\d+")
_FAMILY = re.compile(r"([^\W_]{1,12})([_:.]).+")


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Activities that may be one.

    Attributes:
        kind: What they differ in.
        name: Name suggested for all of them.
        activities: As they are, the most frequent first.
        event_count: Events of all of them.
        is_sure: True where they differ in nothing that carries meaning; a person decides otherwise.
    """

    kind: Kind
    name: str
    activities: tuple[str, ...]
    event_count: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class NameSuggestions:
    """What could be called alike, and rules that do it.

    Attributes:
        groups: Activities that may be one, those with most events first.
        rules: For the groups that are sure, in the order in which they must stand.
        doubtful_rules: For the others.
    """

    groups: tuple[NameGroup, ...]
    rules: tuple[NameRule, ...]
    doubtful_rules: tuple[NameRule, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def suggest_names(
    counts: Mapping[str, int], settled: Collection[str] = ()
) -> NameSuggestions:
    """Groups of activities that may be one, and ordered rules for them.

    Args:
        counts: Events by activity.
        settled: Names that rules in force give already; no later rule can change them.

    Examples:
        >>> found = suggest_names({"Add to cart": 5, "add_to_cart": 9, "pay": 3})
        >>> found.rules
        (NameRule(pattern='Add to cart', name='add_to_cart'),)
    """
    plain = {name: name for name in counts}
    kinds: dict[str, Kind] = {}
    pages = page_names(name for name in counts if name not in settled)
    ids = id_names(name for name in counts if name not in pages and name not in settled)
    without: tuple[tuple[Kind, Mapping[str, str]], ...] = (("page", pages), ("id", ids))
    for kind, shown in without:
        shared = _shared(shown, counts)
        plain |= shared
        kinds |= dict.fromkeys(shared, kind)
    _join_spellings(plain, kinds, counts, settled)
    sure = [
        _group(kinds[name], plain[name], members, counts, is_sure=True)
        for name, members in _members(plain, kinds)
    ]
    doubtful = [
        *_typing_errors(plain, counts, settled),
        *_families([name for name in plain if name not in settled], counts),
    ]
    return NameSuggestions(
        tuple(sorted([*sure, *doubtful], key=lambda g: (-g.event_count, g.name))),
        rules_for(plain),
        tuple(rule for group in doubtful for rule in _doubtful_rules(group)),
    )


def spelling_key(name: str) -> str:
    """What remains of a name without case, punctuation and plural.

    Examples:
        >>> spelling_key("AddToCarts") == spelling_key("add_to-cart")
        True
    """
    words = [word.casefold() for word in _WORD.findall(name)]
    return " ".join(_singular(word) for word in words) or name


def rules_for(plain: Mapping[str, str]) -> tuple[NameRule, ...]:
    """Rules that give every activity its name: exact ones first, then patterns, the longest first.

    A pattern that would catch other activities is kept if a few exact rules before it can protect
    them; otherwise every activity gets a rule of its own.

    Args:
        plain: Name wanted by activity; all activities there are.
    """
    patterns = {
        _pattern(name, wanted): wanted
        for name, wanted in plain.items()
        if name != wanted and ANY in _pattern(name, wanted)
    }
    kept = sorted(patterns.items(), key=lambda item: (-len(item[0]), item[0]))
    rules = [NameRule(pattern, name) for pattern, name in kept]
    rules = [rules[index] for index in _useful(plain, rules)]
    got = _apply(plain, rules)
    exact = [
        NameRule(name, wanted)
        for (name, wanted), found in zip(plain.items(), got, strict=True)
        if found != wanted
    ]
    return (*exact, *rules)


def _useful(plain: Mapping[str, str], rules: Sequence[NameRule]) -> list[int]:
    """Numbers of the rules that name more activities rightly than wrongly."""
    first = first_rules(list(plain), rules)
    right, wrong = np.zeros((2, len(rules)), dtype=np.int64)
    for wanted, number in zip(plain.values(), first.tolist(), strict=True):
        if number != NO_RULE:
            (right if rules[number].name == wanted else wrong)[number] += 1
    return np.flatnonzero(right > wrong).tolist()


def _apply(plain: Mapping[str, str], rules: Sequence[NameRule]) -> list[str]:
    first = first_rules(list(plain), rules).tolist()
    return [
        name if number == NO_RULE else rules[number].name
        for name, number in zip(plain, first, strict=True)
    ]


def _pattern(name: str, wanted: str) -> str:
    """Pattern that leads from an activity to the name wanted; the activity itself where there is none."""
    page = read_page(name)
    if page is None:
        return wanted if ANY in wanted else name
    path = wanted.removeprefix(page.prefix) if page.prefix else wanted
    if not path.startswith("/"):
        return name
    # "?" stands for the mark of the query, and the star for the rest
    tail = "?*" if page.rest and not path.endswith(ANY) else ""
    if ANY not in path and not tail:
        return name
    return page.prefix + path + tail


def _shared(shown: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Names without ids where several activities share one, or where one activity is called so."""
    number: dict[str, int] = defaultdict(int)
    for name in shown.values():
        number[name] += 1
    return {
        name: plain
        for name, plain in shown.items()
        if plain != name and (number[plain] > 1 or plain in counts)
    }


def _join_spellings(
    plain: dict[str, str],
    kinds: dict[str, Kind],
    counts: Mapping[str, int],
    settled: Collection[str],
) -> None:
    """Give names that differ in spelling alone the settled or the most frequent of them."""
    total: dict[str, int] = defaultdict(int)
    for name, shown in plain.items():
        total[shown] += counts[name]
    alike: dict[str, list[str]] = defaultdict(list)
    for shown in total:
        alike[shown if ANY in shown else spelling_key(shown)].append(shown)
    best = {
        shown: min(group, key=lambda one: (one not in settled, -total[one], one))
        for group in alike.values()
        for shown in group
    }
    for name, shown in plain.items():
        if best[shown] != shown and name not in settled:
            plain[name] = best[shown]
            kinds.setdefault(name, "spelling")


def _members(
    plain: Mapping[str, str], kinds: Mapping[str, Kind]
) -> Iterable[tuple[str, list[str]]]:
    """For each name given to several: an activity that got it, and all of them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, shown in plain.items():
        groups[shown].append(name)
    for members in groups.values():
        changed = [name for name in members if name in kinds]
        if changed:
            yield changed[0], members


def _group(
    kind: Kind,
    name: str,
    members: Iterable[str],
    counts: Mapping[str, int],
    *,
    is_sure: bool,
) -> NameGroup:
    ranked = sorted(members, key=lambda one: (-counts[one], one))
    total = sum(counts[one] for one in ranked)
    return NameGroup(kind, name, tuple(ranked), total, is_sure)


def _typing_errors(
    plain: Mapping[str, str], counts: Mapping[str, int], settled: Collection[str]
) -> Iterable[NameGroup]:
    """Rare names that are a letter or two away from a frequent one; numbers must agree."""
    names = sorted(
        name
        for name, shown in plain.items()
        if name == shown and len(name) >= SHORTEST_COMPARED
    )
    if len(names) > MOST_COMPARED:
        return
    alike = process.cdist(
        [name.casefold() for name in names],
        [name.casefold() for name in names],
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=LEAST_ALIKE,
    )
    for index, name in enumerate(names):
        near = [
            names[other]
            for other in np.flatnonzero(alike[index]).tolist()
            if name not in settled
            and counts[name] <= RARE_BESIDE * counts[names[other]]
            and _DIGITS.findall(name) == _DIGITS.findall(names[other])
        ]
        if near:
            best = max(near, key=lambda one: counts[one])
            yield _group("typing error", best, (name, best), counts, is_sure=False)


def _families(names: Iterable[str], counts: Mapping[str, int]) -> Iterable[NameGroup]:
    """Names with the same short beginning, where the names fall into two or more such families."""
    families: dict[str, set[str]] = defaultdict(set)
    for name in names:
        found = _FAMILY.fullmatch(name)
        if found is not None and read_page(name) is None:
            families[found[1] + found[2]].add(name)
    large = {
        start: some for start, some in families.items() if len(some) >= FAMILY_SIZE
    }
    if len(large) > 1:
        for start, members in sorted(large.items()):
            yield _group("family", start + ANY, members, counts, is_sure=False)


def _doubtful_rules(group: NameGroup) -> Iterable[NameRule]:
    if group.kind == "family":
        yield NameRule(group.name, group.name.rstrip("*_:."))
        return
    yield from (
        NameRule(one, group.name) for one in group.activities if one != group.name
    )


def _singular(word: str) -> str:
    """English word without the s of its plural."""
    is_plural = (
        len(word) > FAMILY_SIZE and word.endswith("s") and not word.endswith("ss")
    )
    return word[:-1] if is_plural else word
