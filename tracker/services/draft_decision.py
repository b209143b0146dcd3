"""Prepares a decision for a person: the item, response or note that a finding would become, to be corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.kinds import kinds
from tracker.domain.partial import PartialDate
from tracker.domain.words import BodyKind, Position, Precision, ProcessKind, ResponseKind, Trigger
from tracker.domain.zones import today_in, zone_of
from tracker.services.enter_process import EnterBody
from tracker.services.entry import OwedBy
from tracker.services.public_address import public_address
from tracker.services.reckon import Deadline
from tracker.services.respond import LogResponse, SaidFor
from tracker.services.several_bodies import bodies_in
from tracker.storage import entries
from tracker.storage.findings import Waiting
from tracker.storage.tables import Body, Finding, Source

OLD_NEWS = timedelta(days=90)
"""An answer found so long after its day goes into the log and alerts nobody."""
LONGEST_TITLE = 300
LONGEST_WRITTEN = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """What the items of a reader usually are: offered to the reviewer, never applied by itself."""

    kind: ProcessKind
    jurisdiction: str = ""
    body_kind: BodyKind = BodyKind.GOVERNMENT
    earlier_rules: tuple[str, ...] = ()
    """Rules that held before the one the kind offers."""


OFFERS: Mapping[str, Offer] = {
    "eci": Offer(ProcessKind.EUROPEAN_CITIZENS_INITIATIVE, "EU", BodyKind.INTERNATIONAL, ("eu-eci-2011",)),
    "pfd": Offer(ProcessKind.CORONER, "GB"),
    "response_pdf": Offer(ProcessKind.PARLIAMENTARY_COMMITTEE, "GB"),
    "uk_committees": Offer(ProcessKind.PARLIAMENTARY_COMMITTEE, "GB"),
    "uk_petitions": Offer(ProcessKind.PETITION, "GB"),
    "govuk": Offer(ProcessKind.DIGITAL_CONSULTATION, "GB"),
    "federal_register": Offer(ProcessKind.NOTICE_AND_COMMENT, "US"),
    "regulations_gov": Offer(ProcessKind.NOTICE_AND_COMMENT, "US"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecision:
    """The item a finding becomes."""

    title: str
    addressees: tuple[OwedBy, ...]
    deadline: Deadline = field(default_factory=Deadline)
    text: str = ""
    ref: str = ""
    document: str = ""
    """Key; empty: a document of its own, in the process of the source."""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateDecision:
    """What a finding adds to an item's timeline: a happening, no answer."""

    item: str
    text: str
    happened: PartialDate | None = None
    url: str = ""


def draft_item(session: Session, waiting: Waiting) -> ItemDecision:
    """The item a finding would become, with the rule and the day its clock would start."""
    content = waiting.finding.content
    return ItemDecision(
        title=str(content.get("title") or "")[:LONGEST_TITLE],
        text=str(content.get("summary") or ""),
        ref=_ref(waiting.finding),
        addressees=tuple(
            _owed_by(session, waiting, one) for name in _names(content) for one in bodies_in(session, name)
        ),
        deadline=_deadline(waiting),
        document=str(option(waiting.source, "document") or ""),
    )


def _ref(finding: Finding) -> str:
    """The number in its document; without one, what the source calls it."""
    extra = _extra(finding.content)
    # What a row answers is what it would be as an item: the number is the same.
    said = extra.get("ref") or extra.get("item")
    return str(said or (finding.external_key if finding.content.get("kind") == "new_item" else ""))


def _names(content: Mapping[str, Any]) -> list[str]:
    """All bodies the source says owe an answer, as it writes them."""
    named = _extra(content).get("addressees")
    names = [str(name) for name in named if name] if isinstance(named, list) else []
    return names or [str(content.get("body_name") or "")]


def _extra(content: Mapping[str, Any]) -> Mapping[str, Any]:
    extra = content.get("extra")
    return extra if isinstance(extra, dict) else {}


def draft_response(session: Session, waiting: Waiting) -> LogResponse:
    """The response a finding would become; a kind the source did not say is left for a person to choose."""
    content, suggestion = waiting.finding.content, waiting.finding.suggestion
    found = entries.owed(session, chosen_of(suggestion))
    body = found[0].body if found else None
    kind = suggested_kind(content)
    published = date_of(content, "published_on") or date_of(content, "answered_on")
    seen_on = first_seen_on(waiting.finding, body)
    return LogResponse(
        body=body.key if body else str(content.get("body_name") or ""),
        lines=tuple(_said_for(one.id, kind, content) for one in found if kind),
        first_seen_on=seen_on,
        received=date_of(content, "received_on"),
        published=published,
        url=link_of(waiting),
        title=str(content.get("title") or ""),
        text=str(content.get("summary") or ""),
        page_sha256=waiting.finding.page_sha256,
        late_entry=published is not None and seen_on - published.last > OLD_NEWS,
    )


