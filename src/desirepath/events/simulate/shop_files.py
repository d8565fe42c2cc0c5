"""The sources of the plant shop as files, each in the shape its system would export."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desirepath.events.sequences import IntArray
from desirepath.events.simulate.fold import SECOND_US, Pair

HOUR_US = 3_600 * SECOND_US
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
TEXTS: Mapping[str, tuple[str, ...]] = {
    "asked": (
        "I had to ask three times where my parcel is. Nobody knew anything.",
        "Parcel came a week late. I only learned that because I called.",
        "The chat was kind, but why must I ask at all?",
    ),
    "silent": (
        "Took far too long and no word from you.",
        "The plant was thirsty after so many days in the box.",
    ),
    "failed": (
        "Your payment page is broken, I needed several tries.",
        "Payment failed, no reason given. I was afraid to pay twice.",
    ),
    "called": (
        "Someone called to tell me where to put it. Wonderful!",
        "The call made the difference, my monstera already has a new leaf.",
        "I felt taken seriously as a beginner.",
    ),
    "": (
        "All fine.",
        "Nice plants, healthy and well packed.",
        "Good choice, a bit expensive.",
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class ShopColumns:
    """Events of the shop in order of time, and what is known of customers.

    Attributes:
        customer: int64[n_events], index of the customer.
        times_us: int64[n_events], microseconds since 1970 UTC.
        pair: int64[n_events], index into `pairs`.
        pairs: (activity, channel) of each index; the same pair may stand twice.
        first_device: Device of the first visit of each customer.
        region: Region of each customer.
        score: int64[n_customers], the answer a customer gives if asked, 0 to 10.
        reason: What moved the customer most, key of TEXTS.
        end_us: End of observation.
    """

    customer: IntArray
    times_us: IntArray
    pair: IntArray
    pairs: tuple[Pair, ...]
    first_device: tuple[str, ...]
    region: tuple[str, ...]
    score: IntArray
    reason: tuple[str, ...]
    end_us: int


def write_sources(columns: ShopColumns, folder: Path) -> Path:
    """Write all sources and the recipe `events.yaml` into a folder that exists; gives the recipe."""
    _write_ads(columns, folder / "ads.csv")
    _write_crm(columns, folder / "crm.csv")
    _write_web(columns, folder / "web.jsonl")
    _write_app(columns, folder / "app.jsonl")
    _write_chat(columns, folder / "chat.csv")
    _write_calls(columns, folder / "calls.csv")
    _write_parcels(columns, folder / "parcels.tsv")
    _write_survey(columns, folder / "survey.csv")
    recipe = folder / "events.yaml"
    text = files("desirepath.events.simulate").joinpath("shop_recipe.yaml")
    recipe.write_text(text.read_text(encoding="utf-8"), encoding="utf-8")
    return recipe


def local_us(times_us: IntArray, zone: ZoneInfo) -> IntArray:
    """int64, the clock on the wall of a zone as if it were UTC.

    Examples:
        >>> local_us(np.array([1_743_465_600_000_000]), ZoneInfo("Europe/Berlin")).tolist()
        [1743472800000000]
    """
    hours, place = np.unique(times_us // HOUR_US, return_inverse=True)
    # offsets change on the hour, so a few thousand look-ups serve every event
    offsets_us = [_offset_us(hour, zone) for hour in hours.tolist()]
    return np.asarray(times_us + np.array(offsets_us, dtype=np.int64)[place])


def _offset_us(hour: int, zone: ZoneInfo) -> int:
    moment = datetime.fromtimestamp(hour * 3_600, UTC).astimezone(zone)
    offset = moment.utcoffset()
    return 0 if offset is None else int(offset.total_seconds()) * SECOND_US


@dataclass(frozen=True, slots=True)
class _Rows:
    """Events of one channel as columns of text and numbers."""

    ids: list[str]
    activities: list[str]
    times_us: IntArray
    customer: IntArray

    @property
    def seconds(self) -> NDArray[np.datetime64]:
        return self.times_us.astype("datetime64[us]").astype("datetime64[s]")

    def local_text(self, zone: ZoneInfo) -> list[str]:
        """ISO text of the local clock, seconds."""
        local = local_us(self.times_us, zone).astype("datetime64[us]")
        return list(np.datetime_as_string(local, unit="s").tolist())


def customer_ids(count: int) -> list[str]:
    """Customer numbers as every source of the shop writes them.

    Examples:
        >>> customer_ids(2)
        ['BW-000001', 'BW-000002']
    """
    return [f"BW-{index:06d}" for index in range(1, count + 1)]


def _rows(columns: ShopColumns, channel: str) -> _Rows:
    wanted = np.array([via == channel for _, via in columns.pairs])
    chosen = np.flatnonzero(wanted[columns.pair])
    ids = np.array(customer_ids(len(columns.region)))
    names = np.array([activity for activity, _ in columns.pairs])
    customer = columns.customer[chosen]
    return _Rows(
        ids[customer].tolist(),
        names[columns.pair[chosen]].tolist(),
        columns.times_us[chosen],
        customer,
    )


def _write_table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_ads(columns: ShopColumns, path: Path) -> None:
    rows = _rows(columns, "ads")
    german = [
        f"{text[8:10]}.{text[5:7]}.{text[:4]} {text[11:16]}"
        for text in rows.local_text(BERLIN)
    ]
    campaigns = ("Balkon 2025", "Schattenpflanzen", "Grünes Büro")
    _write_table(
        path,
        ("Kunde", "Zeitpunkt", "Kampagne", "Ereignis"),
        (
            (who, when, campaigns[index % 3], "Klick")
            for index, (who, when) in enumerate(zip(rows.ids, german, strict=True))
        ),
        ";",
    )


def _write_crm(columns: ShopColumns, path: Path) -> None:
    rows = _rows(columns, "")
    _write_table(
        path,
        ("customer_id", "first_visit", "first_device", "region"),
        (
            (
                who,
                when.replace("T", " "),
                columns.first_device[index],
                columns.region[index],
            )
            for who, when, index in zip(
                rows.ids, rows.local_text(BERLIN), rows.customer.tolist(), strict=True
            )
        ),
        ",",
    )


def _write_web(columns: ShopColumns, path: Path) -> None:
    rows = _rows(columns, "web")
    times = np.datetime_as_string(rows.times_us.astype("datetime64[us]"), unit="ms")
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            f'{{"ts": "{when}Z", "customer_id": "{who}", "event": "{name}"}}\n'
            for who, name, when in zip(
                rows.ids, rows.activities, times.tolist(), strict=True
            )
        )


def _write_app(columns: ShopColumns, path: Path) -> None:
    rows = _rows(columns, "app")
    times_ms = (rows.times_us // 1_000).tolist()
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            json.dumps({"t": when, "user": who, "name": name}) + "\n"
            for who, name, when in zip(rows.ids, rows.activities, times_ms, strict=True)
        )


def _write_chat(columns: ShopColumns, path: Path) -> None:
    topics = {
        "where_is_my_parcel": "parcel",
        "care_question": "care",
        "damage_report": "damage",
    }
    rows = _rows(columns, "chat")
    _write_table(
        path,
        ("opened_at", "customer_id", "topic"),
        (
            (when.replace("T", " "), who, topics[name])
            for who, name, when in zip(
                rows.ids, rows.activities, rows.local_text(BERLIN), strict=True
            )
        ),
        ",",
    )


def _write_calls(columns: ShopColumns, path: Path) -> None:
    reasons = {
        "payment_help": ("in", "PAYMENT"),
        "where_is_my_parcel": ("in", "PARCEL"),
        "onboarding_call": ("out", "ONBOARDING"),
    }
    rows = _rows(columns, "phone")
    _write_table(
        path,
        ("started", "direction", "customer", "reason"),
        (
            (_american(when), reasons[name][0], who, reasons[name][1])
            for who, name, when in zip(
                rows.ids, rows.activities, rows.local_text(NEW_YORK), strict=True
            )
        ),
        ",",
    )


def _american(text: str) -> str:
    """Month first and 12 hours of ISO text.

    Examples:
        >>> _american("2025-04-03T00:05:09"), _american("2025-04-03T13:05:09")
        ('04/03/2025 12:05:09 AM', '04/03/2025 01:05:09 PM')
    """
    hour = int(text[11:13])
    clock = f"{(hour + 11) % 12 + 1:02d}{text[13:19]} {'AM' if hour < 12 else 'PM'}"  # noqa: PLR2004 - noon
    return f"{text[5:7]}/{text[8:10]}/{text[:4]} {clock}"


def _write_parcels(columns: ShopColumns, path: Path) -> None:
    """One row per parcel: a customer's first order has one parcel."""
    rows = _rows(columns, "parcel")
    marks = ("parcel_handed_over", "delay_notice", "parcel_delivered")
    cells = np.full((len(columns.region), len(marks)), "", dtype="U25")
    texts = np.array([f"{text}+02:00" for text in rows.local_text(BERLIN)], dtype="U25")
    names = np.array(rows.activities)
    for place, mark in enumerate(marks):
        here = names == mark
        cells[rows.customer[here], place] = texts[here]
    sent = np.flatnonzero((cells != "").any(axis=1))
    ids = customer_ids(len(columns.region))
    _write_table(
        path,
        ("parcel_no", "customer_no", "handed_over", "delay_notice", "delivered"),
        (
            (f"P{700_000 + index}", ids[index], *cells[index].tolist())
            for index in sent.tolist()
        ),
        "\t",
    )


def _write_survey(columns: ShopColumns, path: Path) -> None:
    rows = _rows(columns, "survey")
    times = np.datetime_as_string(rows.seconds).tolist()

    def cells() -> Iterable[Sequence[object]]:
        for row, (who, name, when) in enumerate(
            zip(rows.ids, rows.activities, times, strict=True)
        ):
            if name == "survey_invited":
                yield who, "invited", f"{when}Z", "", ""
                continue
            index = int(rows.customer[row])
            texts = TEXTS[columns.reason[index]]
            text = texts[index % len(texts)]
            yield who, "completed", f"{when}Z", int(columns.score[index]), text

    _write_table(path, ("customer_id", "status", "at", "score", "text"), cells(), ",")
