"""Take out what was entered by mistake: a whole item, or one addressee of it. The log says so and why."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.record_event import record_event
from tracker.services.revise import remember
from tracker.services.take_back import reason_needed
from tracker.storage import entries, segments
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import Item, Process, Withheld


def withdraw_item(
    session: Session, now: datetime, item: Item, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """The item leaves every list at once; its address keeps a tombstone with the reason, unless it was a draft."""
    gone = item.visibility is Visibility.WITHHELD
    insist(
        [*reason_needed(reason), *([refuse("reason", "This entry is withdrawn already.")] if gone else [])]
    )
    was_draft = item.visibility is Visibility.DRAFT
    remember(session, now, item, reason, user_id)
    item.visibility = Visibility.WITHHELD
    _end(session, now, entries.owed_for_item(session, id_of(item)))
    if not was_draft:
        _bury(session, now, item, reason.strip(), actor)
    session.flush()


def _bury(session: Session, now: datetime, item: Item, reason: str, actor: str) -> None:
    session.add(
        Withheld(
            object_kind="item",
            object_key=item.key,
            visibility=Visibility.WITHHELD,
            reason=reason,
            recorded_at=now,
        )
    )
    # Not tied to the item: what is about a withheld item is not shown, and this has to be.
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=now.date(),
        process=session.get(Process, item.process_id),
        actor=actor,
        detail={"what": "item_withdrawn", "item": item.key, "reason": reason},
    )


def remove_addressee(
    session: Session,
    now: datetime,
    obligation_id: int,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """The body was never asked: all it was said to owe about the item goes, as if it had not been entered."""
    found = entries.owed(session, [obligation_id])
    missing = [] if found else [refuse("obligation", "There is no obligation %(id)s.", id=obligation_id)]
    insist([*reason_needed(reason), *missing])
    [one] = found
    about = entries.owed_for_item(session, id_of(one.item))
    its = [other for other in about if other.addressee.id == one.addressee.id]
    if len(its) == len(about):
        insist([refuse("reason", "It is the only body here: withdraw the whole item instead.")])
    remember(session, now, one.addressee, reason, user_id)
    _end(session, now, its)
    if one.item.visibility is not Visibility.DRAFT:
        for owed in its:
            record_event(
                session,
                EventKind.CORRECTED,
                now=now,
                happened_on=now.date(),
                obligation=owed.obligation,
                actor=actor,
                detail={"what": "addressee_removed", "reason": reason.strip()},
            )
    session.flush()


def _end(session: Session, now: datetime, owing: Iterable[Owed]) -> None:
    for one in owing:
        segments.replace(session, one.id, [], now)
        one.obligation.superseded_at = now
        one.addressee.superseded_at = now
