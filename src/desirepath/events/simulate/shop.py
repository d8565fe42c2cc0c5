"""A small company with seven sources of events and a known truth: the plant shop Blattwerk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray, Segment, Sequences
from desirepath.events.simulate.fold import (
    DAY_US,
    SECOND_US,
    Cases,
    FloatArray,
    Pair,
    sequences_of,
)
from desirepath.events.simulate.shop_files import ShopColumns, write_sources
from desirepath.events.simulate.shop_plan import ShopPlan

FIRST_DAY_US = 1_743_465_600_000_000  # 2025-04-01 UTC; all of it lies in summer time
HOUR_US = 3_600 * SECOND_US
MAX_ATTEMPTS = 4
MAX_VIEWS = 5
NOT_CUSTOMERS = ("survey_invited",)  # in the files; the recipe leaves it out
REGIONS = ("East", "North", "South", "West")


@dataclass(frozen=True, slots=True)
class ShopTruth:
    """What is true, as planted and as drawn.

    Attributes:
        plan: The planted shares and times.
        customers: Customers in all.
        pay_fails_web: Share of those who pay on the web that see a failure, as drawn.
        pay_fails_app: The same in the app.
        asks_silent: Share of those with a late parcel and no notice that ask where it is.
        asks_told: The same with a notice.
        again_after_call: Share of those with an onboarding call that order again, seen to the end.
        again_without_call: The same for those who received a plant and no call.
        delivery_typical_days: Median time from order to delivery, days.
    """

    plan: ShopPlan
    customers: int
    pay_fails_web: float
    pay_fails_app: float
    asks_silent: float
    asks_told: float
    again_after_call: float
    again_without_call: float
    delivery_typical_days: float


@dataclass(frozen=True, slots=True)
class ShopWorld:
    """Events of the shop and the truth behind them.

    Attributes:
        columns: Events and customers as arrays.
        truth: What is true.
    """

    columns: ShopColumns
    truth: ShopTruth

    def sequences(self) -> Sequences:
        """What reading the written sources by the recipe gives, to the precision of their times."""
        columns = self.columns
        is_ours = np.array([activity in NOT_CUSTOMERS for activity, _ in columns.pairs])
        is_used = ~is_ours[columns.pair]
        segments = {
            "first_device": _segment(columns.first_device),
            "region": _segment(columns.region),
        }
        return sequences_of(
            columns.customer[is_used],
            columns.times_us[is_used],
            columns.pair[is_used],
            columns.pairs,
            Cases(
                len(columns.region),
                segments=segments,
                end_us=columns.end_us,
                source="simulated shop",
            ),
        )

    def write(self, folder: str | Path) -> Path:
        """Write every source in its own shape, the recipe that joins them and the truth.

        Returns:
            The recipe, `events.yaml`.
        """
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        recipe = write_sources(self.columns, target)
        text = json.dumps(asdict(self.truth), indent=2) + "\n"
        (target / "truth.json").write_text(text, encoding="utf-8")
        return recipe


def simulate_shop(
    n_customers: int, rng: np.random.Generator, plan: ShopPlan | None = None
) -> ShopWorld:
    """Half a year of a plant shop.

    Args:
        n_customers: Customers who visit for the first time.
        rng: Source of randomness; the same state gives the same shop.
        plan: Planted truth.

    Examples:
        >>> shop = simulate_shop(2000, np.random.default_rng(1))
        >>> shop.truth.pay_fails_web > 0.1 > shop.truth.pay_fails_app
        True
    """
    shop = _Shop(plan or ShopPlan(), n_customers, rng)
    shop.find()
    shop.choose()
    shop.pay()
    shop.receive()
    shop.grow()
    return ShopWorld(shop.columns(), shop.truth())


def _segment(values: tuple[str, ...]) -> Segment:
    names, codes = np.unique(np.array(values), return_inverse=True)
    return Segment(("", *names.tolist()), (codes + 1).astype(np.uint16))


@dataclass
class _Shop:
    """Customers as arrays that walk through the shop together; grows its diary on the way."""

    plan: ShopPlan
    count: int
    rng: np.random.Generator
    customer: list[IntArray] = field(default_factory=list)
    times: list[FloatArray] = field(default_factory=list)
    pair: list[IntArray] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def __post_init__(self) -> None:
        rng = self.rng
        self.app = self.chance(self.plan.app_share)
        self.first_device = np.where(self.app, "app", "web")
        self.region = rng.choice(REGIONS, size=self.count, p=(0.2, 0.3, 0.3, 0.2))
        day = np.floor(rng.random(self.count) * self.plan.start_days)
        hour = np.clip(rng.normal(15.0, 4.5, self.count), 5.0, 21.5)
        self.clock: FloatArray = FIRST_DAY_US + day * DAY_US + hour * HOUR_US
        self.end_us = int(FIRST_DAY_US + self.plan.observed_days * DAY_US)

    def chance(self, share: float | FloatArray) -> BoolArray:
        return np.asarray(self.rng.random(self.count) < share)

    def wait(self, typical_s: float, spread: float = 0.7) -> FloatArray:
        """Microseconds, lognormal."""
        factor = np.exp(spread * self.rng.standard_normal(self.count))
        return np.asarray(typical_s * SECOND_US * factor)

    def say(
        self, who: BoolArray, activity: str, channel: str, at: FloatArray | None = None
    ) -> None:
        """Note an event of those customers, now or at a time of its own."""
        chosen: IntArray = np.flatnonzero(who)
        self.customer.append(chosen)
        self.times.append((self.clock if at is None else at)[chosen])
        self.pair.append(np.full(len(chosen), len(self.pairs), dtype=np.int64))
        self.pairs.append((activity, channel))

    def say_here(self, who: BoolArray, activity: str) -> None:
        """Note an event in the shop the customer uses: app or web."""
        self.say(who & self.app, activity, "app")
        self.say(who & ~self.app, activity, "web")

    def find(self) -> None:
        plan = self.plan
        self.say(self.chance(plan.ad_share), "ad_click", "ads")
        self.clock = self.clock + self.wait(120) + 60 * SECOND_US
        self.say(self.chance(1.0), "first_visit", "")
        self.clock = self.clock + self.wait(40)
        searches = self.chance(plan.search_share)
        self.say_here(searches, "search")
        finds_nothing = np.where(
            self.app, plan.search_empty_app_share, plan.search_empty_web_share
        )
        empty = searches & self.chance(finds_nothing)
        self.say(empty & self.app, "search_empty", "app", self.clock + SECOND_US)
        self.say(empty & ~self.app, "search_empty", "web", self.clock + SECOND_US)
        self.stays = ~empty | self.chance(plan.stay_after_empty_share)
        self.clock = self.clock + self.wait(50)
        self.say_here(self.chance(plan.magazine_share), "magazine_open")

    def choose(self) -> None:
        plan = self.plan
        views = self.stays & self.chance(plan.view_share)
        again = views
        for _ in range(MAX_VIEWS):
            self.clock = self.clock + self.wait(60)
            self.say_here(again, "view_plant")
            again = again & self.chance(plan.view_again_share)
        self.clock = self.clock + self.wait(90)
        self.say_here(views & self.chance(plan.care_guide_share), "care_guide")
        self.clock = self.clock + self.wait(240)
        self.basket = views & self.chance(plan.basket_share)
        self.say_here(self.basket, "add_to_basket")
        self.clock = self.clock + self.wait(200)
        asks = self.basket & self.chance(plan.care_question_share)
        self.say(asks, "care_question", "chat")

    def pay(self) -> None:
        plan = self.plan
        trying = self.basket & self.chance(plan.pay_share)
        self.app = self.app ^ self.chance(plan.switch_device_share)
        self.tried = {"app": trying & self.app, "web": trying & ~self.app}
        self.failed = {
            name: np.zeros(self.count, dtype=np.bool_) for name in self.tried
        }
        self.paid = np.zeros(self.count, dtype=np.bool_)
        self.clock = self.clock + self.wait(300)
        web_share = plan.pay_fails_web_share
        for _ in range(MAX_ATTEMPTS):
            trying = self._attempt(trying, web_share)
            web_share = plan.pay_fails_again_web_share

    def _attempt(self, trying: BoolArray, web_share: float) -> BoolArray:
        """One attempt to pay; who tries again, a few in the app."""
        plan = self.plan
        self.say_here(trying, "pay_start")
        self.clock = self.clock + self.wait(50)
        share = np.where(self.app, plan.pay_fails_app_share, web_share)
        fails = trying & self.chance(share)
        self.say_here(trying & ~fails, "order_paid")
        self.say_here(fails, "pay_failed")
        self.failed["app"] |= fails & self.app
        self.failed["web"] |= fails & ~self.app
        dice = self.rng.random(self.count)
        retries = fails & (dice < plan.retry_share)
        calls = fails & (dice >= 1 - plan.call_after_failure_share)
        self.clock = np.where(calls, self.clock + self.wait(1800), self.clock)
        self.say(calls, "payment_help", "phone")
        helped = calls & self.chance(plan.call_solves_share)
        self.clock = np.where(helped, self.clock + self.wait(300), self.clock)
        self.say_here(helped, "order_paid")
        self.paid |= helped | (trying & ~fails)
        self.app = self.app | (retries & self.chance(plan.retry_in_app_share))
        self.clock = np.where(retries, self.clock + self.wait(150), self.clock)
        return np.asarray(retries)

    def receive(self) -> None:
        plan = self.plan
        ordered = self.clock
        handed = ordered + self.wait(plan.handed_over_typical_h * 3600, 0.4)
        late = self.chance(plan.late_share)
        on_the_way = self.wait(plan.transport_typical_h * 3600, 0.3) + np.where(
            late, self.wait(plan.late_typical_h * 3600, 0.35), 0.0
        )
        self.say(self.paid, "parcel_handed_over", "parcel", handed)
        self.told = self.paid & late & self.chance(plan.told_share)
        self.silent = self.paid & late & ~self.told
        self.say(self.told, "delay_notice", "parcel", handed + 0.35 * on_the_way)
        self._ask(handed, on_the_way)
        cancels = self.silent & self.chance(plan.cancel_share)
        self.say_at_shop(cancels, "order_cancelled", handed + 0.97 * on_the_way)
        self.received = self.paid & ~cancels
        self.clock = handed + on_the_way
        self.delivery_us = self.clock - ordered
        self.say(self.received, "parcel_delivered", "parcel")

    def say_at_shop(self, who: BoolArray, activity: str, at: FloatArray) -> None:
        """As `say_here`, at a time of its own."""
        self.say(who & self.app, activity, "app", at)
        self.say(who & ~self.app, activity, "web", at)

    def _ask(self, handed: FloatArray, on_the_way: FloatArray) -> None:
        """Where is my parcel? By chat or phone, some twice."""
        plan = self.plan
        share = np.where(
            self.silent,
            plan.asks_silent_share,
            np.where(self.told, plan.asks_told_share, plan.asks_in_time_share),
        )
        self.asks = self.paid & self.chance(share)
        by_chat = self.chance(0.6)
        moment = handed + (0.55 + 0.3 * self.rng.random(self.count)) * on_the_way
        again = self.asks & self.silent & self.chance(plan.asks_again_share)
        for who, at in ((self.asks, moment), (again, handed + 0.92 * on_the_way)):
            self.say(who & by_chat, "where_is_my_parcel", "chat", at)
            self.say(who & ~by_chat, "where_is_my_parcel", "phone", at)

    def grow(self) -> None:
        plan = self.plan
        damage = self.received & self.chance(plan.damage_share)
        self.say(damage, "damage_report", "chat", self.clock + self.wait(14_400))
        self.called = self.received & self.chance(plan.onboarding_call_share)
        call_at = self.clock + self.wait(2 * 86_400, 0.4)
        self.say(self.called, "onboarding_call", "phone", call_at)
        self._survey()
        share = np.where(self.called, plan.again_call_share, plan.again_share)
        share = share * np.where(self.silent, plan.again_silent_factor, 1.0)
        self.again = self.received & self.chance(share)
        later = np.where(self.called, call_at, self.clock) + self.wait(
            plan.again_typical_days * 86_400, 0.5
        )
        self.say_at_shop(self.again, "order_again", later)

    def _survey(self) -> None:
        """Scores 0 to 10; those with strong feelings answer more often."""
        plan = self.plan
        failed = self.failed["app"] | self.failed["web"]
        raw = (
            plan.score_base
            + plan.score_silent * self.silent
            + plan.score_failed * failed
            + plan.score_call * self.called
            + 1.5 * self.rng.standard_normal(self.count)
        )
        self.score: IntArray = np.clip(np.round(raw), 0, 10).astype(np.int64)
        invited = self.received & self.chance(plan.invited_share)
        asked_at = self.clock + 7 * DAY_US
        self.say(invited, "survey_invited", "survey", asked_at)
        strength = 0.7 + 0.15 * np.abs(self.score - 7)
        answers = invited & self.chance(plan.answers_share * strength)
        self.say(
            answers, "survey_answered", "survey", asked_at + self.wait(20_000, 1.2)
        )
        self.reason = np.select(
            [self.silent & self.asks, self.silent, failed, self.called],
            ["asked", "silent", "failed", "called"],
            "",
        )

    def columns(self) -> ShopColumns:
        """The diary up to the end of observation."""
        customer: IntArray = np.concatenate(self.customer)
        pair: IntArray = np.concatenate(self.pair)
        times = np.concatenate(self.times)
        seen = times < self.end_us
        order = np.argsort(times[seen], kind="stable")
        return ShopColumns(
            customer[seen][order],
            times[seen][order].astype(np.int64),
            pair[seen][order],
            tuple(self.pairs),
            tuple(self.first_device.tolist()),
            tuple(self.region.tolist()),
            self.score,
            tuple(self.reason.tolist()),
            self.end_us,
        )

    def truth(self) -> ShopTruth:
        """Shares as drawn, of all customers to their end."""

        def share(part: BoolArray, whole: BoolArray) -> float:
            return round(float((part & whole).sum() / max(1, whole.sum())), 4)

        uncalled = self.received & ~self.called
        days = self.delivery_us[self.received] / DAY_US
        return ShopTruth(
            self.plan,
            self.count,
            share(self.failed["web"], self.tried["web"]),
            share(self.failed["app"], self.tried["app"]),
            share(self.asks, self.silent),
            share(self.asks, self.told),
            share(self.again, self.called),
            share(self.again, uncalled),
            round(float(np.median(days)), 2) if len(days) else 0.0,
        )
