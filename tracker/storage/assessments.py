"""Verdicts on what came back."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Verdict
from tracker.storage.tables import Assessment, AssessmentResponse, Group


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the group that gave it and the responses it is on."""

    assessment: Assessment
    group: Group | None
    response_ids: tuple[int, ...]


def verdicts_on(session: Session, obligation_id: int) -> list[Judged]:
    """The verdicts on an obligation that stand, oldest first."""
    wanted = (
        select(Assessment, Group)
        .outerjoin(Group, col(Group.id) == col(Assessment.group_id))
        .where(col(Assessment.obligation_id) == obligation_id, *_STANDS)
        .order_by(col(Assessment.recorded_at), col(Assessment.id))
    )
    found = session.execute(wanted).all()
    return [Judged(row[0], row[1], judged_by(session, row[0].id or 0)) for row in found]


def judged_by(session: Session, assessment_id: int) -> tuple[int, ...]:
    """The responses in the set an assessment judges."""
    wanted = select(col(AssessmentResponse.response_id)).where(
        col(AssessmentResponse.assessment_id) == assessment_id
    )
    return tuple(sorted(session.execute(wanted).scalars()))


def with_one_reader(session: Session, limit: int = 50) -> list[Assessment]:
    """Verdicts “not an answer” given here that only one person has read, oldest first."""
    wanted = (
        select(Assessment)
        .where(
            col(Assessment.verdict) == Verdict.NOT,
            col(Assessment.countersigned_at).is_(None),
            col(Assessment.taken_over_from) == "",
            *_STANDS,
        )
        .order_by(col(Assessment.recorded_at), col(Assessment.id))
        .limit(limit)
    )
    return list(session.execute(wanted).scalars())


_STANDS = (col(Assessment.superseded_at).is_(None), col(Assessment.withdrawn_at).is_(None))
