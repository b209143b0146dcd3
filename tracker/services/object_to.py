"""A body objects, through a verified contact: what it says stands beside the flag at once, and moves no standing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from scrapers.walk import Refused as NotFetched
from tracker.domain.letter import OBJECTED
from tracker.domain.link_tokens import Seal
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import EventKind, ObjectionKind, ObjectionState
from tracker.services.choose import not_ahead
from tracker.services.enter_process import kept, url_complaints
from tracker.services.keep_upload import keep_upload, upload_complaints
from tracker.services.record_event import record_event
from tracker.services.told_finding import BODY, Told, put_in_queue
from tracker.services.write_letter import write_letter
from tracker.storage import entries, objections
from tracker.storage.entries import Owed, id_of
from tracker.storage.lines import lines, moment
from tracker.storage.tables import Body, BodyContact, Objection

K = ObjectionKind
LONGEST_TEXT = 5000
LONGEST_URL, LONGEST_BODY = 2000, 300
MOST_AT_ONCE = 500
MOST_A_DAY = 1000
"""Entries one contact may object to in a day."""
DAY = timedelta(days=1)
Vet = Callable[[str], object]
"""The gate's look at an address; raises ValueError or an error of the gate with a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objecting:
    """What a contact says about one or many of their body's entries."""

    kind: ObjectionKind | None
    """Nothing where none was chosen: that is complained about like the rest."""
    obligations: tuple[int, ...]
    url: str = ""
    said_on: date | None = None
    """Answered on, or extended until."""
    said_body: str = ""
    text: str = ""
    """For the editors; not published."""
    document: bytes = b""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        if not self.obligations:
            yield refuse("obligations", "Tick at least one entry.")
        if len(self.obligations) > MOST_AT_ONCE:
            yield refuse("obligations", "Tick at most %(most)s entries at once.", most=MOST_AT_ONCE)
        if len(self.text) > LONGEST_TEXT:
            yield refuse("text", "Use at most %(most)s letters.", most=LONGEST_TEXT)
        yield from _name_complaints(self.said_body)
        if len(self.url) > LONGEST_URL:
            yield refuse("url", "This address is too long.")
        yield from url_complaints("url", self.url)
        if self.document:
            yield from upload_complaints(self.document)
        if self.kind is None:
            yield refuse("kind", "Choose one of the list.")
        else:
            yield from _NEEDS[self.kind](self)

    @property
    def chosen(self) -> ObjectionKind:
        """The kind, once nothing is to be complained about."""
        if self.kind is None:
            raise ValueError("No kind of objection was chosen.")
        return self.kind


def _name_complaints(name: str) -> Iterator[Refused]:
    """It is public at once, and stays in the log: a body's name, no address of anybody."""
    if len(name.strip()) > LONGEST_BODY:
        yield refuse("said_body", "Use at most %(most)s letters.", most=LONGEST_BODY)
    if "@" in name or "://" in name:
        yield refuse("said_body", "Give the name of the body only: it is public at once.")


def _we_answered(said: Objecting) -> Iterator[Refused]:
    if not said.url and not said.document:
        yield refuse("url", "Give the address of the answer, or upload it.")
    if said.said_on is None:
        yield refuse("said_on", "Say on which day the body answered.")


def _wrong_body(said: Objecting) -> Iterator[Refused]:
    if not said.said_body.strip():
        yield refuse("said_body", "Say who owes the answer instead.")


def _wrong_date(said: Objecting) -> Iterator[Refused]:
    if said.said_on is None and not said.text.strip():
        yield refuse("text", "Say which date is right, and what it rests on.")


def _extended(said: Objecting) -> Iterator[Refused]:
    if said.said_on is None:
        yield refuse("said_on", "Say until which day it was extended.")
    if not said.url and not said.document:
        yield refuse("url", "Give the address of the document that extends it, or upload it.")


def _private_reply(said: Objecting) -> Iterator[Refused]:
    if said.said_on is None and not said.text.strip():
        yield refuse("said_on", "Say on which day the reply was sent, or to whom.")


_NEEDS: dict[ObjectionKind, Callable[[Objecting], Iterator[Refused]]] = {
    K.WE_ANSWERED: _we_answered,
    K.WRONG_BODY: _wrong_body,
    K.WRONG_DATE: _wrong_date,
    K.EXTENDED: _extended,
    K.PRIVATE_REPLY: _private_reply,
}
_PAST = frozenset({K.WE_ANSWERED, K.PRIVATE_REPLY})
"""Where the day that is said has happened."""