def chosen_of(suggestion: Mapping[str, Any]) -> list[int]:
    """The obligations a response is suggested for: usually one, several where one reply answers for many."""
    several, one = suggestion.get("obligations"), suggestion.get("obligation")
    chosen = several if isinstance(several, list) and several else [one]
    return [int(str(id_)) for id_ in chosen if id_ is not None]


def _said_for(obligation: int, kind: ResponseKind, content: Mapping[str, Any]) -> SaidFor:
    extra = _extra(content)
    return SaidFor(
        obligation=obligation,
        kind=kind,
        position=suggested_position(content),
        page=str(extra.get("page") or ""),
        quote=str(extra.get("quote") or ""),
    )


def draft_update(waiting: Waiting) -> UpdateDecision:
    """The note a finding would become on an item's timeline."""
    content = waiting.finding.content
    dates = ("happened_on", "answered_on", "published_on", "updated_on")
    return UpdateDecision(
        item=str(waiting.finding.suggestion.get("item") or ""),
        text=str(content.get("title") or content.get("summary") or ""),
        happened=next(filter(None, (date_of(content, name) for name in dates)), None) or _noticed(waiting),
        url=link_of(waiting),
    )


def _noticed(waiting: Waiting) -> PartialDate | None:
    """The day on which a reading noticed that an answer is no longer shown; no other is known."""
    noticed = _extra(waiting.finding.content).get("what") == "no_longer_shown"
    return PartialDate(waiting.finding.found_at.date(), Precision.DAY) if noticed else None


def link_of(waiting: Waiting) -> str:
    """Where a finding says it stands, as it may stand in public."""
    return public_address(waiting.source, str(waiting.finding.content.get("link") or ""))


def suggested_kind(content: Mapping[str, Any]) -> ResponseKind | None:
    """The kind of response the reader took from the source's own words; None where it said none of ours."""
    said = (content.get("extra") or {}).get("response_kind")
    return ResponseKind(said) if said in set(ResponseKind) else None


def suggested_position(content: Mapping[str, Any]) -> Position | None:
    """Where the reader says the response stands; None where its words are none of ours, for a person to say."""
    said = _extra(content).get("position")
    return Position(said) if said in set(Position) - {Position.UNCLEAR} else None


def date_of(content: Mapping[str, Any], name: str) -> PartialDate | None:
    """A date of a finding; None where it is none or could not be read for certain."""
    written = (content.get("dates") or {}).get(name) or {}
    if not written.get("value"):
        return None
    return PartialDate(
        date.fromisoformat(written["value"]),
        Precision(written.get("precision", "day")),
        str(written.get("as_written") or "")[:100],
    )


def first_seen_on(finding: Finding, body: Body | None) -> date:
    """The day it was first read, where the debtor is."""
    zone = (body.zone or zone_of(body.jurisdiction)) if body else "UTC"
    return today_in(zone, finding.found_at)


def option(source: Source, name: str) -> object:
    """What the operator told the reader of a source."""
    options = source.settings.get("options")
    return options.get(name) if isinstance(options, dict) else None


def offer_of(source: Source) -> Offer | None:
    """What the source's items usually are, by its reader or by the operator's `process_kind`."""
    wanted = option(source, "process_kind")
    if wanted in set(ProcessKind):
        return Offer(ProcessKind(str(wanted)), str(option(source, "jurisdiction") or ""))
    return OFFERS.get(source.reader)


def _owed_by(session: Session, waiting: Waiting, name: str) -> OwedBy:
    if not name or len(entries.bodies_named(session, name)) == 1:
        return OwedBy(body=name)
    offer = offer_of(waiting.source)
    new = EnterBody(name=name, kind=offer.body_kind, jurisdiction=offer.jurisdiction) if offer else None
    return OwedBy(body="" if new else name, new=new)


def _deadline(waiting: Waiting) -> Deadline:
    content: Mapping[str, Any] = waiting.finding.content
    said = str(_extra(content).get("trigger") or "")
    rule = str(option(waiting.source, "rule") or "")
    event = Trigger(said) if said in set(Trigger) else None
    start = date_of(content, f"{said or 'published'}_on")
    if not rule:
        rule = _rule(offer_of(waiting.source), start)
    stated = date_of(content, "due_stated_on") if rule else None
    return Deadline(
        rule=rule,
        trigger=event,
        trigger_on=start if rule else None,
        stated=stated,
        as_written=str(_extra(content).get("due_sentence") or "")[:LONGEST_WRITTEN] if stated else "",
        source_url=link_of(waiting)[:2000],
    )


def _rule(offer: Offer | None, start: PartialDate | None) -> str:
    """The first of the rules on offer that held on the day the clock started."""
    if offer is None:
        return ""
    held = (
        key
        for key in offer.earlier_rules
        if key in catalogue() and start is not None and catalogue()[key].in_force(start.last)
    )
    return next(held, kinds()[offer.kind].offered(offer.jurisdiction))
