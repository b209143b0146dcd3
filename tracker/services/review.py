"""A person decides what a finding is: a new item, a response, a note on a timeline, or nothing. Each only once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from scrapers.sources import page_to_watch
from tracker.domain.kinds import kinds
from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.domain.words import EventKind, FindingState
from tracker.services.answer_within import leave_answer_waiting
from tracker.services.draft_decision import (
    ItemDecision,
    UpdateDecision,
    date_of,
    draft_item,
    first_seen_on,
    link_of,
    offer_of,
    option,
)
from tracker.services.enter import enter_item, publish
from tracker.services.enter_process import (
    EnterDocument,
    EnterProcess,
    enter_document,
    enter_process,
    kept,
    url_complaints,
)
from tracker.services.entry import EnterItem
from tracker.services.out_of_sight import made_since, newest
from tracker.services.public_address import public_address
from tracker.services.record_event import record_event
from tracker.services.respond import LogResponse, respond
from tracker.services.settle import settle
from tracker.services.suggest import held_by, possible_for, suggest_anew
from tracker.services.take_finding import leave_trail, take_finding
from tracker.storage import entries, findings, watches
from tracker.storage.columns import partial_fields
from tracker.storage.entries import id_of
from tracker.storage.findings import Waiting
from tracker.storage.tables import Document, Happening, Item, Process, Response, Source

LONGEST_NOTE = 2000
LONGEST_TOLD = 300
DISMISSED = ("not_ours", "on_record", "no_answer", "misread", "repeated", "no_news")
"""The common reasons to dismiss a finding; worded at the rim."""
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
    """Enter the item a finding proposes (as drafted where nothing else is said) and watch the page it stands on.

    Where the finding is an answer, the item is what it answers: the answer itself goes on waiting.
    """
    waiting = take_finding(session, now, finding_id, FindingState.ACCEPTED, user_id)
    said, before = said or draft_item(session, waiting), newest(session)
    document = said.document or _document_of(session, now, waiting, said, actor).key
    entered = replace(item_of(said, document), draft=True)
    item = enter_item(session, now, entered, actor=actor, user_id=user_id)
    stands_at = str(waiting.finding.content.get("link") or waiting.page_address)
    item.facts_source = public_address(waiting.source, stands_at)[:2000]
    ids = [owed.id for owed in entries.owed_for_item(session, id_of(item))]
    parts = leave_answer_waiting(session, now, waiting, item, ids)
    publish(session, now, item, ids, actor=actor, page_sha256=waiting.finding.page_sha256)
    made: dict[str, object] = {
        "item": item.key,
        "watches": _became(session, now, waiting, item, actor),
        "parts": parts,
    }
    made["frame"] = made_since(session, item, before)
    leave_trail(session, now, waiting, "item", made, actor=actor, user_id=user_id)
    return item


def _became(session: Session, now: datetime, waiting: Waiting, item: Item, actor: str) -> list[int]:
    """The finding stands for this item: its page is watched, and responses found before may be to it."""
    ids = [owed.id for owed in entries.owed_for_item(session, id_of(item))]
    begun = _watch(session, now, waiting, ids, actor)
    waiting.finding.suggestion = {**waiting.finding.suggestion, "became": item.key}
    session.flush()
    settle(session, suggest_anew(session, waiting.source, now), now, actor=actor)
    _settle(session, now, waiting, actor)
    return begun


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
    waiting = take_finding(session, now, finding_id, FindingState.ACCEPTED, user_id)
    item = entries.item_by_key(session, item_key)
    if item is None:
        raise NotAccepted([refuse("item", "There is no item “%(key)s”.", key=item_key[:80])])
    begun = _became(session, now, waiting, item, actor)
    _note(session, now, waiting, item, {"what": "watched_page"}, actor)
    made = {"item": item.key, "watches": begun}
    leave_trail(session, now, waiting, "known", made, actor=actor, user_id=user_id)
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
    also: Sequence[LogResponse] = (),
    actor: str,
    user_id: int | None = None,
) -> Response:
    """Log the response a finding proposes, as the person has it, with the page it was read from as evidence.

    `also` are the parts of it that came on other days: to the log they are communications of their own.
    """
    waiting = take_finding(session, now, finding_id, FindingState.ACCEPTED, user_id)
    finding = waiting.finding
    logged = [_respond(session, now, waiting, one, actor, user_id) for one in (said, *also)]
    finding.response_id = id_of(logged[0])
    answered = [line.obligation for one in (said, *also) for line in one.lines]
    begun = _watch(session, now, waiting, answered, actor)
    _settle(session, now, waiting, actor)
    made = {"responses": [id_of(one) for one in logged], "watches": begun}
    leave_trail(session, now, waiting, "response", made, actor=actor, user_id=user_id)
    return logged[0]


def _respond(
    session: Session, now: datetime, waiting: Waiting, said: LogResponse, actor: str, user_id: int | None
) -> Response:
    speakers = entries.bodies_named(session, said.body)
    seen_on = first_seen_on(waiting.finding, speakers[0] if len(speakers) == 1 else None)
    complete = replace(said, first_seen_on=seen_on, page_sha256=waiting.finding.page_sha256)
    return respond(session, now, complete, actor=actor, user_id=user_id)


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
    waiting = take_finding(session, now, finding_id, FindingState.ACCEPTED, user_id)
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
        facts_source=public_address(waiting.source, waiting.page_address),
        recorded_at=now,
        recorded_by=actor,
        **partial_fields("happened", said.happened),
    )
    waiting.finding.suggestion = {**waiting.finding.suggestion, "became": item.key}
    kept(session, note)
    _note(session, now, waiting, item, {"what": "note", "text": note.text[:LONGEST_TOLD]}, actor)
    _settle(session, now, waiting, actor)
    made = {"item": item.key, "happening": id_of(note)}
    leave_trail(session, now, waiting, "update", made, actor=actor, user_id=user_id)
    return note


def _note(
    session: Session, now: datetime, waiting: Waiting, item: Item, said: dict[str, object], actor: str
) -> None:
    """An entry in the log for what moves nobody's standing, with the page it was read from."""
    detail = said | {"page_sha256": waiting.finding.page_sha256}
    kind, day = EventKind.NOTED, now.date()
    record_event(session, kind, now=now, happened_on=day, item=item, actor=actor, detail=detail)


