"""What is true in the plant shop Blattwerk, number by number. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopPlan:
    """Planted truth; shares between 0 and 1, times are medians.

    Three things are wrong or right on purpose: the payment window of the web shop is broken, the parcel
    service does not tell when a parcel is late, and a call after delivery is loved.
    """

    app_share: float = 0.35
    ad_share: float = 0.55
    search_share: float = 0.82
    search_empty_app_share: float = 0.07
    search_empty_web_share: float = 0.24
    stay_after_empty_share: float = 0.6
    magazine_share: float = 0.002
    view_share: float = 0.92
    view_again_share: float = 0.45
    care_guide_share: float = 0.24
    basket_share: float = 0.64
    care_question_share: float = 0.07
    pay_share: float = 0.8
    switch_device_share: float = 0.1
    pay_fails_web_share: float = 0.22
    pay_fails_app_share: float = 0.02
    pay_fails_again_web_share: float = 0.5
    retry_share: float = 0.55
    retry_in_app_share: float = 0.2
    call_after_failure_share: float = 0.13
    call_solves_share: float = 0.7
    handed_over_typical_h: float = 17.0
    transport_typical_h: float = 40.0
    late_share: float = 0.34
    late_typical_h: float = 96.0
    told_share: float = 0.25
    asks_silent_share: float = 0.46
    asks_told_share: float = 0.09
    asks_in_time_share: float = 0.03
    asks_again_share: float = 0.25
    cancel_share: float = 0.06
    damage_share: float = 0.0135
    onboarding_call_share: float = 0.22
    invited_share: float = 0.7
    answers_share: float = 0.34
    score_base: float = 7.7
    score_silent: float = -2.6
    score_failed: float = -1.0
    score_call: float = 1.6
    again_share: float = 0.2
    again_call_share: float = 0.46
    again_silent_factor: float = 0.5
    again_typical_days: float = 24.0
    start_days: float = 120.0
    observed_days: float = 180.0
