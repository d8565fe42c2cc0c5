"""Who is who across channels: what joining records by keys gave, and what speaks against it. Joins nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

TAG = ":"


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A value that occurs with several customers, such as a family's computer; it joins nobody.

    Attributes:
        key: Name of the key.
        value: The value.
        customer_count: Customers it occurs with.
        record_count: Records that hold it.
    """

    key: str
    value: str
    customer_count: int
    record_count: int


@dataclass(frozen=True, slots=True)
class LongChain:
    """Keys that hang together and yet cannot be one customer; they are not joined.

    Attributes:
        value_count: Values of keys in the chain.
        customer_count: Customers among them.
        record_count: Records that hold any of them.
        samples: Some of the values, as ``key:value``.
    """

    value_count: int
    customer_count: int
    record_count: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stitching:
    """How records were joined to customers, and what speaks against it.

    Attributes:
        keys: Names of the keys; the first is that of customers, the others lead to it.
        record_count: Records of all tables.
        keyless_count: Records without any key.
        named_count: Records that hold the customer's own key.
        stitched_count: Records that belong to another customer than their own keys alone would say.
        customers_before: Customers if nothing were joined.
        customers_after: Customers.
        shared_count: Values that occur with several customers.
        shared: The ones in most records, at most 20.
        chain_count: Chains that were not joined, too long or with several customers.
        chains: The ones in most records, at most 20.
        limit: Most values of keys that one customer may have.
    """

    keys: tuple[str, ...]
    record_count: int
    keyless_count: int
    named_count: int
    stitched_count: int
    customers_before: int
    customers_after: int
    shared_count: int
    shared: tuple[SharedKey, ...]
    chain_count: int
    chains: tuple[LongChain, ...]
    limit: int

    @property
    def stitched_share(self) -> float:
        """Share of the records that were joined to a customer."""
        return self.stitched_count / max(self.record_count, 1)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)

    def describe(self) -> str:
        """One line for the reader.

        Examples:
            >>> Stitching(("customer", "visitor"), 10, 0, 4, 3, 8, 6, 1, (), 0, (), 50).describe()
            'customer, visitor: 30 % of 10 records joined, 8 customers became 6; 1 shared value and 0 chains not joined'
        """
        values = "value" if self.shared_count == 1 else "values"
        chains = "chain" if self.chain_count == 1 else "chains"
        return (
            f"{', '.join(self.keys)}: {self.stitched_share * 100:.0f} % of {self.record_count:,} records joined, "
            f"{self.customers_before:,} customers became {self.customers_after:,}; "
            f"{self.shared_count:,} shared {values} and {self.chain_count:,} {chains} not joined"
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Customers of keys.

    Attributes:
        customers: For each key, the customer by value where that is not the value's own.
        stitching: The account of it.
    """

    customers: tuple[Mapping[str, str], ...]
    stitching: Stitching


def own_name(key: str, value: str, *, is_first: bool) -> str:
    """Customer of a value that is joined to nothing; values of different keys never meet.

    Examples:
        >>> own_name("customer_id", "c1", is_first=True), own_name("visitor_id", "v1", is_first=False)
        ('c1', 'visitor_id:v1')
    """
    return value if is_first else f"{key}{TAG}{value}"
