"""Keys that occur together belong to one customer: records joined by connected components. Array work only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.events.identity import (
    TAG,
    Identity,
    LongChain,
    SharedKey,
    Stitching,
    own_name,
)
from desirepath.events.sequences import BoolArray, IntArray

Texts: TypeAlias = NDArray[np.object_]
Alias: TypeAlias = tuple[int, str, int, str]

NOBODY = -1
LISTED = 20
SAMPLES = 5


def stitch(
    keys: Sequence[str],
    columns: Sequence[Texts],
    counts: IntArray,
    aliases: Sequence[Alias] = (),
    limit: int = 50,
) -> Identity:
    """Customers by joining the keys that records hold together.

    An alias is trusted. A value that occurs with several customers joins nobody. What hangs together
    is one customer if it holds at most one customer, up to aliases, and at most `limit` values.

    Args:
        keys: Names; the first is the key of customers.
        columns: One array of texts[n] for each key, "" where a record has none; distinct combinations.
        counts: int64[n], records with each combination.
        aliases: (number of the key, value, number of the key, value) that are the same customer.
        limit: Most values of one customer.

    Examples:
        >>> who = stitch(
        ...     ["customer", "visitor"],
        ...     [np.array(["c1", "", "c2"], object), np.array(["v1", "v1", "v2"], object)],
        ...     np.array([1, 5, 2]),
        ... )
        >>> who.customers[1], who.stitching.stitched_count
        ({'v1': 'c1', 'v2': 'c2'}, 5)
    """
    web = _Web(keys, columns, counts, aliases)
    alias_of = web.components(web.alias_ends)
    is_shared = web.shared(alias_of)
    joined = web.components(
        np.concatenate([web.alias_ends, web.ends[~is_shared[web.ends].any(axis=1)]])
    )
    is_bad = web.cannot_be_one(joined, alias_of, limit)[joined]
    alias_is_bad = (np.bincount(alias_of) > limit)[alias_of]
    apart = np.where(alias_is_bad, np.arange(web.size), alias_of)
    # numbers of different joinings must not meet
    group = np.where(is_bad, apart + web.size, joined)
    first = _first_of(group)
    return web.identity(first, is_shared, joined, is_bad, alias_of, limit)


class _Web:
    """Values of keys as numbered points, and the records that hold them together.

    Points are numbered by key and then by text, so that the lowest point of a group is the one to
    name it: a customer where there is one.
    """

    def __init__(
        self,
        keys: Sequence[str],
        columns: Sequence[Texts],
        counts: IntArray,
        aliases: Sequence[Alias],
    ) -> None:
        self.keys = tuple(keys)
        self.counts = counts
        self.values: list[list[str]] = []
        points = []
        start = 0
        for number, column in enumerate(columns):
            told = {value for key, value, _, _ in aliases if key == number}
            told |= {value for _, _, key, value in aliases if key == number}
            values = sorted(({*column.tolist()} | told) - {""})
            point_of = {value: start + i for i, value in enumerate(values)}
            point_of[""] = NOBODY
            points.append(
                np.array([point_of[value] for value in column.tolist()], np.int64)
            )
            self.values.append(values)
            start += len(values)
        self.size = start
        self.points = np.stack(points, axis=1)
        sizes = [len(values) for values in self.values]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.alias_ends = self._ends_of(aliases)
        self.ends = self._ends()

    def _ends_of(self, aliases: Sequence[Alias]) -> IntArray:
        """int64[n, 2], the two points of each alias."""
        number = [{v: i for i, v in enumerate(values)} for values in self.values]
        pairs = [
            (self.starts[a] + number[a][left], self.starts[b] + number[b][right])
            for a, left, b, right in aliases
        ]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def _ends(self) -> IntArray:
        """int64[n, 2], points that a record holds together, each pair once."""
        pairs = [
            self.points[:, [a, b]][(self.points[:, a] >= 0) & (self.points[:, b] >= 0)]
            for a, b in combinations(range(len(self.keys)), 2)
        ]
        every = np.concatenate([np.zeros((0, 2), dtype=np.int64), *pairs])
        return np.asarray(np.unique(every, axis=0))

    def components(self, ends: IntArray) -> IntArray:
        """int64[size], number of the group of each point."""
        from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

        ones = np.ones(len(ends), dtype=np.int8)
        table = coo_array(
            (ones, (ends[:, 0], ends[:, 1])), shape=(self.size, self.size)
        )
        return np.asarray(connected_components(table, directed=False)[1], np.int64)

    @property
    def customer_count(self) -> int:
        """Points that are customers; they come first."""
        return len(self.values[0])

    def shared(self, alias_of: IntArray) -> BoolArray:
        """bool[size], True for points of other keys that records hold with several customers."""
        return self._customers_beside(alias_of) > 1

    def _customers_beside(self, alias_of: IntArray) -> IntArray:
        """int64[size], customers, aliases being one, that records hold with each point of other keys."""
        left, right = self.ends[:, 0], self.ends[:, 1]
        beside = (left < self.customer_count) & (right >= self.customer_count)
        seen = np.unique(np.stack([right[beside], alias_of[left[beside]]]), axis=1)
        return np.bincount(seen[0], minlength=self.size).astype(np.int64)

    def cannot_be_one(
        self, joined: IntArray, alias_of: IntArray, limit: int
    ) -> BoolArray:
        """bool[n_groups], True for groups with too many points or several customers."""
        count = int(joined.max(initial=-1)) + 1
        sizes = np.bincount(joined, minlength=count)
        return (sizes > limit) | (self.customers_in(joined, alias_of) > 1)

    def customers_in(self, joined: IntArray, alias_of: IntArray) -> IntArray:
        """int64[n_groups], customers of each group, aliases being one."""
        count = int(joined.max(initial=-1)) + 1
        own = slice(0, self.customer_count)
        seen = np.unique(np.stack([joined[own], alias_of[own]]), axis=1)
        return np.bincount(seen[0], minlength=count).astype(np.int64)

    def text(self, point: int) -> tuple[int, str]:
        """Key and value of a point."""
        key = int(np.searchsorted(self.starts, point, side="right")) - 1
        # keys without values share their start with the next one
        return key, self.values[key][point - int(self.starts[key])]

    def name(self, point: int) -> str:
        """Customer that a point stands for."""
        key, value = self.text(point)
        return own_name(self.keys[key], value, is_first=key == 0)

    def identity(
        self,
        first: IntArray,
        is_shared: BoolArray,
        joined: IntArray,
        is_bad: BoolArray,
        alias_of: IntArray,
        limit: int,
    ) -> Identity:
        """Customers by value, and the account."""
        moved = np.flatnonzero(first != np.arange(self.size))
        customers: list[dict[str, str]] = [{} for _ in self.keys]
        for point in moved.tolist():
            key, value = self.text(point)
            customers[key][value] = self.name(int(first[point]))
        # a point that names its group is told as well, so that records find the group by it
        grouped = np.bincount(first, minlength=self.size) > 1
        for point in np.flatnonzero(grouped).tolist():
            key, value = self.text(point)
            customers[key][value] = self.name(point)
        own = self._own()
        who = self._customers_of_records(first, grouped)
        has_key = own >= 0
        stitching = Stitching(
            keys=self.keys,
            record_count=int(self.counts.sum()),
            keyless_count=int(self.counts[~has_key].sum()),
            named_count=int(self.counts[self.points[:, 0] >= 0].sum()),
            stitched_count=int(self.counts[has_key & (who != own)].sum()),
            customers_before=len(np.unique(own[has_key])),
            customers_after=len(np.unique(who[has_key])),
            shared_count=int(np.count_nonzero(is_shared)),
            shared=self._shared_keys(is_shared, alias_of),
            chain_count=len(np.unique(joined[is_bad])),
            chains=self._chains(joined, is_bad, alias_of),
            limit=limit,
        )
        return Identity(tuple(customers), stitching)

    def _own(self) -> IntArray:
        """int64[n], first point of each record; -1 where it has none."""
        at = np.argmax(self.points >= 0, axis=1)
        return np.asarray(self.points[np.arange(len(self.points)), at])

    def _customers_of_records(self, first: IntArray, grouped: BoolArray) -> IntArray:
        """int64[n], point of the customer of each record: by its customer, else by the first key that is joined."""
        who = self._own()
        unknown = self.points[:, 0] < 0
        # one more at the end, where index -1 of a missing key leads
        is_joined = np.append(grouped[first], False)
        first = np.append(first, NOBODY)
        for key in range(1, len(self.keys))[::-1]:
            point = self.points[:, key]
            use = unknown & (point >= 0) & is_joined[point]
            who = np.where(use, first[point], who)
        return np.where(unknown, who, first[self.points[:, 0]])

    def _records_of(self, group: IntArray, count: int) -> IntArray:
        """int64[count], records that hold a point of each group, each record once."""
        total = np.zeros(count, dtype=np.int64)
        done = np.full((len(self.points), len(self.keys)), NOBODY, dtype=np.int64)
        for key in range(len(self.keys)):
            point = self.points[:, key]
            here = np.append(group, NOBODY)[point]
            is_new = (here >= 0) & ~(done[:, :key] == here[:, None]).any(axis=1)
            done[:, key] = here
            np.add.at(total, here[is_new], self.counts[is_new])
        return total

    def _shared_keys(
        self, is_shared: BoolArray, alias_of: IntArray
    ) -> tuple[SharedKey, ...]:
        records = self._records_of(np.arange(self.size), self.size)
        customers = self._customers_beside(alias_of)
        found = np.flatnonzero(is_shared)
        ranked = found[np.argsort(-records[found], kind="stable")][:LISTED]
        return tuple(
            SharedKey(
                self.keys[self.text(point)[0]],
                self.text(point)[1],
                int(customers[point]),
                int(records[point]),
            )
            for point in ranked.tolist()
        )

    def _chains(
        self, joined: IntArray, is_bad: BoolArray, alias_of: IntArray
    ) -> tuple[LongChain, ...]:
        count = int(joined.max(initial=-1)) + 1
        records = self._records_of(joined, count)
        sizes = np.bincount(joined, minlength=count)
        customers = self.customers_in(joined, alias_of)
        bad = np.unique(joined[is_bad])
        ranked = bad[np.argsort(-records[bad], kind="stable")][:LISTED]
        return tuple(
            LongChain(
                int(sizes[chain]),
                int(customers[chain]),
                int(records[chain]),
                tuple(
                    TAG.join((self.keys[self.text(p)[0]], self.text(p)[1]))
                    for p in np.flatnonzero(joined == chain)[:SAMPLES].tolist()
                ),
            )
            for chain in ranked.tolist()
        )


def _first_of(group: IntArray) -> IntArray:
    """int64[n], lowest index with the same group."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)
