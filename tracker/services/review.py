"""A person decides what a finding is: a new item, a response, a note on a timeline, or nothing. Each only once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.kinds import kinds
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.words import FindingState
from tracker.services.draft_decision import (
    ItemDecision,
    UpdateDecision,
    date_of,
    draft_item,
    first_seen_on,
    offer_of,
    option,
)
from tracker.services.enter import enter_item
from tracker.services.enter_process import (
    EnterDocument,
    EnterProcess,
    enter_document,
    enter_process,
    kept,
    url_complaints,
)
from tracker.services.entry import EnterItem
from tracker.services.propose import QUESTION
from tracker.services.respond import LogResponse, respond
from tracker.services.settle import settle
from tracker.services.suggest import possible_for, suggest_anew
from tracker.storage import entries, findings, watches
from tracker.storage.columns import partial_fields
from tracker.storage.entries import id_of
from tracker.storage.findings import Waiting
from tracker.storage.tables import Document, Happening, Item, Process, Response, Source

LONGEST_NOTE = 2000
ISSUED = ("published_on", "registered_on", "dated_on")
"""The days of a finding on which its document came out."""


def open_findings(
    session: Session, *, source: str = "", kind: str = "", limit: int = 50, after_id: int = 0
) -> list[Waiting]:
    """The queue of what waits for a person, oldest first."""
    return findings.waiting(session, source=source, kind=kind, limit=limit, after_id=after_id)


def accept_new_item(
    session: Session,
    now: datetime,
    finding_id: int,
    said: ItemDecision | None = None,
    *,
    actor: str,
    user_id: int | None = None,
) -> Item:
    """Enter the item a finding proposes (as drafted where nothing else is said) and watch the page it stands on."""
    waiting = _take(session, now, finding_id, FindingState.ACCEPTED, user_id)
    said = said or draft_item(session, waiting)
    document = said.document or _document_of(session, now, waiting, said, actor).key
    item = enter_item(session, now, item_of(said, document), actor=actor, user_id=user_id)
    item.facts_source = str(waiting.finding.content.get("link") or waiting.page_address)[:2000]
    _became(session, now, waiting, item, actor)
    return item


def _became(session: Session, now: datetime, waiting: Waiting, item: Item, actor: str) -> None:
    """The finding stands for this item: its page is watched, and responses found before may be to it."""
    ids = [owed.id for owed in entries.owed_for_item(session, id_of(item))]
    _watch(session, now, waiting, ids, actor)
    waiting.finding.suggestion = {**waiting.finding.suggestion, "became": item.key}
    session.flush()
    settle(session, suggest_anew(session, waiting.source, now), now, actor=actor)


def accept_as_known(
    session: Session,
    now: datetime,
    finding_id: int,
    item_key: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> Item:
    """Say that a proposed item is one we have: its answers are looked for on the source's page from now on."""
    waiting = _take(session, now, finding_id, FindingState.ACCEPTED, user_id)
    item = entries.item_by_key(session, item_key)
    if item is None:
        raise NotAccepted([refuse("item", "There is no item “%(key)s”.", key=item_key[:80])])
    _became(session, now, waiting, item, actor)
    return item


def item_of(said: ItemDecision, document: str) -> EnterItem:
    """What is entered when a finding becomes an item."""
    return EnterItem(
        document=document,
        title=said.title,
        text=said.text,
        ref=said.ref,
        addressees=said.addressees,
        deadline=said.deadline,
        topics=said.topics,
    )


def accept_response(
    session: Session,
    now: datetime,
    finding_id: int,
    said: LogResponse,
    *,
    actor: str,
    user_id: int | None = None,
) -> Response:
    """Log the response a finding proposes, as the person has it, with the page it was read from as evidence."""
    waiting = _take(session, now, finding_id, FindingState.ACCEPTED, user_id)
    finding = waiting.finding
    speakers = entries.bodies_named(session, said.body)
    seen_on = first_seen_on(finding, speakers[0] if len(speakers) == 1 else None)
    complete = replace(said, first_seen_on=seen_on, page_sha256=finding.page_sha256)
    response = respond(session, now, complete, actor=actor, user_id=user_id)
    finding.response_id = id_of(response)
    answered = [line.obligation for line in said.lines]
    _watch(session, now, waiting, answered, actor)
    _settle(session, now, waiting, actor)
    return response


def accept_update(
    session: Session,
    now: datetime,
    finding_id: int,
    said: UpdateDecision,
    *,
    actor: str,
    user_id: int | None = None,
) -> Happening:
    """Put a finding on an item's timeline: dated, with its source, moving nobody's standing."""
    waiting = _take(session, now, finding_id, FindingState.ACCEPTED, user_id)
    item = entries.item_by_key(session, said.item)
    missing = [] if said.text.strip() else [refuse("text", "This is needed.")]
    if item is None:
        missing.append(refuse("item", "There is no item “%(key)s”.", key=said.item[:80]))
    insist([*missing, *url_complaints("url", said.url)])
    assert item is not None  # noqa: S101 - insisted on above
    note = Happening(
        item_id=id_of(item),
        text=said.text.strip(),
        url=said.url,
        facts_source=waiting.page_address,
        recorded_at=now,
        recorded_by=actor,
        **partial_fields("happened", said.happened),
    )
    waiting.finding.suggestion = {**waiting.finding.suggestion, "became": item.key}
    kept(session, note)
    _settle(session, now, waiting, actor)
    return note