def reject(
    session: Session,
    now: datetime,
    finding_id: int,
    note: str,
    *,
    reason: str = "",
    actor: str,
    user_id: int | None = None,
) -> None:
    """Say that a finding is nothing, and why: by one of the common reasons, in words, or both.

    It is not proposed again unless the source says something else.
    """
    unknown = [refuse("reason", "Choose one of the list.")] if reason and reason not in DISMISSED else []
    silent = [refuse("note", "Say why, for whoever comes after you.")] if not (note.strip() or reason) else []
    insist([*unknown, *silent])
    waiting = take_finding(session, now, finding_id, FindingState.REJECTED, user_id)
    waiting.finding.decision_note = note.strip()[:LONGEST_NOTE]
    _settle(session, now, waiting, actor)
    made = {"reason": reason} if reason else {}
    leave_trail(session, now, waiting, "dismissed", made, actor=actor, user_id=user_id)


def _watch(session: Session, now: datetime, waiting: Waiting, ids: Iterable[int], actor: str) -> list[int]:
    """From now on the page on which it stood is looked at for these; the ids of the watches this began."""
    pages = waiting.finding.suggestion.get("pages")
    known = [str(one) for one in pages] if isinstance(pages, list) and pages else [waiting.page_address]
    address = page_to_watch(waiting.source.reader, known)
    # A file that somebody brought stands at no address that could be looked at again.
    if not address.startswith(("http://", "https://")):
        return []
    begun = watches.keep(session, ids, id_of(waiting.source), address, now, actor)
    session.flush()
    return [id_of(one) for one in begun]


def _settle(session: Session, now: datetime, waiting: Waiting, actor: str) -> None:
    """Where everybody stands whom this finding held in suspense: its checks count from now on."""
    settle(session, possible_for(waiting.finding) | held_by(waiting.finding), now, actor=actor)


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
        url=link_of(waiting),
    )
    return enter_document(session, now, entering, actor=actor)


def _process_of(session: Session, now: datetime, source: Source, actor: str) -> Process:
    offer = offer_of(source)
    key = str(source.settings.get("process") or (offer.kind.value if offer else ""))
    process = entries.process_by_key(session, key) if key else None
    if process is None and offer is None:
        raise NotAccepted(
            [refuse("document", "Choose a document: this source names no process that new items belong to.")]
        )
    if process is None:
        assert offer is not None  # noqa: S101 - refused above
        entering = EnterProcess(
            name=str(option(source, "process_name") or kinds()[offer.kind].in_language("en").many),
            kind=offer.kind,
            key=key,
            jurisdiction=offer.jurisdiction,
            url=public_address(source, source.address),
        )
        process = enter_process(session, now, entering, actor=actor)
    source.process_id = process.id
    return process
