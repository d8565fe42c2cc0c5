"""Who is who: planted aliases are found, planted collisions are reported and join nobody."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desirepath.errors import EventsError
from desirepath.events.identity import Identity, LongChain, SharedKey, own_name
from desirepath.events.read import read_all, read_events
from desirepath.events.recognize import inspect_events
from desirepath.events.stitch import Alias, stitch

KEYS = ("customer_id", "visitor_id", "email_hash")


def joined(
    *records: tuple[str, ...], aliases: tuple[Alias, ...] = (), limit: int = 50
) -> Identity:
    columns = [
        np.array([(*record, "", "", "")[i] for record in records], dtype=object)
        for i in range(len(KEYS))
    ]
    return stitch(KEYS, columns, np.ones(len(records), np.int64), aliases, limit)


def customer_of(who: Identity, *record: str) -> str:
    """Customer of a record, by the rule the engine follows."""
    values = dict(enumerate(record))
    if values.get(0):
        return who.customers[0].get(values[0], values[0])
    for number, value in values.items():
        if value in who.customers[number]:
            return who.customers[number][value]
    number, value = next((n, v) for n, v in values.items() if v)
    return own_name(KEYS[number], value, is_first=False)


def test_a_visitor_who_logged_in_once_is_that_customer() -> None:
    who = joined(("c1", "v1"), ("", "v1"), ("", "v2"))
    assert customer_of(who, "", "v1") == "c1"
    assert customer_of(who, "", "v2") == "visitor_id:v2"
    assert who.stitching.stitched_count == 1
    assert (who.stitching.customers_before, who.stitching.customers_after) == (3, 2)


def test_keys_join_over_several_records() -> None:
    who = joined(("", "v1", "m1"), ("", "v2", "m1"), ("c1", "v2"), ("", "v1"))
    assert customer_of(who, "", "v1") == "c1"
    assert customer_of(who, "", "", "m1") == "c1"


def test_keys_without_a_customer_are_one_customer_too() -> None:
    who = joined(("", "v2", "m1"), ("", "v1", "m1"))
    assert customer_of(who, "", "v2") == "visitor_id:v1"
    assert customer_of(who, "", "", "m1") == "visitor_id:v1"


def test_a_shared_computer_joins_nobody_and_is_reported() -> None:
    who = joined(
        ("c1", "v1"), ("c2", "v1"), ("", "v1"), ("", "v1", "m2"), ("c2", "", "m2")
    )
    assert customer_of(who, "c1", "v1") == "c1"
    assert customer_of(who, "", "v1") == "visitor_id:v1"
    assert customer_of(who, "", "v1", "m2") == "c2"
    assert who.stitching.shared == (SharedKey("visitor_id", "v1", 2, 4),)
    assert who.stitching.chain_count == 0


def test_a_chain_between_two_customers_is_not_joined_and_is_reported() -> None:
    who = joined(("c1", "", "m1"), ("", "v1", "m1"), ("c2", "v1"), ("", "v1"))
    assert customer_of(who, "", "v1") == "visitor_id:v1"
    assert who.stitching.shared_count == 0
    assert who.stitching.chains == (
        LongChain(
            4,
            2,
            4,
            ("customer_id:c1", "customer_id:c2", "visitor_id:v1", "email_hash:m1"),
        ),
    )


def test_a_chain_above_the_limit_is_not_joined() -> None:
    records = [("c1", f"v{i}") for i in range(9)]
    assert joined(*records, limit=10).stitching.chain_count == 0
    who = joined(*records, limit=9)
    assert who.stitching.chain_count == 1
    assert who.stitching.chains[0].value_count == 10
    assert customer_of(who, "", "v3") == "visitor_id:v3"


def test_an_alias_is_trusted() -> None:
    aliases: tuple[Alias, ...] = ((0, "c2", 0, "c1"), (1, "v9", 0, "c3"))
    who = joined(("c1", "v1"), ("c2", "v1"), ("", "v1"), ("", "v9"), aliases=aliases)
    assert customer_of(who, "c2", "v1") == "c1"
    assert customer_of(who, "", "v1") == "c1"
    assert customer_of(who, "", "v9") == "c3"
    assert who.stitching.shared_count == 0


def test_values_of_different_keys_never_meet() -> None:
    who = joined(("1", "2"), ("2", "1"))
    assert customer_of(who, "", "2") == "1"
    assert customer_of(who, "", "1") == "2"


def test_records_without_keys_are_counted() -> None:
    assert joined(("", ""), ("c1", "")).stitching.keyless_count == 1


VALUE = st.sampled_from(["", "a", "b", "c"])
RECORDS = st.lists(st.tuples(VALUE, VALUE, VALUE), min_size=1, max_size=12)


@given(RECORDS)
def test_customers_who_name_themselves_are_never_joined_without_an_alias(
    records: list[tuple[str, ...]],
) -> None:
    who = joined(*records)
    for record in records:
        if record[0]:
            assert customer_of(who, *record) == record[0]


@given(RECORDS, st.integers(0, 999))
def test_the_order_of_records_does_not_matter(
    records: list[tuple[str, ...]], seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(records))
    other = [records[index] for index in order]
    assert joined(*records).customers == joined(*other).customers


@given(RECORDS)
def test_the_account_is_what_happens(records: list[tuple[str, ...]]) -> None:
    who = joined(*records)
    keyed = [record for record in records if any(record)]
    after = {customer_of(who, *record) for record in keyed}
    assert who.stitching.customers_after == len(after)
    alone = [joined(record) for record in keyed]
    moved = sum(
        customer_of(who, *record) != customer_of(single, *record)
        and not (record[0] and customer_of(who, *record) == record[0])
        for record, single in zip(keyed, alone, strict=True)
    )
    assert who.stitching.stitched_count >= moved


@dataclass(frozen=True)
class Truth:
    """A simulated shop: records and who really made them."""

    records: list[tuple[str, str, str]]
    person: NDArray[np.int64]
    aliases: list[tuple[str, str]]
    shared: set[str]


def simulate(people: int, rng: np.random.Generator) -> Truth:
    """People with several devices and one e-mail; some devices are shared, some people have two accounts."""
    records: list[tuple[str, str, str]] = []
    who: list[int] = []
    aliases, shared = [], set()
    for person in range(people):
        accounts = [f"c{person}"]
        if rng.random() < 0.1:
            accounts.append(f"d{person}")
            aliases.append((accounts[1], accounts[0]))
        devices = [f"v{person}-{i}" for i in range(1 + rng.integers(3))]
        for device in devices:
            for _ in range(2 + rng.integers(4)):
                kind = rng.random()
                account = str(rng.choice(accounts)) if kind < 0.3 else ""
                mail = f"m{person}" if kind > 0.8 else ""
                records.append((account, device, mail))
                who.append(person)
        records.append((accounts[0], "", f"m{person}"))
        who.append(person)
        if person % 20 == 19:
            for other in (person, person - 1):
                records.append((f"c{other}", f"kiosk{person}", ""))
                who.append(other)
            shared.add(f"kiosk{person}")
    return Truth(records, np.array(who), aliases, shared)


@pytest.mark.truth
def test_planted_aliases_are_found_and_planted_collisions_reported() -> None:
    truth = simulate(400, np.random.default_rng(7))
    aliases = tuple((0, old, 0, new) for old, new in truth.aliases)
    who = joined(*truth.records, aliases=aliases)
    assert {one.value for one in who.stitching.shared} <= truth.shared
    assert who.stitching.shared_count == len(truth.shared) == 20
    assert who.stitching.chain_count == 0
    found = [customer_of(who, *record) for record in truth.records]
    person_of: dict[str, set[int]] = {}
    for customer, person in zip(found, truth.person.tolist(), strict=True):
        person_of.setdefault(customer, set()).add(person)
    assert all(len(persons) == 1 for persons in person_of.values())
    right = np.mean(
        [name == f"c{person}" for name, person in zip(found, truth.person, strict=True)]
    )
    named = np.mean([bool(record[0]) for record in truth.records])
    assert named < 0.45
    assert right > 0.9


@pytest.mark.truth
def test_accounts_without_their_aliases_stay_apart_and_show_as_conflicts() -> None:
    truth = simulate(400, np.random.default_rng(8))
    told = joined(*truth.records).stitching
    assert told.shared_count + told.chain_count > len(truth.shared)


RECIPE = """format: desirepath/recipe/1
gap: 30d
identity: {keys: [visitor_id, customer_id, email_hash], aliases: aliases.csv, limit: 9}
sources:
  - files: web.csv
    activity: event
    time: at
    channel: {constant: web}
  - files: calls.csv
    activity: reason
    time: at
    channel: {constant: phone}
    keys: {customer_id: caller}
  - files: mails.csv
    activity: kind
    time: at
    channel: {constant: mail}
