"""Withholds an object or a page kept as evidence, or shows it by link only; in every copy, with a tombstone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, SQLModel

from tracker.domain.ledger import digest
from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.enter_process import url_complaints
from tracker.services.named_pages import spoken
from tracker.services.note_fact import note_fact
from tracker.services.record_event import record_event
from tracker.services.revise import remember
from tracker.storage import entries, withheld
from tracker.storage.tables import Body, Document, Item, Page, Process, Response
from tracker.storage.turns import count_alone

LONGEST_REASON = 1000
KINDS: Mapping[str, type[SQLModel]] = {
    "item": Item,
    "document": Document,
    "response": Response,
    "evidence": Page,
    "process": Process,
    "body": Body,
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be withheld: its kind, its key and its row."""

    kind: str
    key: str
    row: Any


def find_one(session: Session, key: str, kind: str | None = None) -> Thing:
    """The one thing of that key; NotAccepted where there is none, or where it could be several."""
    found = [
        Thing(name, key, row)
        for name, table in KINDS.items()
        if kind in (None, name) and (row := withheld.row_of(session, table, key)) is not None
    ]
    if not found:
        raise NotAccepted(
            [
                refuse(
                    "key",
                    "There is no item, document, response, page, process or body “%(key)s”.",
                    key=key[:80],
                )
            ]
        )
    if len(found) > 1:
        kinds = ", ".join(one.kind for one in found)
        raise NotAccepted(
            [refuse("key", "“%(key)s” is several things (%(kinds)s): say which.", key=key, kinds=kinds)]
        )
    return found[0]


def withhold(
    session: Session,
    now: datetime,
    thing: Thing,
    reason: str,
    *,
    link_only: bool = False,
    actor: str,
    user_id: int | None = None,
) -> None:
    """From now on it is nowhere, or only where its address is known; its place keeps a tombstone with the reason."""
    wanted = Visibility.LINK_ONLY if link_only else Visibility.WITHHELD
    insist([*_draft(thing), *_public_reason(reason)])
    if thing.kind == "evidence" and thing.row.visibility is Visibility.WITHHELD and link_only:
        insist(_of_persons(session, thing))
    count_alone(session)
    before = thing.row.visibility
    _remember(session, now, thing, reason, user_id)
    thing.row.visibility = wanted
    withheld.bury(
        session, thing.kind, thing.key, wanted, _hash_of(thing), reason.strip()[:LONGEST_REASON], now
    )
    if before is not wanted:
        _tell(session, now, thing, wanted, reason, actor)
    session.flush()


def let_out(
    session: Session, now: datetime, thing: Thing, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """Public from now on: what was withheld comes back, evidence that was shown by link only is released."""
    insist([*_draft(thing), *_taken_out(session, thing), *_of_persons(session, thing)])
    if thing.row.visibility is Visibility.PUBLIC:
        insist([refuse("key", "This is public already.")])
    count_alone(session)
    _remember(session, now, thing, reason, user_id)
    thing.row.visibility = Visibility.PUBLIC
    withheld.unbury(session, thing.kind, thing.key)
    _tell(session, now, thing, Visibility.PUBLIC, reason, actor)
    session.flush()


def note_archive(session: Session, now: datetime, page: Thing, address: str, *, actor: str) -> None:
    """Where a public archive has a copy of a page; empty takes the link away. The log binds the address by its hash."""
    insist(list(url_complaints("archive_url", address)))
    before, page.row.archive_url = page.row.archive_url, spoken(address)[:2000] or None
    if before != page.row.archive_url:
        said = {"page": page.key, "sha256": digest(page.row.archive_url)}
        note_fact(session, now, "archived", detail=said, actor=actor)
    session.flush()


def _draft(thing: Thing) -> list[Any]:
    draft = thing.row.visibility is Visibility.DRAFT
    return [refuse("key", "This is a draft: nobody sees it yet.")] if draft else []


def _public_reason(reason: str) -> list[Any]:
    return [] if reason.strip() else [refuse("reason", "Say why, in words for the public.")]


def _taken_out(session: Session, thing: Thing) -> list[Any]:
    """An item that was withdrawn as a mistake has lost its duties: it does not come back by itself."""
    gone = (
        thing.kind == "item"
        and thing.row.visibility is Visibility.WITHHELD
        and not entries.owed_for_item(session, entries.id_of(thing.row))
    )
    return [refuse("key", "This item was withdrawn as a mistake: enter it anew.")] if gone else []


def _of_persons(session: Session, thing: Thing) -> list[Any]:
    """Withheld from the start, by its source: no editor's doing, and not an editor's to undo."""
    held = thing.kind == "evidence" and thing.row.visibility is Visibility.WITHHELD
    by_source = held and withheld.tombstone(session, thing.kind, thing.key) is None
    never = refuse(
        "key", "This page was read from a source whose pages name private persons: it is never shown."
    )
    return [never] if by_source else []


def _hash_of(thing: Thing) -> str:
    """Of what stood there: the page's own, else of the words that were public."""
    if thing.kind == "evidence":
        return str(thing.key)
    words = "\n".join(str(getattr(thing.row, name, "") or "") for name in ("title", "name", "text", "url"))
    return sha256(words.encode("utf-8", "replace")).hexdigest()


def _remember(session: Session, now: datetime, thing: Thing, reason: str, user_id: int | None) -> None:
    if thing.kind != "evidence":
        remember(session, now, thing.row, reason, user_id)


def _tell(session: Session, now: datetime, thing: Thing, wanted: Visibility, reason: str, actor: str) -> None:
    """Not tied to the thing: what is about a withheld thing is not shown, and this has to be.

    A key is made of a title, and is the address: the log binds it by its hash, also that of what is shown again, for it
    may go out of sight once more. The key of a page is the hash of its bytes.
    """
    process_id = getattr(thing.row, "process_id", None)
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=now.date(),
        process=session.get(Process, process_id) if process_id else None,
        actor=actor,
        detail={
            "what": "visibility",
            "of": thing.kind,
            **({"key": thing.key} if thing.kind == "evidence" else {"key_sha256": digest(thing.key)}),
            "now": wanted.value,
            "reason": reason.strip()[:LONGEST_REASON],
        },
    )
