"""Verdicts on what came back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from tracker.domain.words import ObjectionState, Verdict, Visibility
from tracker.storage.tables import (
    Assessment,
    AssessmentResponse,
    Body,
    Group,
    Item,
    Objection,
    Obligation,
)


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


def against_body(session: Session, body_id: int, but: int) -> bool:
    """Whether another verdict that came of a body is no answer stands, countersigned or needing no second reader."""
    wanted = (
        select(col(Assessment.id))
        .join(Obligation, col(Obligation.id) == col(Assessment.obligation_id))
        .where(
            col(Obligation.body_id) == body_id,
            col(Assessment.verdict) == Verdict.NOT,
            col(Assessment.id) != but,
            col(Assessment.countersigned_at).is_not(None) | (col(Assessment.taken_over_from) != ""),
            *_STANDS,
        )
        .limit(1)
    )
    return session.execute(wanted).first() is not None


_STANDS = (col(Assessment.superseded_at).is_(None), col(Assessment.withdrawn_at).is_(None))


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A verdict that a second person has to read, with what it is about, and the day an objection was made to it."""

    assessment: Assessment
    group: Group | None
    item: Item
    body: Body
    contested_at: datetime | None


def for_second_reader(session: Session, limit: int = 200) -> list[Unsigned]:
    """Verdicts “not an answer”, and any to whose obligation an objection stands open; nobody has countersigned them."""
    objected = (
        select(
            col(Objection.obligation_id).label("obligation_id"),
            func.min(col(Objection.recorded_at)).label("objected_at"),
        )
        .where(col(Objection.state) == ObjectionState.OPEN, col(Objection.superseded_at).is_(None))
        .group_by(col(Objection.obligation_id))
        .subquery()
    )
    wanted = (
        select(Assessment, Group, Item, Body, objected.c.objected_at)
        .join(Obligation, col(Obligation.id) == col(Assessment.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .outerjoin(Group, col(Group.id) == col(Assessment.group_id))
        .outerjoin(objected, objected.c.obligation_id == col(Assessment.obligation_id))
        .where(
            or_(col(Assessment.verdict) == Verdict.NOT, objected.c.objected_at.is_not(None)),
            col(Assessment.countersigned_at).is_(None),
            col(Assessment.taken_over_from) == "",
            col(Item.visibility).in_((Visibility.PUBLIC, Visibility.LINK_ONLY)),
            *_STANDS,
        )
        .order_by(objected.c.objected_at.is_(None), col(Assessment.recorded_at), col(Assessment.id))
        .limit(limit)
    )
    return [Unsigned(*row) for row in session.execute(wanted).all()]
