"""The trail of the review: what people did with findings, and what that made."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from tracker.domain.words import FindingState
from tracker.storage.tables import AssessmentResponse, Finding, FindingDecision, Happening, User, Watch


def standing_last(session: Session, user_id: int, since: datetime) -> FindingDecision | None:
    """What a person decided last, from an instant on, and has not undone."""
    wanted = select(FindingDecision).where(
        col(FindingDecision.user_id) == user_id,
        col(FindingDecision.undone_at).is_(None),
        col(FindingDecision.decided_at) >= since,
    )
    newest = wanted.order_by(col(FindingDecision.id).desc()).limit(1)
    return session.execute(newest).scalar_one_or_none()


def of_finding(session: Session, finding_id: int) -> list[FindingDecision]:
    """All that was done with a finding, the oldest first, what was undone included."""
    wanted = select(FindingDecision).where(col(FindingDecision.finding_id) == finding_id)
    return list(session.execute(wanted.order_by(col(FindingDecision.id))).scalars())


def mark_undone(session: Session, decision_id: int, now: datetime) -> bool:
    """Take the right to undo a decision: False where somebody has undone it already."""
    wanted = (
        update(FindingDecision)
        .where(col(FindingDecision.id) == decision_id, col(FindingDecision.undone_at).is_(None))
        .values(undone_at=now)
    )
    taken = session.execute(wanted.execution_options(synchronize_session=False))
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def open_again(session: Session, finding_id: int) -> bool:
    """A decided finding waits again; False where it is open already, or was set aside."""
    decided = (FindingState.ACCEPTED, FindingState.REJECTED, FindingState.SPLIT)
    wanted = (
        update(Finding)
        .where(col(Finding.id) == finding_id, col(Finding.state).in_(decided))
        .values(
            state=FindingState.OPEN,
            decided_at=None,
            decided_by_id=None,
            decision_note="",
            response_id=None,
            later_until_at=None,
        )
    )
    taken = session.execute(wanted.execution_options(synchronize_session=False))
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def parts_of(session: Session, finding_id: int) -> list[Finding]:
    """The findings that one was split into, by all who ever split it."""
    wanted = select(Finding).where(col(Finding.part_of_id) == finding_id)
    fresh = {"populate_existing": True}
    return list(session.execute(wanted.order_by(col(Finding.id)), execution_options=fresh).scalars())


def is_judged(session: Session, response_ids: list[int]) -> bool:
    """Whether anybody has judged one of these responses."""
    wanted = select(col(AssessmentResponse.response_id)).where(
        col(AssessmentResponse.response_id).in_(response_ids)
    )
    return session.execute(wanted.limit(1)).first() is not None


def watches(session: Session, ids: list[int]) -> list[Watch]:
    """The watched pages of these ids that are still watched."""
    wanted = select(Watch).where(col(Watch.id).in_(ids), col(Watch.superseded_at).is_(None))
    return list(session.execute(wanted).scalars())


def note(session: Session, happening_id: int) -> Happening | None:
    """The note on a timeline of that id."""
    return session.get(Happening, happening_id)


def name_of(session: Session, user_id: int | None) -> str:
    """The address of a person, for colleagues' eyes only."""
    person = session.get(User, user_id) if user_id is not None else None
    return person.email if person else ""
