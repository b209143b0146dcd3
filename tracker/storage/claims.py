"""Claims of implementation and the askers' statements, as they stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Speaker, Visibility
from tracker.storage.lines import Moment, known
from tracker.storage.tables import Claim, Response, Statement

AT_ONCE = 500


def get(session: Session, claim_id: int) -> Claim | None:
    """The claim of that id."""
    return session.get(Claim, claim_id)


def statement(session: Session, statement_id: int) -> Statement | None:
    """The statement of that id."""
    return session.get(Statement, statement_id)


def current(
    session: Session, obligation_id: int, speaker: Speaker, name: str, on: date | None
) -> Claim | None:
    """What a speaker says of that very day, if it stands: the word that a new one of the same day replaces."""
    wanted = select(Claim).where(
        col(Claim.obligation_id) == obligation_id,
        col(Claim.speaker) == speaker,
        col(Claim.speaker_name) == name,
        col(Claim.claimed_on) == on,
        col(Claim.superseded_at).is_(None),
    )
    return session.execute(wanted.order_by(col(Claim.id).desc()).limit(1)).scalar_one_or_none()


def of_obligations(session: Session, ids: Iterable[int], at: Moment) -> Mapping[int, list[Claim]]:
    """What is claimed about each obligation at a moment, in the order of the days."""
    return _grouped(session, Claim, list(ids), at, (col(Claim.claimed_on), col(Claim.id)))


def statements_on(session: Session, ids: Iterable[int], at: Moment) -> Mapping[int, list[Statement]]:
    """The askers' words that name an obligation, on responses that may be shown."""
    found = _grouped(session, Statement, list(ids), at, (col(Statement.stated_on), col(Statement.id)))
    wanted = select(col(Response.id)).where(
        col(Response.id).in_({one.response_id for rows in found.values() for one in rows}),
        col(Response.visibility).in_((Visibility.PUBLIC, Visibility.LINK_ONLY)),
    )
    shown = set(session.execute(wanted).scalars())
    return {id_: [one for one in rows if one.response_id in shown] for id_, rows in found.items()}


def _grouped(session: Session, table: Any, ids: list[int], at: Moment, order: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        wanted = select(table).where(
            col(table.obligation_id).in_(ids[start : start + AT_ONCE]), *known(table, at)
        )
        for row in session.execute(wanted.order_by(*order)).scalars():
            found[row.obligation_id].append(row)
    return found
