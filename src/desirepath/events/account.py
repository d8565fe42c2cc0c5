"""The account of a reading: all that was left out, joined, renamed and cut, in the order in which it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desirepath.events import kernels
from desirepath.events.loaded import Loaded
from desirepath.events.names import renamed_codes
from desirepath.events.schema import NameRule, NameUse
from desirepath.events.sequences import IntArray, Sequences
from desirepath.events.treatment import Treatment


def account_of(
    loaded: Loaded,
    rules: Sequence[NameRule],
    uses: Sequence[NameUse],
    cuts: Sequence[tuple[str, str, int, int]],
    offsets: IntArray,
) -> tuple[Treatment, ...]:
    """All that reading did.

    Args:
        loaded: Events before names and cuts.
        rules: Rules for names.
        uses: What each rule changed.
        cuts: For each cut its kind (gap, ends with), the cut in words, cases before and after it.
        offsets: int64[n_cases + 1] of the cases after cutting.
    """
    return (
        *(
            Treatment("left out", reason, count, loaded.dropped_cases.get(reason))
            for reason, count in loaded.dropped.items()
        ),
        *_joined(loaded),
        *_without_ids(loaded),
        *_renamed(loaded.sequences, rules, uses, offsets),
        *(
            Treatment(kind, words, 0, None, "cases", before, after)
            for kind, words, before, after in cuts
        ),
    )


def _joined(loaded: Loaded) -> Iterator[Treatment]:
    found = loaded.stitching
    if found is not None:
        yield Treatment(
            "joined",
            ", ".join(found.keys),
            found.stitched_count,
            None,
            "customers",
            found.customers_before,
            found.customers_after,
        )


def _without_ids(loaded: Loaded) -> Iterator[Treatment]:
    found = loaded.ids
    if found is not None and found.event_count:
        names = (found.names_before, found.names_after)
        yield Treatment(
            "ids",
            "",
            found.event_count,
            found.case_count,
            "activities" if found.names_before else "",
            *(names if found.names_before else (0, 0)),
        )


def _renamed(
    sequences: Sequences,
    rules: Sequence[NameRule],
    uses: Sequence[NameUse],
    offsets: IntArray,
) -> Iterator[Treatment]:
    """All rules together, then each that changed something."""
    used = [use for use in uses if use.event_count]
    if not used:
        return
    changed, names = renamed_codes(sequences, rules)
    hit = changed[sequences.codes]
    yield Treatment(
        "names",
        "",
        int(hit.sum()),
        int(kernels.any_in_case(hit, offsets).sum()),
        "activities",
        len(set(sequences.activities)),
        len(set(names)),
    )
    for use in used:
        yield Treatment(
            "name",
            f"{use.pattern} → {use.name}",
            use.event_count,
            use.case_count,
            "activities",
            use.activity_count,
            1,
        )
