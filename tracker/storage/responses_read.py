"""Responses, verdicts, checks and clock entries as the public may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Visibility
from tracker.storage.lines import Moment, conditions, joined, known
from tracker.storage.signers import public_signers
from tracker.storage.tables import (
    Assessment,
    AssessmentResponse,
    Body,
    Check,
    CheckObligation,
    ClockEntry,
    Group,
    Item,
    Obligation,
    Response,
    ResponseLine,
    Terms,
)


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """A public response, who spoke, and what it is for each obligation."""

    response: Response
    body: Body
    lines: tuple[tuple[ResponseLine, str], ...]
    """Each with the key of the obligation's item."""
    signers: tuple[Body, ...] = ()
    """The public bodies that signed it too."""

    @property
    def bodies(self) -> list[str]:
        """The keys of all that signed, the first first."""
        return [self.body.key, *(body.key for body in self.signers)]


@dataclass(frozen=True, slots=True)
class ReadVerdict:
    """A verdict, the deciding group's key, and the keys of the responses judged."""

    assessment: Assessment
    group_key: str
    response_keys: tuple[str, ...]
    quotes_hidden: bool = False
    """One of the responses judged is withheld: what was quoted from it is not said again."""

    @property
    def checklist(self) -> dict[str, object]:
        """Each point as it was ticked, without quotes that may come from what is withheld."""
        if not self.quotes_hidden:
            return self.assessment.checklist
        return {
            point: {**tick, "quote": ""} if isinstance(tick, dict) else tick
            for point, tick in self.assessment.checklist.items()
        }


def responses(
    session: Session,
    filters: Filters,
    at: Moment,
    *,
    limit: int,
    after_id: int = 0,
    obligation_id: int | None = None,
) -> list[ReadResponse]:
    """The next public responses after an id that belong to obligations the filters let through."""
    wanted = _joined(select(Response, Body)).where(*_conditions(session, filters, at, obligation_id))
    wanted = wanted.where(col(Response.id) > after_id).order_by(col(Response.id)).limit(limit)
    rows = [(row[0], row[1]) for row in session.execute(wanted).all()]
    ids = [response.id for response, _ in rows]
    by_response, signed = _lines(session, ids, at), public_signers(session, ids, at)
    return [
        ReadResponse(
            response, body, tuple(by_response.get(response.id, ())), tuple(signed.get(response.id, ()))
        )
        for response, body in rows
    ]


def count(session: Session, filters: Filters, at: Moment, *, obligation_id: int | None = None) -> int:
    """How many there are."""
    wanted = _joined(select(func.count(col(Response.id))))
    return int(session.execute(wanted.where(*_conditions(session, filters, at, obligation_id))).scalar_one())


