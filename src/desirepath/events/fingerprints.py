"""Exports people already have: which columns give them away, and names that columns usually have. Pure tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import combining, normalize


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One kind of export.

    Attributes:
        name: For the reader.
        required: Columns that must all be there, in lower case.
        case: Columns that may be the case, best first; ``a+b`` joins two.
        customer: Idem.
        activity: Idem.
        time: Idem.
        channel: Idem.
        sequence: Idem.
        zone: Zone of naive times where the product fixes it; "" where it does not.
        note: What a reader should know about this export.
    """

    name: str
    required: frozenset[str]
    case: tuple[str, ...]
    activity: tuple[str, ...]
    time: tuple[str, ...]
    customer: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    zone: str = ""
    note: str = ""


def _fingerprint(name: str, required: str, **parts: str) -> Fingerprint:
    """A fingerprint from texts with columns parted by blanks; `note` and `zone` are taken as they are."""
    zone, note = parts.pop("zone", ""), parts.pop("note", "")
    columns = {role: tuple(text.split()) for role, text in parts.items()}
    return Fingerprint(
        name=name,
        required=frozenset(required.split()),
        case=columns.pop("case"),
        activity=columns.pop("activity"),
        time=columns.pop("time"),
        zone=zone,
        note=note,
        **columns,
    )


# The most specific first: Segment pages are also satisfied by tracks
FINGERPRINTS = (
    _fingerprint(
        "XES",
        "case:concept:name concept:name",
        case="case:concept:name",
        activity="concept:name",
        time="time:timestamp",
    ),
    _fingerprint(
        "GA4 export",
        "event_date event_timestamp event_name user_pseudo_id",
        case="ga_session_id+user_pseudo_id user_pseudo_id",
        customer="user_id user_pseudo_id",
        activity="event_name",
        time="event_timestamp",
        sequence="event_bundle_sequence_id",
        zone="UTC",
        note="late events arrive up to three days after their day",
    ),
    _fingerprint(
        "Snowplow atomic events",
        "collector_tstamp event_id domain_userid domain_sessionid",
        case="domain_sessionid",
        customer="user_id domain_userid network_userid",
        activity="event_name event",
        time="derived_tstamp collector_tstamp",
        zone="UTC",
    ),
    _fingerprint(
        "Segment or RudderStack tracks",
        "anonymous_id received_at sent_at event",
        case="context_session_id user_id anonymous_id",
        customer="user_id anonymous_id",
        activity="event_text event",
        time="timestamp original_timestamp received_at",
        zone="UTC",
        note="sent_at and received_at are transport times and not used where timestamp is there",
    ),
    _fingerprint(
        "Segment or RudderStack pages",
        "anonymous_id received_at sent_at context_page_url",
        case="context_session_id user_id anonymous_id",
        customer="user_id anonymous_id",
        activity="name title path context_page_path",
        time="timestamp original_timestamp received_at",
        zone="UTC",
    ),
    _fingerprint(
        "PostHog export",
        "uuid event distinct_id timestamp",
        case="$session_id properties.$session_id person_id distinct_id",
        customer="person_id distinct_id",
        activity="event",
        time="timestamp",
        zone="UTC",
    ),
    _fingerprint(
        "Amplitude export",
        "amplitude_id event_type event_time",
        case="session_id+amplitude_id amplitude_id",
        customer="user_id amplitude_id device_id",
        activity="event_type",
        time="event_time",
        sequence="event_id",
        zone="UTC",
    ),
    _fingerprint(
        "Mixpanel raw export",
        "event properties.distinct_id properties.time",
        case="properties.distinct_id",
        customer="properties.distinct_id",
        activity="event",
        time="properties.time",
        note="Mixpanel counts time in the zone set for the project, not in UTC, unless the project says UTC",
    ),
    _fingerprint(
        "Mixpanel pipeline",
        "event_name distinct_id insert_id time",
        case="distinct_id",
        customer="distinct_id",
        activity="event_name",
        time="time",
    ),
    _fingerprint(
        "Matomo visit actions",
        "idlink_va idvisit idvisitor server_time",
        case="idvisit",
        customer="idvisitor",
        activity="name idaction_name action_name idaction_url",
        time="server_time",
        zone="UTC",
    ),
    _fingerprint(
        "Adobe Analytics data feed",
        "post_visid_high post_visid_low visit_num hit_time_gmt",
        case="post_visid_high+post_visid_low+visit_num",
        customer="post_visid_high+post_visid_low",
        activity="post_pagename pagename post_page_event",
        time="hit_time_gmt",
        sequence="visit_page_num",
        zone="UTC",
    ),
    _fingerprint(
        "Salesforce case history",
        "caseid field newvalue createddate",
        case="caseid",
        activity="field+newvalue",
        time="createddate",
        zone="UTC",
    ),
    _fingerprint(
        "Salesforce opportunity history",
        "opportunityid field newvalue createddate",
        case="opportunityid",
        activity="field+newvalue",
        time="createddate",
        zone="UTC",
    ),
)