"""
WEB = """visitor_id,customer_id,event,at
v1,,look,2024-01-01 10:00
v1,c1,log in,2024-01-01 10:05
v2,,look,2024-01-02 10:00
v3,,look,2024-01-03 10:00
"""
CALLS = """caller,reason,at
c1,complaint,2024-01-04 10:00
old7,complaint,2024-01-05 10:00
"""
MAILS = """email_hash,customer_id,visitor_id,kind,at
m1,c1,,opened,2024-01-06 10:00
m1,,,opened,2024-01-07 10:00
m2,,v2,clicked,2024-01-08 10:00
"""
ALIASES = "customer_id,customer_id\nold7,c1\n"


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    texts = {"web": WEB, "calls": CALLS, "mails": MAILS, "aliases": ALIASES}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    path = tmp_path / "shop.yaml"
    path.write_text(RECIPE)
    return path


def test_sources_become_one_log_with_channels_kept(recipe: Path) -> None:
    sequences = read_events(recipe)
    cases = {
        " > ".join(
            f"{sequences.activities[code]}@{sequences.channels[code]}"
            for code in sequences.codes[start:end]
        )
        for start, end in zip(
            sequences.offsets[:-1], sequences.offsets[1:], strict=True
        )
    }
    assert cases == {
        "look@web > log in@web > complaint@phone > complaint@phone > opened@mail > opened@mail",
        "look@web > clicked@mail",
        "look@web",
    }
    assert sequences.source["identity"] == (
        "customer_id, visitor_id, email_hash: 33 % of 9 records joined, "
        "6 customers became 3; 0 shared values and 0 chains not joined"
    )


def test_the_key_of_a_joined_customer_is_that_of_the_customer_alone(
    recipe: Path,
) -> None:
    sequences = read_events(recipe)
    rows = {
        "customer_id": np.array(["c1"]),
        "event": np.array(["x"]),
        "timestamp": np.array(["2024-01-01"]),
    }
    assert read_events(rows).customers[0] in sequences.customers


def test_the_inspection_tells_how_records_were_joined(recipe: Path) -> None:
    seen = inspect_events(recipe)
    assert seen.identity is not None
    assert seen.identity["stitched_count"] == 3
    why = {choice.role: choice.why for choice in seen.tables[0].roles}
    assert why["customer"] == "customers are joined by keys"
    assert why["case"] == "the joined customer"


def test_sessions_stay_cases_while_customers_are_joined(tmp_path: Path) -> None:
    (tmp_path / "web.csv").write_text(
        "session_id,visitor_id,customer_id,event,timestamp\n"
        "s1,v1,,look,2024-01-01\ns2,v1,c1,pay,2024-01-02\ns3,,c1,look,2024-01-03\n"
    )
    path = tmp_path / "r.yaml"
    path.write_text(
        "format: desirepath/recipe/1\nidentity: {keys: [customer_id, visitor_id]}\n"
        "sources:\n  - files: web.csv\n"
    )
    sequences = read_events(path)
    assert sequences.case_count == 3
    assert len(set(sequences.customers.tolist())) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[visitor_id, customer_id, email_hash]",
            "[customer_id]",
            (
                "shop.yaml:3: identity does not list two or more different keys [E246]\n"
                "  Write identity: {keys: [customer_id, visitor_id]}"
            ),
        ),
        (
            "limit: 9",
            "limit: 1",
            (
                "shop.yaml:3: limit is 1, which is no number of keys above 1 [E246]\n"
                "  Write limit: 50"
            ),
        ),
        (
            "limit: 9",
            "limits: 9",
            (
                'shop.yaml:3: no key is called "limits" [E240]\n'
                '  Did you mean "limit"? Known names: aliases, keys, limit.'
            ),
        ),
        (
            "keys: {customer_id: caller}",
            "keys: {customer: caller}",
            (
                'shop.yaml:9: no key of customers is called "customer" [E246]\n'
                '  Did you mean "customer_id"? Known names: customer_id, email_hash, visitor_id.'
            ),
        ),
        (
            "keys: {customer_id: caller}",
            "keys: {customer_id: calller}",
            (
                'shop.yaml:9: no column is called "calller" [E223]\n'
                '  Did you mean "caller"? Known names: at, caller, reason.'
            ),
        ),
        (
            "keys: {customer_id: caller}",
            "keys: caller",
            (
                "shop.yaml:13: keys is not a mapping of keys of customers to columns [E246]\n"
                "  Write lines such as: customer_id: buyer"
            ),
        ),
        (
            "email_hash]",
            "mail_hash]",
            (
                'shop.yaml:3: no table has a column for the key "mail_hash" [E246]\n'
                '  Did you mean "email_hash"? Known names: at, caller, customer_id, email_hash, event, kind, reason, visitor_id.'
            ),
        ),
        (
            "aliases.csv",
            "alias.csv",
            (
                "alias.csv: the table of aliases cannot be read: No such file or directory [E247]\n"
                "  Check the spelling and the folder of the recipe."
            ),
        ),
    ],
)
def test_what_is_wrong_with_an_identity_is_named_with_its_line(
    recipe: Path, old: str, new: str, said: str
) -> None:
    recipe.write_text(RECIPE.replace(old, new))
    with pytest.raises(EventsError) as error:
        read_events(recipe)
    assert str(error.value).replace(f"{recipe.parent}/", "") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "old7,c1\n",
            (
                'aliases.csv:1: no key is called "old7" [E247]\n'
                "  Known names: customer_id, email_hash, visitor_id."
            ),
        ),
        (
            "customer_id\nold7\n",
            (
                "aliases.csv:1: expected the names of two keys, found 1 [E247]\n"
                "  Begin the file with two of: customer_id, visitor_id, email_hash"
            ),
        ),
        (
            "customer_id;customer_id\n\nold7;c1\nold8\n",
            (
                "aliases.csv:4: expected 2 values, found 1 [E247]\n"
                "  Write the two values of a pair in one line."
            ),
        ),
    ],
)
def test_what_is_wrong_with_aliases_is_named_with_its_line(
    recipe: Path, text: str, said: str
) -> None:
    (recipe.parent / "aliases.csv").write_text(text)
    with pytest.raises(EventsError) as error:
        read_events(recipe)
    assert str(error.value).replace(f"{recipe.parent}/", "") == said


def test_many_records_are_joined_alike_by_engine_and_arrays(tmp_path: Path) -> None:
    truth = simulate(60, np.random.default_rng(9))
    with (tmp_path / "log.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*KEYS, "event", "timestamp"])
        for number, record in enumerate(truth.records):
            clock = f"2024-01-{1 + number // 1440:02} {number // 60 % 24:02}:{number % 60:02}"
            writer.writerow([*record, f"e{number}", clock])
    path = tmp_path / "r.yaml"
    path.write_text(
        f"format: desirepath/recipe/1\nidentity: {{keys: [{', '.join(KEYS)}]}}\n"
        "sources:\n  - files: log.csv\n    case: customer_id\n"
    )
    who = joined(*truth.records)
    groups: dict[str, set[str]] = {}
    for number, record in enumerate(truth.records):
        groups.setdefault(customer_of(who, *record), set()).add(f"e{number}")
    reading = read_all(path)
    log = reading.sequences
    found = {
        frozenset(log.activities[code] for code in log.codes[start:end])
        for start, end in zip(log.offsets[:-1], log.offsets[1:], strict=True)
    }
    assert found == {frozenset(group) for group in groups.values()}
    assert reading.loaded.stitching == who.stitching