def reject(
    session: Session, now: datetime, finding_id: int, note: str, *, actor: str, user_id: int | None = None
) -> None:
    """Say that a finding is nothing, and why; it is not proposed again unless the source says something else."""
    if not note.strip():
        insist([refuse("note", "Say why, for whoever comes after you.")])
    waiting = _take(session, now, finding_id, FindingState.REJECTED, user_id)
    waiting.finding.decision_note = note.strip()[:LONGEST_NOTE]
    _settle(session, now, waiting, actor)


def _take(
    session: Session, now: datetime, finding_id: int, state: FindingState, user_id: int | None
) -> Waiting:
    """The finding, decided from now on; whoever comes later is told that it was."""
    taken = findings.take(session, finding_id, state, now, user_id)
    waiting = findings.one(session, finding_id)
    if waiting is None:
        raise NotAccepted([refuse("finding", "There is no such finding.")])
    if not taken:
        raise NotAccepted([_decided(waiting)])
    if waiting.finding.kind == QUESTION and state is FindingState.ACCEPTED:
        raise NotAccepted(
            [refuse("finding", "This is a question of the reader: answer it with a note instead.")]
        )
    return waiting


_DECIDED: Mapping[FindingState, Callable[[str], Refused]] = {
    FindingState.ACCEPTED: lambda day: refuse(
        "finding", "Somebody accepted this on %(day)s already; nothing was changed.", day=day
    ),
    FindingState.REJECTED: lambda day: refuse(
        "finding",
        "This was rejected, or replaced by a newer reading, on %(day)s already; nothing was changed.",
        day=day,
    ),
    FindingState.QUARANTINED: lambda day: refuse(
        "finding", "This comes from a reading of %(day)s that was set aside: release that first.", day=day
    ),
    FindingState.OPEN: lambda day: refuse(
        "finding", "Somebody is deciding this (found on %(day)s): load the page again.", day=day
    ),
}


def _decided(waiting: Waiting) -> Refused:
    at = waiting.finding.decided_at or waiting.finding.found_at
    return _DECIDED[waiting.finding.state](at.date().isoformat())


def _watch(session: Session, now: datetime, waiting: Waiting, ids: Iterable[int], actor: str) -> None:
    """From now on the page on which it stood is looked at for these."""
    pages = waiting.finding.suggestion.get("pages")
    address = str(pages[0]) if isinstance(pages, list) and pages else waiting.page_address
    # A file that somebody brought stands at no address that could be looked at again.
    if address.startswith(("http://", "https://")):
        watches.keep(session, ids, id_of(waiting.source), address, now, actor)


def _settle(session: Session, now: datetime, waiting: Waiting, actor: str) -> None:
    """Where everybody stands whom this finding held in suspense: its checks count from now on."""
    held = possible_for(waiting.finding)
    own = {waiting.finding.obligation_id} if waiting.finding.obligation_id else set()
    settle(session, held | own, now, actor=actor)


def _document_of(
    session: Session, now: datetime, waiting: Waiting, said: ItemDecision, actor: str
) -> Document:
    """The document that carries the item: made, with its process, where it is not there yet."""
    process = _process_of(session, now, waiting.source, actor)
    content = waiting.finding.content
    extra = content.get("extra")
    title = str(extra.get("document") or said.title) if isinstance(extra, dict) else said.title
    known = entries.document_titled(session, id_of(process), title) if title != said.title else None
    if known is not None:
        return known
    entering = EnterDocument(
        process=process.key,
        title=title,
        published=next(filter(None, (date_of(content, name) for name in ISSUED)), None),
        url=str(content.get("link") or ""),
    )
    return enter_document(session, now, entering, actor=actor)


def _process_of(session: Session, now: datetime, source: Source, actor: str) -> Process:
    offer = offer_of(source)
    key = str(source.settings.get("process") or (offer.kind.value if offer else ""))
    process = entries.process_by_key(session, key) if key else None
    if process is None and offer is None:
        sentence = "Choose a document: this source names no process that new items belong to."
        raise NotAccepted([refuse("document", sentence)])
    if process is None:
        assert offer is not None  # noqa: S101 - refused above
        entering = EnterProcess(
            name=str(option(source, "process_name") or kinds()[offer.kind].in_language("en").many),
            kind=offer.kind,
            key=key,
            jurisdiction=offer.jurisdiction,
            url=source.address,
        )
        process = enter_process(session, now, entering, actor=actor)
    source.process_id = process.id
    return process