# Names in lower case with everything but letters and digits removed, best first
NAMES: dict[str, tuple[str, ...]] = {
    "case": (
        "caseconceptname", "caseid", "case", "sessionid", "session", "visitid", "journeyid",
        "traceid", "trace", "caseconceptid", "vorgangsid", "vorgang", "vorgangsnummer", "fallid",
        "sitzungsid", "sitzung", "idsesion", "sesionid", "idvisit", "sessionidentifier",
        "processinstance", "processinstanceid", "instanceid", "orderid", "ticketid", "bestellid",
        "bestellnummer", "auftragsnummer", "ticketnummer", "applicationid", "claimid", "idcaso",
        "caso", "dossierid", "numerodossier", "conversationid", "requestid",
    ),
    "customer": (
        "customerid", "customer", "userid", "user", "clientid", "personid", "visitorid",
        "distinctid", "anonymousid", "accountid", "memberid", "guestid", "patientid", "contactid",
        "userpseudoid", "email", "emailaddress", "kundennummer", "kundenid", "kunde", "kundennr",
        "nutzerid", "benutzerid", "nutzer", "besucherid", "clienteid", "idcliente", "cliente",
        "usuarioid", "idusuario", "usuario", "idclient", "utilisateur", "idutilisateur", "klantid",
        "klant", "klantnummer", "profileid", "leadid", "cookieid", "cookie", "deviceid", "uid",
    ),
    "activity": (
        "conceptname", "activity", "activityname", "event", "eventname", "eventtype", "action",
        "actionname", "aktivitat", "aktivitaet", "ereignis", "ereignisname", "aktion", "actividad",
        "evento", "nombreevento", "atividade", "activite", "evenement", "nomevenement", "attivita",
        "activiteit", "gebeurtenis", "step", "stepname", "touchpoint", "pagename", "page",
        "pagepath", "screen", "screenname", "status", "state", "task", "taskname", "seite",
        "schritt", "url", "pageurl",
    ),
    "time": (
        "timetimestamp", "timestamp", "eventtimestamp", "eventtime", "occurredat", "happenedat",
        "time", "ts", "datetime", "eventdatetime", "date", "eventdate", "createdat", "createddate",
        "created", "completetimestamp", "completetime", "endtimestamp", "endtime", "zeitstempel",
        "zeitpunkt", "zeit", "uhrzeit", "datum", "datumzeit", "datumuhrzeit", "fecha", "fechahora",
        "hora", "data", "datahora", "dataora", "dateheure", "horodatage", "tijdstip", "tijd",
        "servertime", "hittime", "starttimestamp", "starttime", "receivedat", "loggedat",
    ),
    "channel": ("channel", "touchpointchannel", "medium", "viachannel", "kanal", "canal", "canale", "kanaal"),
    "sequence": (
        "sequence", "sequencenumber", "sequenceno", "seq", "seqno", "eventindex", "eventnumber",
        "hitnumber", "eventorder", "position", "stepnumber", "ordinal", "laufendenummer", "lfdnr",
    ),
}  # fmt: skip


def plain_name(name: str) -> str:
    """Name with only what tells columns apart: lower case, no accents, letters and digits.

    Examples:
        >>> plain_name("Session ID"), plain_name("case:concept:name"), plain_name("Aktivität")
        ('sessionid', 'caseconceptname', 'aktivitat')
    """
    letters = normalize("NFKD", name).casefold()
    return "".join(x for x in letters if x.isalnum() and not combining(x))


def recognize_export(columns: Iterable[str]) -> tuple[Fingerprint, ...]:
    """Kinds of exports whose columns are all there, the most specific first.

    Examples:
        >>> [f.name for f in recognize_export(["event_name", "Distinct_ID", "insert_id", "time", "$os"])]
        ['Mixpanel pipeline']
    """
    there = {column.strip().lower() for column in columns}
    return tuple(f for f in FINGERPRINTS if f.required <= there)