def object_to(
    session: Session, now: datetime, contact: BodyContact, said: Objecting, seal: Seal, vet: Vet | None = None
) -> str:
    """Put the objection beside every entry it names and before the editors; the number of the receipt."""
    insist(complaints_about(session, now, contact, said, vet))
    owed = _theirs(session, contact, said.obligations, now)
    digest = keep_upload(session, said.document, now) if said.document else None
    rows = [_row(session, contact, said, one, digest, now) for one in owed]
    number = f"O-{now.year}-{rows[0].id}"
    finding_id = _queued(session, said, owed, digest, number, now)
    for row, one in zip(rows, owed, strict=True):
        row.number, row.finding_id = number, finding_id
        _tell(session, row, one, now)
    session.flush()
    write_letter(
        session,
        now,
        OBJECTED,
        contact.address,
        seal=seal,
        language=contact.language,
        link=f"page:{contact.id}",
        said={"number": number, "count": len(rows)},
    )
    return number


def complaints_about(
    session: Session, now: datetime, contact: BodyContact, said: Objecting, vet: Vet | None = None
) -> list[Refused]:
    """All that is wrong with what a contact says, at once."""
    owed = _theirs(session, contact, said.obligations, now)
    day = said.said_on if said.kind in _PAST else None
    return [
        *said.complaints(),
        *_not_theirs(said, owed),
        *not_ahead("said_on", day, owed, now),
        *vetted("url", said.url, vet),
        *_too_many(session, contact, said, now),
    ]


def _theirs(session: Session, contact: BodyContact, ids: Sequence[int], now: datetime) -> list[Owed]:
    """Those of the entries that are public and that the contact's body owes, or owes since another owed them."""
    asked = list(dict.fromkeys(ids))[:MOST_AT_ONCE]
    found = lines(session, ListQuery(ListName.ALL), moment(now), ids=asked)
    key = session.get_one(Body, contact.body_id).key
    own = {line.id for line in found if key in (line.body_key, line.debtor_key)}
    return [one for one in entries.owed(session, asked) if one.id in own]


def _not_theirs(said: Objecting, owed: Sequence[Owed]) -> Iterator[Refused]:
    if len(owed) != len(set(said.obligations)):
        yield refuse("obligations", "Tick entries of this body only.")


def vetted(field: str, url: str, vet: Vet | None) -> Iterator[Refused]:
    """Whether the gate would fetch an address: nobody is sent to one it would not."""
    if not url or vet is None:
        return
    try:
        vet(url)
    except NotFetched:
        yield refuse(field, "This address cannot be reached from the open web: give the public one.")


def _too_many(session: Session, contact: BodyContact, said: Objecting, now: datetime) -> Iterator[Refused]:
    before = objections.since(session, contact.id or 0, now - DAY)
    if before + len(said.obligations) > MOST_A_DAY:
        yield refuse("obligations", "This is more than anybody can look into in a day: go on tomorrow.")


def _row(
    session: Session, contact: BodyContact, said: Objecting, one: Owed, digest: str | None, now: datetime
) -> Objection:
    return kept(
        session,
        Objection(
            obligation_id=one.id,
            kind=said.chosen,
            state=ObjectionState.OPEN,
            text=said.text.strip(),
            url=said.url,
            verified_at=contact.verified_at,
            said_on=said.said_on,
            said_body=said.said_body.strip(),
            contact_id=contact.id,
            page_sha256=digest,
            recorded_at=now,
            recorded_by="body",
        ),
    )


def _queued(
    session: Session, said: Objecting, owed: Sequence[Owed], digest: str | None, number: str, now: datetime
) -> int | None:
    """An answer that is named is a finding for the reviewers."""
    if said.kind is not K.WE_ANSWERED:
        return None
    told = Told(
        by=BODY,
        owed=owed,
        link=said.url,
        note=said.text.strip(),
        answered_on=said.said_on,
        page_sha256=digest,
        number=number,
    )
    return id_of(put_in_queue(session, told, now))


def _tell(session: Session, row: Objection, one: Owed, now: datetime) -> None:
    detail: dict[str, object] = {"objection": row.kind.value, "number": row.number or ""}
    if row.said_on:
        detail["said_on"] = row.said_on.isoformat()
    if row.said_body:
        detail["said_body"] = row.said_body
    record_event(
        session,
        EventKind.OBJECTED,
        now=now,
        happened_on=now.date(),
        obligation=one.obligation,
        actor="body",
        detail=detail,
    )
