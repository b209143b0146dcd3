"""What accounts want to be told, whose turn it is, and what each was told: written with the letter."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlmodel import Session, col

from tracker.domain.alerting import Reader, Topic
from tracker.domain.permissions import Acting
from tracker.storage.many import insert_many
from tracker.storage.tables import AlertTold, AlertWish, Letter, Membership, User

CHANNEL = "email"
Told = dict[int, set[tuple[str, str]]]
"""By account the topics and names it was told of."""


def wish(session: Session, user_id: int) -> AlertWish | None:
    """What an account wants; None where nobody looked at it yet."""
    return session.get(AlertWish, user_id)


def held(session: Session, user_id: int) -> AlertWish | None:
    """What an account wants, held until the end of the transaction: no worker tells it meanwhile."""
    return session.get(AlertWish, user_id, with_for_update=True)


def add(session: Session, rows: Iterable[AlertWish]) -> None:
    """Keep wishes."""
    session.add_all(rows)
    session.flush()


def queue(session: Session, letters: Sequence[Letter]) -> dict[str, int]:
    """Keep letters; their ids by what their links act on."""
    insert_many(session, Letter, letters)
    kinds, at = {one.kind for one in letters}, {one.queued_at for one in letters}
    wanted = select(col(Letter.subject), func.max(col(Letter.id))).where(
        col(Letter.subject).in_([one.subject for one in letters]),
        col(Letter.kind).in_(kinds),
        col(Letter.queued_at).in_(at),
    )
    rows = session.execute(wanted.group_by(col(Letter.subject))).all() if letters else []
    return {row[0]: row[1] for row in rows}


def keep_told(session: Session, rows: Sequence[AlertTold]) -> None:
    """Write down what was told, in one statement."""
    insert_many(session, AlertTold, rows)


def move_on(session: Session, rows: Sequence[AlertWish]) -> None:
    """Write down when accounts are looked at next and what was queued for them, in one statement."""
    moved: dict[str, Any] = {
        name: bindparam(f"new_{name}")
        for name in ("soon_at", "daily_at", "weekly_at", "next_at", "told_at", "letter_id")
    }
    table = AlertWish.__table__  # type: ignore[attr-defined]
    change = update(table).where(table.c.user_id == bindparam("of")).values(moved)
    values = [{"of": row.user_id} | {f"new_{name}": getattr(row, name) for name in moved} for row in rows]
    for row in rows:
        session.expunge(row)
    session.connection().execute(change, values)


def without_wish(session: Session, most: int) -> list[int]:
    """Accounts that belong to a group and of which nothing is written down yet."""
    known = select(col(AlertWish.user_id)).where(col(AlertWish.user_id) == col(User.id))
    belongs = select(col(Membership.user_id)).where(col(Membership.user_id) == col(User.id))
    wanted = select(col(User.id)).where(~known.exists(), belongs.exists(), col(User.disabled_at).is_(None))
    # Two workers that both saw a new account would both write it down: one waits for the other.
    locked = wanted.order_by(col(User.id)).limit(most).with_for_update(of=User, skip_locked=True)
    return [row[0] for row in session.execute(locked).all()]


def due(session: Session, now: datetime, most: int) -> list[tuple[AlertWish, str]]:
    """The accounts whose turn it is, with their addresses; one whose last letter still waits has to wait too.

    Another worker's are passed by.
    """
    waits = select(col(Letter.id)).where(
        col(Letter.id) == col(AlertWish.letter_id),
        col(Letter.next_at).is_not(None),
        col(Letter.sent_at).is_(None),
    )
    wanted = (
        select(AlertWish, col(User.email))
        .join(User, col(User.id) == col(AlertWish.user_id))
        .where(
            col(AlertWish.next_at) <= now,
            col(AlertWish.stopped_at).is_(None),
            col(User.disabled_at).is_(None),
            ~waits.exists(),
        )
        .order_by(col(AlertWish.next_at), col(AlertWish.user_id))
        .limit(most)
        .with_for_update(of=AlertWish, skip_locked=True)
    )
    return [(row[0], row[1]) for row in session.execute(wanted).all()]


def readers(session: Session, user_ids: Collection[int]) -> dict[int, Reader]:
    """Accounts that are open, with their roles in each of their groups; no entry where there is none left."""
    wanted = (
        select(col(User.id), col(User.site_admin_at), col(Membership.role), col(Membership.group_id))
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(col(User.id).in_(sorted(user_ids)), col(User.disabled_at).is_(None))
        .order_by(col(Membership.group_id))
    )
    roles: dict[int, list[Acting]] = defaultdict(list)
    for user_id, site_admin_at, role, group_id in session.execute(wanted).all():
        roles[user_id].append(Acting(role, group_id, site_admin_at is not None))
    return {user_id: Reader(user_id, tuple(them)) for user_id, them in roles.items()}


def told(session: Session, user_ids: Collection[int], lowest: Mapping[Topic, int]) -> Told:
    """What accounts were told of, of these topics, about rows from an id on."""
    found: Told = {user_id: set() for user_id in user_ids}
    parts = [
        (col(AlertTold.topic) == topic.value) & (col(AlertTold.row_id) >= row_id)
        for topic, row_id in lowest.items()
    ]
    if not parts:
        return found
    wanted = select(col(AlertTold.user_id), col(AlertTold.topic), col(AlertTold.thing)).where(
        col(AlertTold.user_id).in_(sorted(user_ids)), col(AlertTold.channel) == CHANNEL, or_(*parts)
    )
    for user_id, topic, thing in session.execute(wanted).all():
        found[user_id].add((topic, thing))
    return found


def take_back_unsent(session: Session, letter_ids: Collection[int]) -> None:
    """What stood in letters that were given up without being sent was not told."""
    wanted = sorted(letter_ids)
    if not wanted:
        return
    unsent = select(col(Letter.id)).where(
        col(Letter.id).in_(wanted), col(Letter.next_at).is_(None), col(Letter.sent_at).is_(None)
    )
    session.execute(
        delete(AlertTold)
        .where(col(AlertTold.letter_id).in_(unsent))
        .execution_options(synchronize_session=False)
    )


def wish_of_address(session: Session, address: str) -> AlertWish | None:
    """What the account of an address wants."""
    wanted = (
        select(AlertWish)
        .join(User, col(User.id) == col(AlertWish.user_id))
        .where(col(User.email) == address.strip().lower())
    )
    return session.execute(wanted).scalar_one_or_none()


def in_letter(session: Session, letter_id: int) -> dict[str, set[str]]:
    """By topic the names of what a letter is about."""
    wanted = select(col(AlertTold.topic), col(AlertTold.thing)).where(col(AlertTold.letter_id) == letter_id)
    found: dict[str, set[str]] = defaultdict(set)
    for topic, thing in session.execute(wanted).all():
        found[topic].add(thing)
    return dict(found)
