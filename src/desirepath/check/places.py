"""Places of contact that belong to others, told by names: mails, ads, marketplaces. Knows English, German, Portuguese."""

from __future__ import annotations

import re

# Whole words of a name only: "ad" is an ad, "add" and "address" are not.
PLACES: dict[str, frozenset[str]] = {
    "mail": frozenset({"mail", "email", "newsletter", "mailing", "inbox"}),
    "message": frozenset({"sms", "whatsapp", "telegram", "messenger", "push"}),
    "advertisement": frozenset(
        {"ad", "ads", "advert", "advertisement", "banner", "sponsored", "anzeige", "anuncio", "campaign", "retargeting", "affiliate"}
    ),
    "social network": frozenset(
        {"facebook", "instagram", "tiktok", "twitter", "linkedin", "youtube", "pinterest", "reddit", "social", "influencer"}
    ),
    "search engine": frozenset({"google", "bing", "duckduckgo", "yahoo", "seo"}),
    "marketplace": frozenset({"amazon", "ebay", "marketplace", "etsy", "alibaba", "mercadolivre"}),
    "review site": frozenset({"trustpilot", "tripadvisor", "yelp", "capterra", "idealo"}),
    "partner": frozenset({"partner", "reseller", "dealer", "carrier", "courier", "parcelshop"}),
}  # fmt: skip
WORDS = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")


def place_of(name: str) -> str:
    """The kind of place a name of an activity or channel speaks of, "" for none that is known.

    Examples:
        >>> [place_of(name) for name in ("newsletter_open", "GoogleAds click", "add_to_cart", "address")]
        ['mail', 'advertisement', '', '']
    """
    words = {word.lower() for word in WORDS.findall(name.replace("e-mail", "email"))}
    return next((place for place, known in PLACES.items() if words & known), "")
