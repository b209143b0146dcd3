"""Letters that wait to be sent: claimed by moving the next try, forgotten once sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import false, func, or_, select, update
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Body, Document, Item, Letter, Process


def add(session: Session, letter: Letter) -> Letter:
    """Queue one."""
    session.add(letter)
    session.flush()
    return letter


def get(session: Session, letter_id: int) -> Letter | None:
    """The letter of that id."""
    return session.get(Letter, letter_id)


def next_due(session: Session, now: datetime) -> Letter | None:
    """The one that is due for longest."""
    wanted = select(Letter).where(col(Letter.next_at) <= now).order_by(col(Letter.next_at), col(Letter.id))
    return session.execute(wanted.limit(1)).scalar_one_or_none()


def may_be_told(session: Session, about: Mapping[str, Any]) -> bool:
    """Whether the item with all it stands in, and the body, that a letter names are still public."""
    wanted: list[Any] = []
    if "item" in about:
        seen = [col(one.visibility) == Visibility.PUBLIC for one in (Item, Document, Process)]
        item = select(col(Item.id)).join(Document, col(Document.id) == col(Item.document_id))
        item = item.join(Process, col(Process.id) == col(Item.process_id))
        wanted.append(item.where(col(Item.key) == about["item"], *seen))
    if "body" in about:
        public = col(Body.visibility) == Visibility.PUBLIC
        wanted.append(select(col(Body.id)).where(col(Body.key) == about["body"], public))
    return all(session.execute(one).first() is not None for one in wanted)


def claim(session: Session, letter: Letter, now: datetime, lease: timedelta) -> bool:
    """Take it for sending; False where another worker was first."""
    taken = session.execute(
        update(Letter)
        .where(col(Letter.id) == letter.id, col(Letter.next_at) == letter.next_at)
        .values(next_at=now + lease, attempts=letter.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(letter)
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def held(session: Session, letter_id: int, until: datetime | None) -> Letter | None:
    """A letter that waits under that very lease, kept from others for the transaction; None where it does not."""
    wanted = select(Letter).where(col(Letter.id) == letter_id, col(Letter.next_at) == until)
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return session.execute(locked).scalar_one_or_none() if until is not None else None


def given_up(session: Session, letter_id: int) -> Letter | None:
    """A letter that was given up and not sent; None where it waits, or went."""
    wanted = select(Letter).where(
        col(Letter.id) == letter_id, col(Letter.next_at).is_(None), col(Letter.sent_at).is_(None)
    )
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return session.execute(locked).scalar_one_or_none()


def sent_since(session: Session, kind: str, address_hash: str, since: datetime) -> int:
    """How many of a kind were queued to an address since an instant."""
    wanted = select(func.count(col(Letter.id))).where(
        col(Letter.kind) == kind, col(Letter.address_hash) == address_hash, col(Letter.queued_at) > since
    )
    return int(session.execute(wanted).scalar_one())


def queued_since(session: Session, kind: str, since: datetime) -> int:
    """How many of a kind were queued to anybody since an instant."""
    wanted = select(func.count(col(Letter.id))).where(col(Letter.kind) == kind, col(Letter.queued_at) > since)
    return int(session.execute(wanted).scalar_one())


def unsent_before(session: Session, before: datetime, most: int) -> list[Letter]:
    """Those queued before an instant that still hold an address."""
    wanted = select(Letter).where(col(Letter.queued_at) < before, col(Letter.address) != "")
    return list(session.execute(wanted.order_by(col(Letter.id)).limit(most)).scalars())


def hashed_before(session: Session, before: datetime, most: int) -> list[Letter]:
    """Those that are over, were queued before an instant and still hold the hash of an address."""
    wanted = select(Letter).where(
        col(Letter.queued_at) < before, col(Letter.address) == "", col(Letter.address_hash) != ""
    )
    return list(session.execute(wanted.order_by(col(Letter.id)).limit(most)).scalars())


def waiting(session: Session, most: int = 100) -> list[Letter]:
    """Those that have not been sent, the newest first."""
    wanted = select(Letter).where(col(Letter.next_at).is_not(None), col(Letter.sent_at).is_(None))
    return list(session.execute(wanted.order_by(col(Letter.id).desc()).limit(most)).scalars())


def give_up(session: Session, address_hash: str, spelt: str, why: str) -> int:
    """Letters that wait for an address, however it is spelt, are not sent, and it is forgotten; how many."""
    by_hash, by_spelling = col(Letter.address_hash) == address_hash, func.lower(col(Letter.address)) == spelt
    meant = [one for one, given in ((by_hash, address_hash), (by_spelling, spelt)) if given]
    waiting = update(Letter).where(or_(false(), *meant), col(Letter.next_at).is_not(None))
    done = session.execute(
        waiting.values(next_at=None, address="", said={}, subject="", error=why).execution_options(
            synchronize_session=False
        )
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
