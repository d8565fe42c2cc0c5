"""L07: a step worded from inside the company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Stage, Step
from desirepath.maps.refs import elements

# Who acts is told by the verb: in a business journey “we compare offers” is the customer's voice.
COMPANY = re.compile(
    r"\bwe (?:send|ship|deliver|contact|notify|inform|bill|charge|invoice|onboard|qualify|remind|upsell|provide|assign|follow up)\b"
    r"|\bour (?:customers?|clients?|users?|leads?|shop|store|sales|brand|hotline|support)\b"
    r"|\bwir (?:senden|schicken|versenden|liefern|kontaktieren|informieren|benachrichtigen|stellen|berechnen|erinnern|bieten|rufen|bearbeiten)\b"
    r"|\bunser\w* (?:kund\w+|shop|webshop|laden|vertrieb|marke|hotline|support)\b",
    re.IGNORECASE,
)
THIRD_PERSON = re.compile(
    r"\b(?:the (?:customer|client|user|lead)s?|customers?)\b"
    r"|\b(?:de[rmn] |die )?(?:kunde|kunden|kundin|kundinnen|nutzer|nutzerin|nutzerinnen|interessent|interessenten)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(?:acquisition|retention|upsell(?:ing)?|cross-?sell(?:ing)?|lead (?:generation|nurturing|qualification)|fulfil?lment|conversion|provisioning"
    r"|back ?office|crm|kyc|sla|kpi|mql|sql|dunning|churn|ticket routing"
    r"|akquise|kundenbindung|kundengewinnung|auftragsabwicklung|sachbearbeitung|wareneingang|warenausgang|mahnwesen|vorgangsbearbeitung|fachabteilung|bestandskunden\w*)\b",
    re.IGNORECASE,
)


class InsideOut(Rule):
    """A step says what the company does, or uses its words.

    Steps are what the customer does, in the customer's words: “I get my parcel”, not “we ship the
    order” and not “fulfillment”. English and German wording is recognized.
    """

    code = "L07"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Stages and steps with inside-out wording."""
        for element in elements(journey):
            if not isinstance(part := element.part, (Stage, Step)):
                continue
            found = THIRD_PERSON.search(part.name) or COMPANY.search(part.name)
            if isinstance(part, Step) and found:
                message = f"the step “{part.name}” is told from the company's side (“{found[0]}”)"
                hint = "Say what the customer does, starting with “I”."
                yield self.at(element, message, hint, "name")
            elif jargon := JARGON.search(part.name):
                message = f"“{part.name}” uses a word of the company (“{jargon[0]}”)"
                yield self.at(element, message, "Use the customer's own word.", "name")
