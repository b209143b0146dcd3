"""Acts that ended many duties at once, what they ended, and what an editor has still to decide."""

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.entries import Owed, owed
from tracker.storage.tables import (
    ClockEntry,
    Document,
    EndingAct,
    EndingQuestion,
    Item,
    Obligation,
    Process,
)


def owed_under(session: Session, process_id: int, document_id: int | None = None) -> list[Owed]:
    """All that is owed about the public items of a process, or of one document of it."""
    wanted = (
        select(col(Obligation.id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .where(
            col(Item.process_id) == process_id,
            col(Item.visibility).not_in([Visibility.DRAFT, Visibility.WITHHELD]),
            col(Obligation.superseded_at).is_(None),
        )
    )
    if document_id is not None:
        wanted = wanted.where(col(Item.document_id) == document_id)
    return owed(session, [id_ for id_ in session.execute(wanted).scalars() if id_ is not None])


def act_by_id(session: Session, id_: int) -> EndingAct | None:
    """The act of an id."""
    return session.get(EndingAct, id_)


def entries_of(session: Session, act_id: int) -> list[ClockEntry]:
    """The entries of an act that stand."""
    wanted = select(ClockEntry).where(
        col(ClockEntry.act_id) == act_id, col(ClockEntry.superseded_at).is_(None)
    )
    return list(session.execute(wanted.order_by(col(ClockEntry.id))).scalars())


def questions_of(session: Session, act_id: int) -> list[EndingQuestion]:
    """What an act left to be decided, decided since or not."""
    wanted = select(EndingQuestion).where(col(EndingQuestion.act_id) == act_id)
    return list(session.execute(wanted.order_by(col(EndingQuestion.id))).scalars())


def undecided(session: Session, limit: int = 30) -> list[tuple[EndingAct, Process, Document | None, int]]:
    """The acts that still wait for decisions, and how many: the oldest first."""
    wanted = (
        select(EndingAct, Process, Document, col(EndingQuestion.id))
        .join(EndingQuestion, col(EndingQuestion.act_id) == col(EndingAct.id))
        .join(Process, col(Process.id) == col(EndingAct.process_id))
        .outerjoin(Document, col(Document.id) == col(EndingAct.document_id))
        .where(col(EndingQuestion.ends).is_(None), col(EndingAct.superseded_at).is_(None))
        .order_by(col(EndingAct.id))
    )
    found: dict[int, tuple[EndingAct, Process, Document | None, int]] = {}
    for act, process, document, _ in session.execute(wanted).all():
        count = found[act.id][3] if act.id in found else 0
        found[act.id] = (act, process, document, count + 1)
    return list(found.values())[:limit]
