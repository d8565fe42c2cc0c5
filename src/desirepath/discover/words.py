"""Words: what steps, stages and maps are called; the user's words first, else activities made readable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desirepath.errors import CheckError, Problem
from desirepath.events.goals import GoalRow
from desirepath.events.patterns import pattern_regex
from desirepath.maps.source import place
from desirepath.maps.storage import read_text
from desirepath.maps.yaml_source import parse_yaml

MAX_LENGTH = 80  # what a step name on a poster may have


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the user for a map.

    Attributes:
        aim: The goal, None where there is none.
        title: Title, None for one made of the first and last step.
        words: Activity pattern to the words people use for it, the first that fits counts. A pattern
            that means one step of a map names that step, one that means several names their stage.
    """

    aim: GoalRow | None
    title: str | None
    words: Mapping[str, str]

    def steps(self, activities: Sequence[str]) -> list[str]:
        """Names of the steps of a map, no two alike."""
        own = {
            found[0]: words
            for pattern, words in reversed(list(self.words.items()))
            if len(found := _meant(pattern, activities)) == 1
        }
        return unique_names(
            [own.get(one, readable(one)) for one in activities], activities
        )

    def stage(self, here: Sequence[str], activities: Sequence[str]) -> str | None:
        """Words for the stage with most of the steps that a pattern means; None where none fits.

        Args:
            here: Activities of the stage.
            activities: Activities of the map.
        """
        for pattern, words in self.words.items():
            all_meant, meant = _meant(pattern, activities), _meant(pattern, here)
            if len(all_meant) > 1 and 2 * len(meant) >= max(len(all_meant), len(here)):
                return words
        return None

    def goal(self, activities: Sequence[str], names: Sequence[str]) -> str:
        """Words for the goal: those of its steps."""
        if self.aim is None:
            return ""
        step = dict(zip(activities, names, strict=True))
        parts = []
        for pattern in self.aim.patterns:
            meant = _meant(pattern, activities)
            parts.append(
                step[meant[0]]
                if len(meant) == 1
                else self.words.get(pattern, readable(pattern))
            )
        return ", then ".join(parts)


def _meant(pattern: str, activities: Sequence[str]) -> list[str]:
    means = pattern_regex(pattern).fullmatch
    return [one for one in activities if one == pattern or means(one)]


def read_words(path: Path) -> dict[str, str]:
    """Words of a vocabulary file: a YAML mapping of activity patterns to words.

    Raises:
        MapError: E10x if it is no YAML that can be read.
        CheckError: E414 if a pattern has something else than words.
    """
    tree = parse_yaml(read_text(path).replace("\r\n", "\n"), path.name)
    found: dict[str, str] = {}
    for key, child in zip(tree.names(), tree.children, strict=True):
        if (
            child.kind != "scalar"
            or child.value is None
            or not str(child.value).strip()
        ):
            raise CheckError(
                Problem(
                    "E414",
                    f'expected words for "{key}", found {"nothing" if child.kind == "scalar" else "a " + child.kind}',
                    place(path.name, child.line),
                    'Write one line for each activity pattern: "A_*": Application.',
                )
            )
        found[key] = str(child.value).strip()
    return found


def readable(activity: str) -> str:
    """An activity as words: separators become blanks, a pattern loses its stars, a capital begins it.

    Examples:
        >>> readable("product_view"), readable("A_SUBMITTED"), readable("view *")
        ('Product view', 'A SUBMITTED', 'View …')
    """
    words = re.sub(r"[_\s]+", " ", activity.replace("*", "…")).strip() or "(no name)"
    return words[:1].upper() + words[1:]


def unique_names(names: Sequence[str], activities: Sequence[str]) -> list[str]:
    """Names of at most 80 characters, those alike told apart by the activity itself or a number.

    Examples:
        >>> unique_names(["Pay", "Pay", "Send"], ["pay", "pay_", "send"])
        ['Pay', 'pay_', 'Send']
    """
    found: list[str] = []
    seen: set[str] = set()
    for name, activity in zip(names, activities, strict=True):
        one = _short(name)
        if _key(one) in seen:
            one = _short(activity)
        number = 1
        while _key(one) in seen:
            number += 1
            one = f"{_short(name, MAX_LENGTH - 6)} ({number})"
        seen.add(_key(one))
        found.append(one)
    return found


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _short(name: str, length: int = MAX_LENGTH) -> str:
    return name if len(name) <= length else f"{name[: length - 1].rstrip()}…"


def slug(name: str) -> str:
    r"""An id from a name: letters and digits of any script, the rest as hyphens.

    Examples:
        >>> slug("Product view!"), slug("注文する")
        ('product-view', '注文する')
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "step"


def unique_ids(names: Sequence[str]) -> list[str]:
    """Ids of names, later ones numbered where they repeat.

    Examples:
        >>> unique_ids(["Pay", "pay", "pay 2", "!"])
        ['pay', 'pay-2', 'pay-2-2', 'step']
    """
    ids: list[str] = []
    for name in names:
        one, number = slug(name), 1
        while one in ids:
            number += 1
            one = f"{slug(name)}-{number}"
        ids.append(one)
    return ids
