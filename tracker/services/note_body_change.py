"""Put on record what happened to a body: from which day, why, where that stands; and tell it in the log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, refuse
from tracker.domain.succession import BodyChangeKind, Passing
from tracker.domain.words import EventKind, Visibility
from tracker.domain.zones import today_in, zone_of
from tracker.services.enter_process import kept, url_complaints
from tracker.services.record_event import record_event
from tracker.services.take_back import reason_needed
from tracker.storage import entries
from tracker.storage.entries import id_of
from tracker.storage.successions import links
from tracker.storage.tables import Body, BodyChange, BodySuccession


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """From which day a change works, why, and the address where that is published."""

    works_from_on: date
    """A day where the body is."""
    reason: str
    source_url: str = ""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from reason_needed(self.reason)
        yield from url_complaints("source_url", self.source_url)


def has_come(body: Body, day: date, now: datetime) -> Iterator[Refused]:
    """A change that shows at once cannot be entered ahead of its day."""
    today = today_in(body.zone or zone_of(body.jurisdiction), now)
    if day > today:
        yield refuse(
            "works_from_on",
            "This changes what is shown at once: enter it on %(day)s or later.",
            day=day.isoformat(),
        )


def note_change(
    session: Session,
    now: datetime,
    body: Body,
    kind: BodyChangeKind,
    said: Happened,
    detail: Mapping[str, object],
    *,
    actor: str,
) -> BodyChange:
    """The row of a change, and its entry in the log unless the body is a draft."""
    row = BodyChange(
        body_id=id_of(body),
        kind=kind,
        works_from_on=said.works_from_on,
        reason=said.reason.strip(),
        source_url=said.source_url,
        detail=dict(detail),
        recorded_at=now,
        recorded_by=actor,
    )
    kept(session, row)
    tell_change(session, now, body, row, f"body_{kind.value}", said.reason, actor)
    return row


def tell_change(
    session: Session, now: datetime, body: Body, row: BodyChange, what: str, reason: str, actor: str
) -> None:
    """One entry in the log."""
    if body.visibility is Visibility.DRAFT:
        return
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=row.works_from_on,
        body=body,
        actor=actor,
        detail={"what": what, "reason": reason.strip(), "source_url": row.source_url, **row.detail},
    )


def one_body(session: Session, field: str, name: str) -> tuple[Body | None, list[Refused]]:
    """The one body of that key, name or alias, or what is wrong with it."""
    found = entries.bodies_named(session, name) if name.strip() else []
    if len(found) == 1:
        return found[0], []
    if not found:
        return None, [
            refuse(
                field,
                "No body is called “%(name)s”: enter it first, or choose one of the list.",
                name=name[:80],
            )
        ]
    keys = ", ".join(body.key for body in found[:5])
    return None, [refuse(field, "“%(name)s” could be %(keys)s: give the key.", name=name[:80], keys=keys)]


def link_complaints(session: Session, field: str, body: Body, successor: Body) -> Iterator[Refused]:
    """A body cannot come after itself, directly or in a circle."""
    if body.id == successor.id:
        yield refuse(field, "That is the same body.")
        return
    if _leads_back(session, id_of(body), id_of(successor)):
        yield refuse(
            field, "%(name)s came before this one: the two would follow each other.", name=successor.name
        )


def _leads_back(session: Session, body_id: int, successor_id: int) -> bool:
    """Whether the body itself comes after the successor, by whatever links."""
    after: dict[int, set[int]] = {}
    for link in links(session):
        after.setdefault(link.body_id, set()).add(link.successor_id)
    seen: set[int] = set()
    edge = {successor_id}
    while edge:
        seen |= edge
        edge = {found for id_ in edge for found in after.get(id_, ())} - seen
    return body_id in seen


def link_rows(
    session: Session,
    now: datetime,
    change: BodyChange,
    pairs: Sequence[tuple[Body, Body, int | None]],
    passing: Passing,
    actor: str,
) -> None:
    """The links of a change: from a body to the one after it, of everything or of one obligation."""
    session.add_all(
        BodySuccession(
            body_id=id_of(body),
            successor_id=id_of(successor),
            works_from_on=change.works_from_on,
            reason=change.reason,
            source_url=change.source_url,
            passing=passing,
            obligation_id=obligation_id,
            change_id=id_of(change),
            recorded_at=now,
            recorded_by=actor,
        )
        for body, successor, obligation_id in pairs
    )
    session.flush()