def by_key(session: Session, key: str, at: Moment) -> ReadResponse | None:
    """One public response by its key."""
    wanted = _joined(select(Response, Body)).where(
        *_conditions(session, Filters(), at, None), col(Response.key) == key
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    id_ = row[0].id
    lines, signed = _lines(session, [id_], at), public_signers(session, [id_], at)
    return ReadResponse(row[0], row[1], tuple(lines.get(id_, ())), tuple(signed.get(id_, ())))


def verdicts(session: Session, obligation_id: int, at: Moment) -> list[ReadVerdict]:
    """All verdicts about an obligation that were known, the oldest first; superseded and withdrawn ones say so."""
    wanted = (
        select(Assessment, func.coalesce(col(Group.key), ""))
        .outerjoin(Group, col(Group.id) == col(Assessment.group_id))
        .where(col(Assessment.obligation_id) == obligation_id, *_by(Assessment, at))
        .order_by(col(Assessment.id))
    )
    return read_verdicts(session, [(row[0], row[1]) for row in session.execute(wanted).all()])


def read_verdicts(session: Session, found: Sequence[tuple[Assessment, str]]) -> list[ReadVerdict]:
    """Verdicts and the keys of their groups, with what they judged that is public."""
    ids = [assessment.id for assessment, _ in found]
    judged, hidden = _judged(session, ids), _of_withheld(session, ids)
    return [ReadVerdict(one, group, tuple(judged.get(one.id, ())), one.id in hidden) for one, group in found]


def checks(session: Session, obligation_id: int, at: Moment) -> list[Check]:
    """The looks for an answer, the oldest first."""
    wanted = (
        select(Check)
        .join(CheckObligation, col(CheckObligation.check_id) == col(Check.id))
        .where(col(CheckObligation.obligation_id) == obligation_id, *known(Check, at))
        .order_by(col(Check.looked_on), col(Check.id))
    )
    return list(session.execute(wanted).scalars())


def clock_entries(session: Session, obligation_id: int, at: Moment) -> list[ClockEntry]:
    """What moved or stopped the clock, in the order it worked."""
    wanted = (
        select(ClockEntry)
        .where(col(ClockEntry.obligation_id) == obligation_id, *known(ClockEntry, at))
        .order_by(col(ClockEntry.works_from_on), col(ClockEntry.id))
    )
    return list(session.execute(wanted).scalars())


def terms_by_obligation(session: Session, obligation_ids: Iterable[int], at: Moment) -> dict[int, Terms]:
    """The terms in force at a moment."""
    wanted = select(Terms).where(col(Terms.obligation_id).in_(list(obligation_ids)), *known(Terms, at))
    return {terms.obligation_id: terms for terms in session.execute(wanted).scalars()}


def _joined(wanted: Any) -> Any:
    return wanted.select_from(Response).join(Body, col(Body.id) == Response.body_id)


def _conditions(
    session: Session, filters: Filters, at: Moment, obligation_id: int | None
) -> list[ColumnElement[bool]]:
    public = joined(select(col(Obligation.id)), at).where(
        *conditions(session, ListQuery(ListName.ALL, filters))
    )
    of = select(col(ResponseLine.response_id)).where(
        col(ResponseLine.obligation_id).in_(public), *known(ResponseLine, at)
    )
    if obligation_id is not None:
        of = of.where(col(ResponseLine.obligation_id) == obligation_id)
    return [
        col(Response.visibility) == Visibility.PUBLIC,
        col(Body.visibility) == Visibility.PUBLIC,
        *known(Response, at),
        col(Response.id).in_(of),
    ]


def _lines(
    session: Session, response_ids: list[int], at: Moment
) -> dict[int, list[tuple[ResponseLine, str]]]:
    wanted = (
        select(ResponseLine, col(Item.key))
        .join(Obligation, col(Obligation.id) == col(ResponseLine.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .where(
            col(ResponseLine.response_id).in_(response_ids),
            col(Item.visibility) == Visibility.PUBLIC,
            *known(ResponseLine, at),
        )
        .order_by(col(ResponseLine.obligation_id))
    )
    found: dict[int, list[tuple[ResponseLine, str]]] = {}
    for line, item_key in session.execute(wanted).all():
        found.setdefault(line.response_id, []).append((line, item_key))
    return found


def _judged(session: Session, assessment_ids: list[int | None]) -> dict[int | None, list[str]]:
    wanted = (
        select(col(AssessmentResponse.assessment_id), col(Response.key))
        .join(Response, col(Response.id) == col(AssessmentResponse.response_id))
        .where(
            col(AssessmentResponse.assessment_id).in_(assessment_ids),
            col(Response.visibility) == Visibility.PUBLIC,
        )
        .order_by(col(Response.id))
    )
    found: dict[int | None, list[str]] = {}
    for assessment_id, key in session.execute(wanted).all():
        found.setdefault(assessment_id, []).append(key)
    return found


def _of_withheld(session: Session, assessment_ids: list[int | None]) -> set[int | None]:
    wanted = (
        select(col(AssessmentResponse.assessment_id))
        .join(Response, col(Response.id) == col(AssessmentResponse.response_id))
        .where(
            col(AssessmentResponse.assessment_id).in_(assessment_ids),
            col(Response.visibility) == Visibility.WITHHELD,
        )
    )
    return set(session.execute(wanted).scalars())


def _by(table: Any, at: Moment) -> list[ColumnElement[bool]]:
    return [] if at.known_by is None else [col(table.recorded_at) <= at.known_by]
